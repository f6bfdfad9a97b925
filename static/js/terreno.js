// The on-site screen without a line: what is typed stays on this phone, and a post that could not
// leave waits in a visible queue and goes by itself, with the same key, so that it is done once.
// Without this file every form of the page still works as a plain form.
"use strict";

const raiz = document.getElementById("terreno");
const quien = `terreno:${raiz.dataset.quien}:${raiz.dataset.visita}`;
const cola = document.getElementById("cola");
const formularios = [...raiz.querySelectorAll("form[data-accion]")];
const OCULTOS = new Set(["csrfmiddlewaretoken", "visto", "clave", "huella"]);
const LADO = 2560;
const CADA = 15000;
document.documentElement.classList.add("con-js");

// --- what is typed

const guardado = (accion) => `${quien}:${accion}`;

function recordar(formulario) {
  const campos = [...new FormData(formulario)].filter(([c, v]) => !OCULTOS.has(c) && typeof v === "string");
  try {
    localStorage.setItem(guardado(formulario.dataset.accion), JSON.stringify(campos));
  } catch {
    // A full or closed storage: the page works as before, only without this net.
  }
}

function restaurar(formulario) {
  let campos = [];
  try {
    campos = JSON.parse(localStorage.getItem(guardado(formulario.dataset.accion)) || "[]");
  } catch {
    return;
  }
  if (!campos.length) return;
  for (const campo of formulario.elements) {
    if (!campo.name || OCULTOS.has(campo.name) || campo.type === "file") continue;
    const valores = campos.filter(([c]) => c === campo.name).map(([, v]) => v);
    if (campo.type === "radio" || campo.type === "checkbox") campo.checked = valores.includes(campo.value);
    else if (valores.length) campo.value = valores[0];
  }
}

const olvidar = (accion) => localStorage.removeItem(guardado(accion));

for (const formulario of formularios) {
  restaurar(formulario);
  for (const tipo of ["input", "change"]) formulario.addEventListener(tipo, () => recordar(formulario));
}

// --- the queue: IndexedDB, for it also holds photos

const abierta = new Promise((listo, falla) => {
  const pedido = indexedDB.open("terreno", 1);
  pedido.onupgradeneeded = () => pedido.result.createObjectStore("cola", { keyPath: "clave" });
  pedido.onsuccess = () => listo(pedido.result);
  pedido.onerror = () => falla(pedido.error);
});

async function conCola(modo, hacer) {
  const almacen = (await abierta).transaction("cola", modo).objectStore("cola");
  return new Promise((listo, falla) => {
    const pedido = hacer(almacen);
    pedido.onsuccess = () => listo(pedido.result);
    pedido.onerror = () => falla(pedido.error);
  });
}

async function enEspera() {
  const todos = await conCola("readonly", (a) => a.getAll());
  return todos.filter((e) => e.quien === quien).sort((a, b) => a.en - b.en);
}

const poner = (envio) => conCola("readwrite", (a) => a.put(envio));
const sacar = (clave) => conCola("readwrite", (a) => a.delete(clave));

// --- sending

async function enviar(envio) {
  const datos = new FormData();
  for (const [campo, valor, nombre] of envio.campos) {
    if (nombre) datos.append(campo, valor, nombre);
    else datos.append(campo, valor);
  }
  // The token of this page: the one it was typed with may be of a session that ended.
  datos.set("csrfmiddlewaretoken", raiz.querySelector("[name=csrfmiddlewaretoken]").value);
  datos.set("visto", envio.visto);
  let respuesta;
  try {
    respuesta = await fetch(envio.url, { method: "POST", body: datos, headers: { Accept: "application/json" } });
  } catch {
    return { sinLinea: true };
  }
  if (respuesta.status >= 500) return { sinLinea: true };
  const esJson = (respuesta.headers.get("Content-Type") || "").includes("json");
  if (!esJson) return { sinSesion: true };
  return { ...(await respuesta.json()), status: respuesta.status };
}

// What comes after an act of one's own stands on the chain that the act left.
async function seguirDesde(antes, visto) {
  for (const otro of await enEspera()) {
    if (Number(otro.visto) === antes) await poner({ ...otro, visto });
  }
  for (const campo of raiz.querySelectorAll("[name=visto]")) {
    if (Number(campo.value) === antes) campo.value = visto;
  }
}

let vaciando = false;
let otraVez = false;

async function vaciar() {
  otraVez = vaciando;
  if (vaciando) return;
  vaciando = true;
  let hechos = 0;
  let estado = "";
  try {
    for (;;) {
      const [envio] = (await enEspera()).filter((e) => !e.error);
      if (!envio) break;
      const r = await enviar(envio);
      if (r.sinLinea || r.sinSesion) {
        estado = r.sinSesion ? "sesion" : "linea";
        break;
      }
      if (r.status === 200) {
        await sacar(envio.clave);
        olvidar(envio.accion);
        await seguirDesde(r.antes, r.visto);
        hechos += 1;
      } else {
        await poner({ ...envio, error: r.mensaje || "No se pudo guardar." });
        break;
      }
    }
  } finally {
    vaciando = false;
  }
  await pintar(estado);
  if (otraVez) return void vaciar();
  if (hechos && !(await enEspera()).length) actualizar();
}

function hayAlgoSinGuardar() {
  return [...raiz.querySelectorAll("input[type=file]")].some((e) => e.files.length);
}

