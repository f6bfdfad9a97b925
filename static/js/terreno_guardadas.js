// On the on-site screen: the photos chosen for a form are kept on this phone until they are sent, so
// that a reload, or a phone that closes the page to open its camera, does not lose them. They are
// forgotten once sent, taken away, a week old, or another's; `salir.js` forgets them all.
"use strict";

const VIVEN = 7 * 24 * 3600 * 1000;

const deFotos = new Promise((listo, falla) => {
  const pedido = indexedDB.open("terreno_fotos", 1);
  pedido.onupgradeneeded = () => pedido.result.createObjectStore("fotos", { keyPath: "de" });
  pedido.onsuccess = () => listo(pedido.result);
  pedido.onerror = () => falla(pedido.error);
});
deFotos.then((base) => (base.onversionchange = () => base.close()), () => {});

async function conFotos(modo, hacer) {
  const operacion = (await deFotos).transaction("fotos", modo);
  const pedido = hacer(operacion.objectStore("fotos"));
  return new Promise((listo, falla) => {
    operacion.oncomplete = () => listo(pedido.result);
    operacion.onabort = () => falla(operacion.error);
  });
}

async function escribirFotos(accion, archivos) {
  const de = `${quien}:${accion}`;
  if (!archivos.length) return conFotos("readwrite", (a) => a.delete(de));
  const fotos = [];
  for (const archivo of archivos) fotos.push(await reducir(archivo));
  return conFotos("readwrite", (a) => a.put({ de, quien, accion, fotos, en: Date.now() }));
}

let enOrden = Promise.resolve();
const ultima = new WeakMap();

// Keep what a field has now. Until it is written down, leaving the page would lose it.
function conservar(entrada, archivos) {
  const vez = {};
  ultima.set(entrada, vez);
  entrada.toggleAttribute("data-sin-conservar", archivos.length > 0);
  enOrden = enOrden.then(() => escribirFotos(entrada.form.dataset.accion, archivos)).then(
    () => ultima.get(entrada) === vez && entrada.removeAttribute("data-sin-conservar"),
    () => ultima.get(entrada) === vez && decirCuantas(entrada, archivos.length, true),
  );
}

const hayAlgoSinGuardar = () => Boolean(raiz.querySelector("[data-sin-conservar]"));

// Put back what was chosen before the page was loaded again.
async function reponerFotos() {
  for (const { de, quien: suyo, accion, fotos, en } of await conFotos("readonly", (a) => a.getAll())) {
    const formulario = suyo === quien && formularioDe(accion);
    const entrada = formulario && formulario.querySelector("input[type=file]");
    const esAjena = !suyo.startsWith(`terreno:${raiz.dataset.quien}:`) || Date.now() - en > VIVEN;
    if (esAjena || (suyo === quien && !entrada)) await conFotos("readwrite", (a) => a.delete(de));
    else if (entrada && !entrada.files.length) ponerFotos(entrada, fotos);
  }
}

addEventListener("beforeunload", (evento) => hayAlgoSinGuardar() && evento.preventDefault());
