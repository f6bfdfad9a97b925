// On the on-site screen: what a form lacks, said beside its field, before it is sent or once it is refused.
"use strict";

const palabras = (elemento) => (elemento ? elemento.textContent.trim().replace(/^¿|\?$/g, "").toLowerCase() : "");
const cajaDe = (campo) => campo.closest("fieldset, .campo") || campo.closest("label") || campo.parentElement;

// The fields of a form by a name, as a list; a group of radios is several.
function camposLlamados(formulario, nombre) {
  return [...formulario.elements].filter((e) => e.name === nombre);
}

function seExige(formulario, campo) {
  const { exige } = campo.dataset;
  if (exige === undefined) return false;
  const [otro, valor] = exige.split("=");
  return !otro || new FormData(formulario).get(otro) === valor;
}

function fraseDe(campo) {
  if (campo.dataset.falta) return campo.dataset.falta;
  if (campo.validity.badInput) return "Revisa este dato: no se entiende.";
  const caja = cajaDe(campo);
  const esLista = campo.type === "radio" || campo.tagName === "SELECT";
  return `${esLista ? "Elige una opción" : "Completa este dato"}: ${palabras(caja.querySelector("legend, label") || caja)}.`;
}

// Name -> what to say of each field without its answer. The server asks again, and for more.
function faltasDe(formulario) {
  const escrito = new FormData(formulario);
  const faltas = {};
  for (const campo of formulario.elements) {
    if (!campo.name || !campo.willValidate || campo.name in faltas) continue;
    const vacio = !String(escrito.get(campo.name) ?? "").trim();
    const exigido = campo.required || seExige(formulario, campo);
    if (campo.type !== "file" && ((exigido && vacio) || campo.validity.badInput)) faltas[campo.name] = fraseDe(campo);
  }
  return faltas;
}

function descritoPor(elemento, id, si) {
  const ids = new Set((elemento.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
  ids[si ? "add" : "delete"](id);
  if (ids.size) elemento.setAttribute("aria-describedby", [...ids].join(" "));
  else elemento.removeAttribute("aria-describedby");
}

function frase(texto, id) {
  const parrafo = document.getElementById("falla").content.firstElementChild.cloneNode(true);
  parrafo.id = id;
  parrafo.querySelector("span").textContent = texto;
  return parrafo;
}

function senalarCampo(formulario, nombre, mensaje) {
  const campos = camposLlamados(formulario, nombre).filter((e) => e.type !== "hidden");
  if (!campos.length) return false;
  const caja = cajaDe(campos[0]);
  const id = `${formulario.dataset.accion}_${nombre}_falla`;
  const parrafo = frase(mensaje, id);
  parrafo.dataset.falla = nombre;
  const despues = caja.querySelector("legend, label");
  if (caja.tagName === "LABEL") caja.before(parrafo);
  else if (despues) despues.after(parrafo);
  else caja.prepend(parrafo);
  caja.classList.add("con-error");
  for (const campo of campos) {
    campo.setAttribute("aria-invalid", "true");
    descritoPor(campo, id, true);
  }
  return true;
}

// Say what is wrong beside each field; what has no field goes above the button.
function senalar(formulario, campos, mensaje) {
  limpiar(formulario);
  const sueltos = [];
  for (const [nombre, texto] of Object.entries(campos)) {
    if (!senalarCampo(formulario, nombre, texto)) sueltos.push(texto);
  }
  if (!Object.keys(campos).length) sueltos.push(mensaje);
  if (!sueltos.length) return;
  const parrafo = frase([...new Set(sueltos)].join(" "), `${formulario.dataset.accion}_falla`);
  parrafo.dataset.falla = "";
  parrafo.tabIndex = -1;
  const boton = [...formulario.querySelectorAll("button")].at(-1);
  boton.before(parrafo);
}

// Of one field, or with no name of the whole form; also what the server had written there.
function limpiar(formulario, nombre) {
  for (const parrafo of formulario.querySelectorAll("[data-falla]")) {
    if (nombre === undefined || parrafo.dataset.falla === nombre) parrafo.remove();
  }
  const campos = nombre === undefined ? [...formulario.elements].filter((e) => e.name) : camposLlamados(formulario, nombre);
  for (const campo of campos) {
    if (!campo.hasAttribute("aria-invalid")) continue;
    campo.removeAttribute("aria-invalid");
    descritoPor(campo, `${formulario.dataset.accion}_${campo.name}_falla`, false);
    const caja = cajaDe(campo);
    caja.classList.remove("con-error");
    const suyo = caja.querySelector(`#${CSS.escape(`${formulario.dataset.accion}_${campo.name}_error`)}`);
    if (suyo) suyo.remove();
  }
}

// The first thing to correct, opened, in the middle of the screen and with the focus.
function irALaFalla(formulario) {
  const caja = formulario.closest("details");
  if (caja) caja.open = true;
  const primera = formulario.querySelector("[aria-invalid=true], [data-falla][tabindex]");
  if (!primera) return;
  (primera.name ? cajaDe(primera) : primera).scrollIntoView({ block: "center" });
  primera.focus({ preventScroll: true });
}
