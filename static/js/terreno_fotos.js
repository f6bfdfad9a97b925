// On the on-site screen: the photos chosen for a form, one camera shot after another, each seen and
// taken away. The field itself holds them: without this file it is a plain field.
"use strict";

function fotosDe(entrada) {
  return [...entrada.files];
}

// Put those photos in a field, and show them.
function ponerFotos(entrada, archivos) {
  const bandeja = new DataTransfer();
  for (const archivo of archivos) bandeja.items.add(archivo);
  entrada.files = bandeja.files;
  elegidas.set(entrada, archivos);
  const caja = entrada.closest("[data-elegir]");
  for (const vieja of caja.querySelectorAll(".elegida")) {
    URL.revokeObjectURL(vieja.querySelector("img").src);
    vieja.remove();
  }
  entrada.closest("label").before(...archivos.map((archivo, n) => miniatura(entrada, archivo, n + 1)));
  decirCuantas(entrada, archivos.length);
  conservar(entrada, archivos);
}

function decirCuantas(entrada, cuantas, peligran = false) {
  const dicho = cuantas ? `${cuantas} foto${cuantas > 1 ? "s" : ""}, sin enviar todavía.` : "";
  const aviso = peligran && cuantas ? " Este teléfono no pudo conservarlas: guarda antes de salir de esta página." : "";
  entrada.closest("[data-elegir]").querySelector("[data-cuantas]").textContent = dicho + aviso;
}

// What each field had before: a new choice adds to it instead of replacing it.
const elegidas = new Map();

function miniatura(entrada, archivo, numero) {
  const caja = document.createElement("div");
  caja.className = "elegida";
  const imagen = document.createElement("img");
  imagen.width = imagen.height = 72;
  imagen.alt = `Foto ${numero} por enviar`;
  imagen.src = URL.createObjectURL(archivo);
  const boton = document.createElement("button");
  boton.type = "button";
  boton.textContent = "×";
  boton.setAttribute("aria-label", `Quitar la foto ${numero}`);
  boton.addEventListener("click", () => {
    ponerFotos(entrada, fotosDe(entrada).filter((otro) => otro !== archivo));
    entrada.focus();
  });
  caja.append(imagen, boton);
  return caja;
}

for (const caja of document.querySelectorAll("[data-elegir]")) {
  const entrada = caja.querySelector("input[type=file]");
  const maximo = Number(caja.dataset.maximo);
  entrada.addEventListener("change", () => {
    const todas = [...(elegidas.get(entrada) || []), ...fotosDe(entrada)];
    ponerFotos(entrada, todas.slice(0, maximo));
    if (todas.length > maximo) caja.querySelector("[data-cuantas]").textContent = `Caben hasta ${maximo} fotos: quedaron las primeras.`;
  });
}
