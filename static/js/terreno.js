// The on-site screen without a line: what is typed stays on this phone, and a post that could not
// leave waits in a visible queue and goes by itself, with the same key, so that it is done once.
// Without this file every form of the page still works as a plain form.
"use strict";

const raiz = document.getElementById("terreno");
const quien = `terreno:${raiz.dataset.quien}:${raiz.dataset.visita}`;
const cola = document.getElementById("cola");
const formularios = [...raiz.querySelectorAll("form[data-accion]")];
const OCULTOS = new Set(["csrfmiddlewaretoken", "visto", "clave", "huella"]);
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
  for (const tipo of ["input", "change"])
    formulario.addEventListener(tipo, (evento) => {
      limpiar(formulario, evento.target.name);
      recordar(formulario);
    });
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
const sacarLosDe = async (accion) => {
  for (const e of await enEspera()) if (e.accion === accion) await sacar(e.clave);
};
const formularioDe = (accion) => formularios.find((f) => f.dataset.accion === accion);
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
  const nuevas = [];
  try {
    for (;;) {
      const [envio] = (await enEspera()).filter((e) => !e.error);
      if (!envio) break;
      const r = await enviar(envio);
      if (r.sinLinea || r.sinSesion) {
        estado = r.sinSesion ? "sesion" : "linea";
        break;
      }
      // A key that was used already was a success whose answer got lost: `hecho` is that answer.
      const hecho = r.status === 200 ? r : r.hecho;
      if (hecho) {
        await sacarLosDe(envio.accion);
        olvidar(envio.accion);
        formularioDe(envio.accion)?.setAttribute("data-hecho", "");
        await seguirDesde(hecho.antes, hecho.visto);
        hechos += 1;
      } else {
        const refusada = { ...envio, error: r.mensaje || "No se pudo guardar.", errores: r.campos || {}, status: r.status };
        await poner(refusada);
        nuevas.push(refusada);
      }
    }
  } finally {
    vaciando = false;
  }
  await pintar(estado);
  nuevas.forEach(devolver);
  if (nuevas.length && formularioDe(nuevas[0].accion)) irALaFalla(formularioDe(nuevas[0].accion));
  if (otraVez) return void vaciar();
  if (hechos && !(await enEspera()).some((e) => !e.error)) actualizar();
}

function actualizar() {
  // A photo that this phone could not keep does not survive a reload: then the person says when.
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
  const n = envios.length;
  const [que, van, solos] = n === 1
    ? ["1 registro guardado", "se enviará", "solo"]
    : [`${n} registros guardados`, "se enviarán", "solos"];
  if (estado === "sesion") return `Tu sesión terminó: ${que} en este teléfono. Entra de nuevo en esta página y ${van}.`;
  if (estado === "linea") return `Sin conexión: ${que} en este teléfono; ${van} ${solos}.`;
  return `Enviando: ${que} en este teléfono.`;
}

async function pintar(estado = "") {
  const envios = await enEspera();
  for (const formulario of formularios) {
    marcar(formulario, envios.find((e) => e.accion === formulario.dataset.accion));
  }
  cola.hidden = !envios.length;
  if (!envios.length) return;
  const detenido = envios.find((e) => e.error);
  cola.className = `cola aviso ${detenido ? "mal" : "alerta"}`;
  const parrafo = document.createElement("p");
  const espera = envios.filter((e) => !e.error);
  parrafo.textContent = espera.length ? loQueEspera(espera, estado) : "";
  cola.replaceChildren(...(espera.length ? [parrafo] : []), ...envios.filter((e) => e.error).map(refusado));
}

function refusado(envio) {
  const linea = document.createElement("p");
  const boton = document.createElement("button");
  const formulario = formularioDe(envio.accion);
  boton.type = "button";
  boton.className = "boton boton--chico";
  boton.textContent = formulario ? "Revisar lo escrito" : "Descartar";
  boton.addEventListener("click", async () => {
    if (formulario && envio.status === 409 && !envio.mostrado) return void location.replace(raiz.dataset.url);
    if (formulario) return void irALaFalla(formulario);
    await sacar(envio.clave);
    olvidar(envio.accion);
    await pintar();
  });
  linea.append(`No se guardó ${envio.que}: ${envio.error} `, boton);
  return linea;
}

