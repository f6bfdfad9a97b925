// Only makes faster what already works without it.
"use strict";

for (const resumen of document.querySelectorAll("[data-enfocar]")) resumen.focus();

// A second click would post the same form twice: the server knows, the person need not wonder.
// Back brings the page from memory with its buttons as they were left, so they are freed again.
for (const formulario of document.querySelectorAll("form[method=post]")) {
  formulario.addEventListener("submit", () => {
    setTimeout(() => {
      for (const boton of formulario.querySelectorAll("button")) boton.disabled = true;
    });
  });
}
addEventListener("pageshow", (evento) => {
  if (!evento.persisted) return;
  for (const boton of document.querySelectorAll("form[method=post] button")) boton.disabled = false;
});

// Dots and hyphen of a RUT, once it is complete: 123456785 -> 12.345.678-5.
for (const entrada of document.querySelectorAll("[data-rut]")) {
  entrada.addEventListener("blur", () => {
    const limpio = entrada.value.replace(/[^0-9kK]/g, "").replace(/^0+/, "").toUpperCase();
    if (!/^\d{6,8}[0-9K]$/.test(limpio)) return;
    const cuerpo = limpio.slice(0, -1).replace(/\B(?=(\d{3})+$)/g, ".");
    entrada.value = `${cuerpo}-${limpio.slice(-1)}`;
  });
}
