// A hall's television: asks every few seconds, shows each new call long enough to be read, sounds,
// and after a cut goes on by itself. It knows numbers and desks, nothing else.
"use strict";

const CADA_MS = 3000;
const ESPERA_MS = 6000;
const LEER_MS = 5000;
// An address that is no longer one is asked for less often.
const SIN_LLAVE_MS = 60000;

const que = (id) => document.getElementById(id);
const ahora = que("ahora");
const corte = que("corte");
const clave = (ll) => `${ll.numero}.${ll.vez}`;

let vistas = null;
let porMostrar = [];
let ultimas = [];
let mostrada = null;
let libreDesde = 0;

// --- the sound: two notes of the browser's own making

let audio = null;

function nota(cuando, tono) {
  const voz = audio.createOscillator();
  const fuerza = audio.createGain();
  voz.type = "sine";
  voz.frequency.value = tono;
  fuerza.gain.setValueAtTime(0.0001, cuando);
  fuerza.gain.exponentialRampToValueAtTime(0.6, cuando + 0.03);
  fuerza.gain.exponentialRampToValueAtTime(0.0001, cuando + 0.7);
  voz.connect(fuerza).connect(audio.destination);
  voz.start(cuando);
  voz.stop(cuando + 0.75);
}

function sonar() {
  if (!audio || audio.state !== "running") return;
  nota(audio.currentTime, 784);
  nota(audio.currentTime + 0.28, 587);
}

function ofrecerSonido() {
  que("sonido").hidden = Boolean(audio && audio.state === "running");
}

que("sonido").addEventListener("click", async () => {
  audio = audio || new AudioContext();
  await audio.resume();
  audio.onstatechange = ofrecerSonido;
  ofrecerSonido();
  sonar();
});

// --- what is seen

function fila(llamada) {
  const li = document.createElement("li");
  const numero = document.createElement("b");
  const meson = document.createElement("span");
  numero.textContent = llamada.numero;
  meson.textContent = llamada.meson;
  li.append(numero, meson);
  return li;
}

function pintar(llamada) {
  ahora.querySelector("h1").textContent = llamada ? "Pase ahora la ficha" : "Aún no se llama a nadie";
  ahora.querySelector(".panel-num").textContent = llamada ? llamada.numero : "—";
  ahora.querySelector(".panel-lugar span").textContent = llamada ? llamada.meson : "Espere su número";
  medir();
}

// What is longer than usual is written smaller, so that it is still read whole.
function medir() {
  const numero = ahora.querySelector(".panel-num");
  const lugar = ahora.querySelector(".panel-lugar");
  numero.classList.toggle("larga", numero.textContent.length > 5);
  lugar.classList.toggle("larga", lugar.textContent.trim().length > 14);
}

function pintarAnteriores() {
  const sinMostrar = new Set(porMostrar.map((ll) => ll.numero));
  if (mostrada) sinMostrar.add(mostrada.numero);
  const otras = ultimas.filter((ll) => !sinMostrar.has(ll.numero)).slice(0, 5);
  que("anteriores").replaceChildren(...otras.map(fila));
}

function seguir() {
  if (Date.now() >= libreDesde && porMostrar.length) {
    mostrada = porMostrar.shift();
    libreDesde = Date.now() + LEER_MS;
    pintar(mostrada);
    ahora.classList.remove("nueva");
    void ahora.offsetWidth; // so that the same animation begins again
    ahora.classList.add("nueva");
    sonar();
    pintarAnteriores();
  }
}

function recibir(datos) {
  que("hora").textContent = datos.hora;
  ultimas = datos.llamadas;
  const nuevas = vistas ? ultimas.filter((ll) => !vistas.has(clave(ll))) : [];
  // Only what is still told is remembered: tomorrow the same number is new again.
  vistas = new Set(ultimas.map(clave));
  if (!ultimas.length || !mostrada) {
    mostrada = nuevas.length ? null : ultimas[0] || null;
    if (!nuevas.length) pintar(mostrada);
  }
  porMostrar.push(...nuevas.reverse());
  pintarAnteriores();
  seguir();
}

// --- asking, for as long as the television is on

function avisar(texto) {
  corte.querySelector("span").textContent = texto;
  corte.hidden = !texto;
}

async function preguntar() {
  let espera = CADA_MS;
  try {
    const respuesta = await fetch(document.body.dataset.llamadas, {
      cache: "no-store",
      signal: AbortSignal.timeout(ESPERA_MS),
    });
    if (respuesta.status === 404 || respuesta.status === 429) {
      espera = SIN_LLAVE_MS;
      avisar("Esta dirección del panel ya no vale: pida una nueva.");
    } else if (!respuesta.ok) {
      avisar("Sin conexión");
    } else {
      recibir(await respuesta.json());
      avisar("");
    }
  } catch {
    avisar("Sin conexión");
  }
  setTimeout(preguntar, espera);
}

ofrecerSonido();
medir();
setInterval(seguir, 500);
preguntar();
