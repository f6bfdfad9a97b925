// The hall's pages keep themselves up to date and print; nothing here decides anything.
"use strict";

// Ask again for this same page and put in its place what changed of it, unless somebody is typing.
async function refrescar(parte) {
  try {
    const respuesta = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!respuesta.ok || respuesta.redirected) return;
    const otra = new DOMParser().parseFromString(await respuesta.text(), "text/html");
    const nueva = otra.getElementById(parte.id);
    const escribe = parte.contains(document.activeElement) && document.activeElement !== document.body;
    if (!nueva || escribe || nueva.innerHTML === parte.innerHTML) return;
    parte.replaceChildren(...nueva.childNodes);
    if (!nueva.dataset.refresca) delete parte.dataset.refresca;
  } catch {
    // The next one may go through.
  }
}

for (const parte of document.querySelectorAll("[data-refresca]")) {
  setInterval(() => parte.dataset.refresca && refrescar(parte), Number(parte.dataset.refresca) * 1000);
}

for (const boton of document.querySelectorAll("[data-imprime]")) {
  boton.hidden = false;
  boton.addEventListener("click", () => window.print());
}
