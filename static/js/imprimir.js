/* A sheet's own button to print it: without a script it is not shown, and the browser prints. */
document.querySelectorAll("[data-imprimir]").forEach(function (boton) {
  boton.hidden = false;
  boton.addEventListener("click", function () { window.print(); });
});
