// Makes an intake faster than it already is without a script: the sentence follows what is chosen,
// what is alike lights up, a row appears at once. Nothing here decides: the server judges it all.
"use strict";

document.documentElement.classList.add("con-js");
const toma = document.getElementById("toma");
const leer = document.getElementById("leer");
const guardar = toma.querySelector("[data-guardar]");

// --- the sentence and the button: those of the first answer that says one, or the last of all

function seguir() {
  const frase = leer.querySelector("[data-frase]");
  const dicho = (plantilla) => toma.querySelector(`input[data-dice="${plantilla.dataset.si}"]:checked`);
  const plantillas = [...leer.querySelectorAll("template")];
  const cual = plantillas.find(dicho) || plantillas.pop();
  if (!cual) return;
  const { cuando = "", corto = "" } = (dicho(cual) || leer).dataset;
  const [antes, despues] = cual.content.textContent.split("{cuando}");
  const cuandoEs = document.createElement("b");
  cuandoEs.textContent = cuando;
  if (frase.textContent !== antes + cuando + (despues || "")) {
    frase.replaceChildren(antes, ...(cuando ? [cuandoEs, despues] : []));
  }
  if (guardar) guardar.textContent = cual.dataset.boton.replace("{corto}", corto);
}

// --- what the home already asked for, as `marco.raices_de` sees it

const VACIAS = new Set("desde hace para pero como esta este tiene sigue cuando donde sobre todo toda departamento depto".split(" "));

function raices(texto) {
  const llano = texto.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const palabras = llano.match(/[a-z0-9]+/g) || [];
  return palabras.filter((p) => p.length >= 4 && !VACIAS.has(p)).map((p) => p.slice(0, 5));
}

function comparar() {
  const contado = (t) => (t.selectedOptions ? t.value && t.selectedOptions[0].textContent : t.value);
  const escritas = new Set(raices([...toma.querySelectorAll("[data-cuenta]")].map(contado).join(" ")));
  for (const fila of document.querySelectorAll("[data-raices]")) {
    const igual = fila.dataset.raices.split(" ").some((r) => r && escritas.has(r));
    fila.querySelector(".parecida").hidden = !igual;
  }
}

// --- another row, without going to the server

function agregar(boton) {
  const filas = toma.querySelectorAll("[data-fila]");
  const n = filas.length + 1;
  if (n > Number(boton.dataset.mas)) return;
  const nueva = filas[0].cloneNode(true);
  const primera = filas[0].dataset.fila;
  nueva.dataset.fila = primera.replace("1", n);
  for (const parte of nueva.querySelectorAll("[id], [name], [for]")) {
    for (const atributo of ["id", "name", "for"]) {
      const valor = parte.getAttribute(atributo);
      if (valor) parte.setAttribute(atributo, valor.replace(`${primera}-`, `${primera.replace("1", n)}-`));
    }
  }
  for (const campo of nueva.querySelectorAll("input, textarea")) campo.value = campo.textContent = "";
  for (const error of nueva.querySelectorAll(".error")) error.remove();
  for (const mal of nueva.querySelectorAll(".con-error")) mal.classList.remove("con-error");
  nueva.querySelector("select").selectedIndex = 0;
  nueva.querySelector("[data-numero]").textContent = n;
  filas[filas.length - 1].after(nueva);
  for (const leyenda of toma.querySelectorAll("[data-fila] legend")) leyenda.classList.remove("oculto");
  toma.elements.cuantas.value = n;
  if (n === Number(boton.dataset.mas)) boton.parentElement.hidden = true;
  nueva.querySelector("input, select, textarea").focus();
}

if (leer) {
  toma.addEventListener("change", (evento) => {
    // The owner's own data, to be corrected for this call; nobody's while somebody new calls.
    for (const campo of toma.elements) {
      const dato = evento.target.getAttribute(`data-llena-${campo.name}`);
      if (campo.name && dato !== null) campo.value = dato;
    }
    if (evento.target.matches("[data-cuenta]")) comparar();
    seguir();
  });
  toma.addEventListener("input", (evento) => {
    if (evento.target.matches("[data-cuenta]")) comparar();
  });
  toma.addEventListener("click", (evento) => {
    if (evento.target.closest("[data-todo-no]")) {
      for (const no of toma.querySelectorAll(".sino input[value=no]")) no.checked = true;
      seguir();
      toma.querySelector("[data-cuenta]").focus();
    }
    const mas = evento.target.closest("[data-mas]");
    if (mas) {
      evento.preventDefault();
      agregar(mas);
    }
  });
  toma.addEventListener("submit", (evento) => {
    // Enter looks again at the page, which a script already keeps true; unless the field asks.
    const esEnter = evento.submitter && evento.submitter.name === "ver";
    if (esEnter && !document.activeElement.matches("[data-pregunta]")) evento.preventDefault();
  });
  seguir();
  comparar();
}
const errores = document.querySelector(".resumen-errores");
if (errores) errores.focus();
