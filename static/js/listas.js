// Django's searchable lists say what is chosen but not of which field: each takes its field's name.
"use strict";

function nombrar(dentro) {
  for (const lista of dentro.querySelectorAll("select.admin-autocomplete")) {
    const caja = lista.nextElementSibling && lista.nextElementSibling.querySelector(".select2-selection");
    const etiqueta = lista.labels[0];
    const nombre = lista.getAttribute("aria-label") || (etiqueta && etiqueta.textContent.trim().replace(/:$/, ""));
    if (!caja || !nombre) continue;
    caja.removeAttribute("aria-labelledby");
    caja.setAttribute("aria-label", nombre);
    caja.querySelector("[role=textbox]").setAttribute("aria-label", nombre);
  }
}

// After Django has made them, the lists of the page and those of a row that is added.
if (window.django && django.jQuery) django.jQuery(() => nombrar(document));
document.addEventListener("formset:added", (evento) => nombrar(evento.target));