// A refused act goes back to its form: what is wrong beside its field, and the photos that it took.
function devolver(envio) {
  const formulario = formularioDe(envio.accion);
  if (!formulario) return;
  senalar(formulario, envio.errores || {}, envio.error);
  const entrada = formulario.querySelector("input[type=file]");
  const fotos = envio.campos.filter(([, , nombre]) => nombre);
  if (!entrada || !fotos.length || entrada.files.length) return;
  ponerFotos(entrada, fotos.map(([, foto, nombre]) => new File([foto], nombre, { type: foto.type })));
}

async function devolverTodo() {
  const refusados = (await enEspera()).filter((e) => e.error);
  // This page already shows the case as it is now.
  for (const envio of refusados) await poner({ ...envio, mostrado: true });
  await pintar();
  refusados.forEach(devolver);
  const primero = refusados.map((e) => formularioDe(e.accion)).find(Boolean);
  if (primero) irALaFalla(primero);
}

function marcar(formulario, envio) {
  const caja = formulario.closest("details");
  const pildora = caja && caja.querySelector("[data-estado]");
  const espera = Boolean(envio && !envio.error);
  const mal = envio ? Boolean(envio.error) : formulario.hasAttribute("data-faltan");
  const hecho = !envio && formulario.hasAttribute("data-hecho");
  formulario.toggleAttribute("data-en-cola", espera || hecho);
  if (pildora) pintarPildora(pildora, espera ? "En este teléfono" : mal ? "No se guardó" : hecho ? "Listo" : "");
  if (pildora) pildora.classList.toggle("mal", mal);
  if ((espera || hecho) && caja && caja.open) seguirCon(caja);
  for (const boton of formulario.querySelectorAll("button")) boton.disabled = espera || hecho;
}

const pildoras = new Map();

function pintarPildora(pildora, texto) {
  if (!pildoras.has(pildora)) pildoras.set(pildora, [...pildora.childNodes]);
  pildora.replaceChildren(...(texto ? [texto] : pildoras.get(pildora)));
}

function seguirCon(caja) {
  caja.open = false;
  const otras = [...raiz.querySelectorAll("details[name=tarea]")];
  const siguiente = otras.find((d) => d !== caja && !d.querySelector("form[data-en-cola]"));
  if (siguiente) siguiente.open = true;
}

// --- what is sent

// One key for each time that something is sent; a retry of the queue carries the same one.
function claveNueva() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  return [...b].map((n) => n.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
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
    const faltas = faltasDe(formulario);
    const faltan = Object.keys(faltas).length > 0;
    formulario.toggleAttribute("data-faltan", faltan);
    if (faltan) {
      await pintar();
      senalar(formulario, faltas);
      irALaFalla(formulario);
      return;
    }
    limpiar(formulario);
    formulario.setAttribute("data-en-cola", "");
    recordar(formulario);
    const { clave, visto } = formulario.elements;
    clave.value = claveNueva();
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
      await sacarLosDe(envio.accion); // one that was refused: this one replaces it
      await poner(envio);
    } catch {
      for (const entrada of formulario.querySelectorAll("[data-sin-conservar]")) entrada.removeAttribute("data-sin-conservar");
      formulario.submit(); // no storage here: the plain way
      return;
    }
    for (const entrada of formulario.querySelectorAll("input[type=file]")) ponerFotos(entrada, []);
    await pintar(navigator.onLine ? "" : "linea");
    vaciar();
  });
}

addEventListener("online", vaciar);
setInterval(async () => (await enEspera()).some((e) => !e.error) && vaciar(), CADA);
reponerFotos().catch(() => {}).then(devolverTodo).then(vaciar);
if ("terminada" in raiz.dataset) for (const c of Object.keys(localStorage)) if (c.startsWith(`${quien}:`)) localStorage.removeItem(c);

// --- the signature: firma.js draws it, and its points are kept like anything else that is typed

for (const fin of ["pointerup", "pointercancel", "click"])
  addEventListener(fin, (evento) => {
    const firma = evento.target.closest && evento.target.closest("form[data-accion=firma]");
    if (firma) setTimeout(() => recordar(firma));
  });
