// Drawing a signature with finger, pen or mouse. Typing the name always works, without this.
"use strict";

const pad = document.querySelector("[data-pad]");
if (pad) {
  const ANCHO = 1000, ALTO = 440, TRAZOS = 200, PUNTOS = 20000;
  const camino = pad.querySelector("path");
  const guardado = document.querySelector("input[name=trazo]");
  const estado = document.querySelector("[data-pad-estado]");
  const vacio = estado.textContent;
  let trazos = [], actual = null;
  document.documentElement.classList.add("con-js");

  const cuantos = () => trazos.reduce((suma, trazo) => suma + trazo.length, 0);

  function dibujar() {
    camino.setAttribute("d", trazos.map((t) => {
      const [primero, ...resto] = t;
      return `M${primero}` + (resto.length ? resto : [primero]).map((p) => `L${p}`).join("");
    }).join(""));
    estado.textContent = trazos.length ? "Tu firma está dibujada." : vacio;
  }

  function punto(evento) {
    const caja = pad.getBoundingClientRect();
    const x = (evento.clientX - caja.left) / caja.width * ANCHO;
    const y = (evento.clientY - caja.top) / caja.height * ALTO;
    return [Math.round(Math.min(Math.max(x, 0), ANCHO)), Math.round(Math.min(Math.max(y, 0), ALTO))];
  }

  function guardar() {
    guardado.value = trazos.length ? JSON.stringify(trazos) : "";
  }

  pad.addEventListener("pointerdown", (evento) => {
    if (evento.button !== 0 || trazos.length >= TRAZOS) return;
    evento.preventDefault();
    pad.setPointerCapture(evento.pointerId);
    actual = [punto(evento)];
    trazos.push(actual);
    dibujar();
  });
  pad.addEventListener("pointermove", (evento) => {
    if (!actual || cuantos() >= PUNTOS) return;
    const juntos = evento.getCoalescedEvents ? evento.getCoalescedEvents() : [];
    for (const uno of juntos.length ? juntos : [evento]) actual.push(punto(uno));
    dibujar();
  });
  for (const fin of ["pointerup", "pointercancel"]) {
    pad.addEventListener(fin, () => { actual = null; guardar(); });
  }
  document.querySelector("[data-pad-borrar]").addEventListener("click", () => {
    trazos = [];
    guardar();
    dibujar();
  });

  try {
    trazos = JSON.parse(guardado.value || "[]");
    dibujar();
  } catch {
    trazos = [];
  }
}
