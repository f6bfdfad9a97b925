// Makes an intake faster than it already is without a script: the sentence follows what is chosen,
// what is alike lights up, a row appears at once. Nothing here decides: the server judges it all.
"use strict";

document.documentElement.classList.add("con-js");
const toma = document.getElementById("toma");
const leer = document.getElementById("leer");
const guardar = toma.querySelector("[data-guardar]");
const elegido = (nombre) => toma.querySelector(`input[name="${nombre}"]:checked`);

// --- the sentence and the button

function seguir() {
  const frase = leer.querySelector("[data-frase]");
  let cuando = "";
  const cupo = elegido("cupo");
  let texto = leer.dataset.ofrecer;
  let boton = "Guardar";
  if (toma.querySelector(".es-consulta:checked")) {
    texto = leer.dataset.consulta;
    boton = "Guardar la consulta";
  } else if (toma.querySelector(".urge:checked")) {
    texto = leer.dataset.urgente;
    boton = "Guardar y avisar ahora";
  } else if (cupo && cupo.dataset.cuando) {
    texto = leer.dataset.cupo;
    cuando = cupo.dataset.cuando;
    boton = `Guardar y agendar: ${cupo.dataset.corto}`;
  } else if (cupo) {
    texto = leer.dataset.sinHora;
    boton = "Guardar sin hora";
  }
  const [antes, despues] = texto.split("{cuando}");
  const cual = document.createElement("b");
  cual.textContent = cuando;
  if (frase.textContent !== antes + cuando + (despues || "")) {
    frase.replaceChildren(antes, ...(cuando ? [cual, despues] : []));
  }
  guardar.textContent = boton;
}

// --- what the home already asked for, as `marco.raices_de` sees it

const VACIAS = new Set("desde hace para pero como esta este tiene sigue cuando donde sobre todo toda departamento depto".split(" "));

function raices(texto) {
  const llano = texto.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const palabras = llano.match(/[a-z0-9]+/g) || [];
  return palabras.filter((p) => p.length >= 4 && !VACIAS.has(p)).map((p) => p.slice(0, 5));
}

function comparar() {
  const escritas = new Set(raices([...toma.querySelectorAll("[data-cuenta]")].map((t) => t.value).join(" ")));
  for (const fila of document.querySelectorAll("[data-raices]")) {
    const igual = fila.dataset.raices.split(" ").some((r) => r && escritas.has(r));
    fila.querySelector(".parecida").hidden = !igual;
  }
}

// --- another requerimiento, without going to the server

function agregar(boton) {
  const filas = toma.querySelectorAll("[data-fila]");
  const n = filas.length + 1;
  if (n > Number(boton.dataset.mas)) return;
  const nueva = filas[0].cloneNode(true);
  for (const parte of nueva.querySelectorAll("[id], [name], [for]")) {
    for (const atributo of ["id", "name", "for"]) {
      const valor = parte.getAttribute(atributo);
      if (valor) parte.setAttribute(atributo, valor.replace("r1-", `r${n}-`));
    }
  }
  for (const campo of nueva.querySelectorAll("input, textarea")) campo.value = campo.textContent = "";
  for (const error of nueva.querySelectorAll(".error")) error.remove();
  nueva.querySelector("select").selectedIndex = 0;
  nueva.querySelector("[data-numero]").textContent = n;
  filas[filas.length - 1].after(nueva);
  for (const leyenda of toma.querySelectorAll("[data-fila] legend")) leyenda.classList.remove("oculto");
  toma.elements.cuantas.value = n;
  if (n === Number(boton.dataset.mas)) boton.parentElement.hidden = true;
  nueva.querySelector("input").focus();
}

if (leer) {
  toma.addEventListener("change", (evento) => {
    const quien = evento.target;
    if (quien.name === "cliente") {
      // The owner's own data, to be corrected for this call; nobody's while somebody new calls.
      toma.elements.llamante.value = quien.dataset.nombre || "";
      toma.elements.telefonos.value = quien.dataset.telefono || "";
    }
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
    // Enter in a field looks again at the page, which a script already keeps true.
    if (evento.submitter && evento.submitter.name === "ver") evento.preventDefault();
  });
  seguir();
  comparar();
}
const errores = document.querySelector(".resumen-errores");
if (errores) errores.focus();
