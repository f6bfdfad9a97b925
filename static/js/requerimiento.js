// Makes faster what the page already does without it: lists that follow each other. Nothing here
// decides: the server judges every form again.
"use strict";

const formulario = document.getElementById("formulario");
const catalogo = JSON.parse(document.getElementById("catalogo").textContent);
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