function actualizar() {
  // A chosen photo does not survive a reload: then the person says when.
  if (!hayAlgoSinGuardar()) return void location.replace(raiz.dataset.url);
  const enlace = document.createElement("a");
  enlace.href = raiz.dataset.url;
  enlace.textContent = "Actualizar la página";
  cola.hidden = false;
  cola.className = "cola aviso ok";
  cola.replaceChildren("Todo quedó guardado. ", enlace);
}

// --- the visible queue

function loQueEspera(envios, estado) {
  const decisiones = envios.every((e) => e.accion.startsWith("decidir-"));
  const n = envios.length;
  const [que, solas, van] = n === 1
    ? [decisiones ? "1 decisión guardada" : "1 acto guardado", decisiones ? "sola" : "solo", "se enviará"]
    : [decisiones ? `${n} decisiones guardadas` : `${n} actos guardados`, decisiones ? "solas" : "solos", "se enviarán"];
  if (estado === "sesion") return `Tu sesión terminó: ${que} en este teléfono. Entra de nuevo en esta página y ${van}.`;
  if (estado === "linea") return `Sin conexión: ${que} en este teléfono; ${van} ${solas}.`;
  return `Enviando: ${que} en este teléfono.`;
}

async function pintar(estado = "") {
  const envios = await enEspera();
  for (const formulario of formularios) {
    const suyo = envios.find((e) => e.accion === formulario.dataset.accion);
    marcar(formulario, suyo && !suyo.error);
  }
  cola.hidden = !envios.length;
  if (!envios.length) return;
  const detenido = envios.find((e) => e.error);
  cola.className = `cola aviso ${detenido ? "mal" : "alerta"}`;
  const frase = document.createElement("p");
  const espera = envios.filter((e) => !e.error);
  frase.textContent = espera.length ? loQueEspera(espera, estado) : "";
  cola.replaceChildren(frase);
  for (const envio of envios.filter((e) => e.error)) cola.append(refusado(envio));
}

function refusado(envio) {
  const linea = document.createElement("p");
  const boton = document.createElement("button");
  boton.type = "button";
  boton.className = "boton boton--chico";
  boton.textContent = "Revisar lo escrito";
  boton.addEventListener("click", async () => {
    await sacar(envio.clave);
    location.replace(raiz.dataset.url);
  });
  linea.append(`No se guardó ${envio.que}: ${envio.error} `, boton);
  return linea;
}

function marcar(formulario, espera) {
  const caja = formulario.closest("details");
  const pildora = caja && caja.querySelector("[data-estado]");
  if (espera && pildora) pildora.textContent = "En este teléfono";
  if (espera && caja && caja.open) seguirCon(caja);
  formulario.toggleAttribute("data-en-cola", Boolean(espera));
  for (const boton of formulario.querySelectorAll("button")) boton.disabled = Boolean(espera);
}

function seguirCon(caja) {
  caja.open = false;
  const otras = [...raiz.querySelectorAll("details[name=observacion]")];
  const siguiente = otras.find((d) => d !== caja && !d.querySelector("form[data-en-cola]"));
  if (siguiente) siguiente.open = true;
}

// --- photos, smaller before they travel

async function reducir(archivo) {
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
    return new File([jpeg], `${archivo.name.replace(/\.[^.]+$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return archivo;
  }
}

async function camposDe(formulario) {
  const campos = [];
  for (const [campo, valor] of new FormData(formulario)) {
    if (typeof valor === "string") campos.push([campo, valor]);
    else if (valor.size) {
      const foto = await reducir(valor);
      campos.push([campo, foto, foto.name]);
    }
  }
  return campos.filter(([campo]) => !["csrfmiddlewaretoken", "visto"].includes(campo));
}

for (const formulario of formularios) {
  formulario.addEventListener("submit", async (evento) => {
    evento.preventDefault();
    if (formulario.hasAttribute("data-en-cola")) return;
    formulario.setAttribute("data-en-cola", "");
    recordar(formulario);
    const { clave, visto } = formulario.elements;
    const envio = {
      quien,
      clave: clave.value,
      visto: visto.value,
      accion: formulario.dataset.accion,
      que: formulario.dataset.que,
      url: formulario.getAttribute("action").split("#")[0],
      en: Date.now(),
      campos: await camposDe(formulario),
    };
    try {
      await poner(envio);
    } catch {
      formulario.submit(); // no storage here: the plain way
      return;
    }
    for (const entrada of formulario.querySelectorAll("input[type=file]")) entrada.value = "";
    await pintar(navigator.onLine ? "" : "linea");
    vaciar();
  });
}

addEventListener("online", vaciar);
setInterval(async () => (await enEspera()).length && vaciar(), CADA);
// A server's refusal has been seen once the page shows the case as it is now.
pintar().then(vaciar);
if ("terminada" in raiz.dataset) for (const c of Object.keys(localStorage)) if (c.startsWith(`${quien}:`)) localStorage.removeItem(c);

// --- the signature: firma.js draws it, and its points are kept like anything else that is typed

for (const fin of ["pointerup", "pointercancel", "click"])
  addEventListener(fin, (evento) => {
    const firma = evento.target.closest && evento.target.closest("form[data-accion=firma]");
    if (firma) setTimeout(() => recordar(firma));
  });
