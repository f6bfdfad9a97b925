// A job's page follows it: the part that changes is fetched again until it is over.
"use strict";

document.documentElement.classList.add("con-js");
const CADA_MS = 2000;

async function seguir() {
  const parte = document.querySelector("[data-avance]");
  try {
    const respuesta = await fetch(location.href, { credentials: "same-origin" });
    if (respuesta.redirected || !respuesta.ok) throw new Error(respuesta.status);
    const nueva = new DOMParser().parseFromString(await respuesta.text(), "text/html").querySelector("[data-avance]");
    if (nueva.dataset.avance === "fin") return location.reload();
    if (nueva.innerHTML !== parte.innerHTML) parte.replaceChildren(...nueva.childNodes);
  } catch {
    // Without line it tries again; the link to reload stays for whoever cannot wait.
  }
  setTimeout(seguir, CADA_MS);
}

setTimeout(seguir, CADA_MS);
