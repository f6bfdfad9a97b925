// Makes faster what the page already does without it: lists that follow each other, photos that
// go up while the owner writes. Nothing here decides: the server judges every form again.
"use strict";

const formulario = document.getElementById("formulario");
const catalogo = JSON.parse(document.getElementById("catalogo").textContent);
document.documentElement.classList.add("con-js");
for (const boton of formulario.querySelectorAll(".sin-js button")) boton.disabled = true;

// --- recinto -> lugar -> ítem

const lugar = document.getElementById("id_lugar");
const item = document.getElementById("id_item");

function recintoElegido() {
  const marcado = formulario.querySelector("input[name=recinto]:checked");
  return marcado ? marcado.value : "";
}

function llenar(lista, vacio, filas, otro, valor) {
  const opciones = [["", vacio], ...filas.map((f) => [f.id, f.nombre]), ["otro", otro]];
  lista.replaceChildren(...opciones.map(([v, texto]) => new Option(texto, v, false, v === valor)));
}

function seguir() {
  const recinto = catalogo.find((r) => r.id === recintoElegido());
  const lugares = recinto ? recinto.lugares : [];
  llenar(lugar, recinto ? "Elige el lugar" : "Elige primero el recinto", lugares, "Otro lugar", lugar.value);
  const elegido = lugares.find((l) => l.id === lugar.value);
  llenar(item, elegido ? "Elige el elemento" : "Elige primero el lugar", elegido ? elegido.items : [], "Otro elemento", item.value);
}

formulario.addEventListener("change", (evento) => {
  if (evento.target.name === "recinto" || evento.target === lugar) seguir();
});
seguir();

// --- photos

const LADO = 2560;
const fotos = formulario.querySelector("[data-fotos]");
const nueva = fotos.querySelector(".foto-nueva");
const entrada = nueva.querySelector("input");
const avance = formulario.querySelector("[data-avance]");
const maximo = Number(formulario.dataset.maximo);
let subiendo = 0;
// The button pressed while photos were still going up: pressed again by itself when they end.
let enEspera = null;

async function reducir(archivo) {
  // A camera photo weighs several MB; what the server keeps is 2560 px. What this browser cannot
  // decode (HEIC, often) goes as it is.
  if (archivo.size < 1_500_000) return archivo;
  try {
    const imagen = await createImageBitmap(archivo);
    const escala = Math.min(1, LADO / Math.max(imagen.width, imagen.height));
    const lienzo = document.createElement("canvas");
    lienzo.width = Math.round(imagen.width * escala);
    lienzo.height = Math.round(imagen.height * escala);
    lienzo.getContext("2d").drawImage(imagen, 0, 0, lienzo.width, lienzo.height);
    const jpeg = await new Promise((listo) => lienzo.toBlob(listo, "image/jpeg", 0.85));
    if (!jpeg || jpeg.size > archivo.size) return archivo;
    return new File([jpeg], archivo.name.replace(/\.[^.]+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return archivo;
  }
}

function marco(archivo) {
  const caja = document.createElement("div");
  caja.className = "foto foto-sube";
  const imagen = document.createElement("img");
  imagen.width = imagen.height = 160;
  imagen.alt = `Foto ${fotos.querySelectorAll(".foto").length}`;
  imagen.src = URL.createObjectURL(archivo);
  imagen.addEventListener("load", () => URL.revokeObjectURL(imagen.src), { once: true });
  const barra = document.createElement("progress");
  barra.max = 100;
  barra.value = 0;
  barra.setAttribute("aria-label", `Subiendo ${archivo.name}`);
  caja.append(imagen, barra);
  fotos.insertBefore(caja, nueva);
  return { caja, imagen, barra };
}

function enviar(archivo, barra) {
  return new Promise((listo) => {
    const datos = new FormData();
    datos.append("csrfmiddlewaretoken", formulario.elements.csrfmiddlewaretoken.value);
    datos.append("edita", formulario.elements.edita.value);
    datos.append("fotos", archivo, archivo.name);
    const peticion = new XMLHttpRequest();
    peticion.open("POST", formulario.dataset.foto);
    peticion.responseType = "json";
    peticion.upload.addEventListener("progress", (e) => {
      if (e.lengthComputable) barra.value = (100 * e.loaded) / e.total;
    });
    peticion.addEventListener("load", () => listo(peticion.response || {}));
    peticion.addEventListener("error", () => listo({}));
    peticion.send(datos);
  });
}

function terminar({ caja, imagen, barra }, respuesta) {
  barra.remove();
  caja.classList.remove("foto-sube");
  imagen.src = respuesta.url;
  const boton = document.createElement("button");
  boton.name = "accion";
  boton.value = `quitar_foto:${respuesta.publico}`;
  const equis = document.createElement("span");
  equis.textContent = "×";
  equis.setAttribute("aria-hidden", "true");
  const texto = document.createElement("span");
  texto.className = "oculto";
  texto.textContent = `Quitar ${imagen.alt}`;
  boton.append(equis, texto);
  caja.append(boton);
}

async function subir(archivo) {
  const partes = marco(archivo);
  const respuesta = await enviar(await reducir(archivo), partes.barra);
  if (respuesta.publico) {
    terminar(partes, respuesta);
    return "";
  }
  partes.caja.remove();
  return respuesta.error || `No se pudo subir «${archivo.name}». Revisa tu conexión y elígela de nuevo.`;
}

entrada.addEventListener("change", async () => {
  const cabe = maximo - (fotos.querySelectorAll(".foto").length - 1);
  const elegidas = [...entrada.files];
  entrada.value = "";
  const problemas = elegidas.length > cabe ? [`Cada observación lleva hasta ${maximo} fotos.`] : [];
  subiendo += 1;
  avance.textContent = "Subiendo fotos…";
  for (const archivo of elegidas.slice(0, Math.max(cabe, 0))) {
    const problema = await subir(archivo);
    if (problema) problemas.push(problema);
  }
  subiendo -= 1;
  avance.textContent = problemas.length ? problemas.join(" ") : subiendo ? "Subiendo fotos…" : "Fotos guardadas.";
  if (subiendo || !enEspera) return;
  const boton = enEspera;
  enEspera = null;
  // A photo that failed is the person's to look at before going on.
  if (!problemas.length) formulario.requestSubmit(boton);
});

formulario.addEventListener(
  "submit",
  (evento) => {
    if (!subiendo) return;
    evento.preventDefault();
    evento.stopImmediatePropagation();
    enEspera = evento.submitter;
    avance.textContent = "Las fotos todavía se están subiendo. Seguimos apenas terminen.";
  },
  true,
);
