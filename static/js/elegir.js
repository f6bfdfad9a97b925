// One box for all the rows of the page; without scripts each is chosen by hand.
"use strict";

const todos = document.getElementById("elegir-todos");
if (todos) {
  document.documentElement.classList.add("con-js");
  const cajas = [...document.querySelectorAll('input[name="caso"]')];
  todos.addEventListener("change", () => cajas.forEach((c) => { c.checked = todos.checked; }));
  document.addEventListener("change", (evento) => {
    if (cajas.includes(evento.target)) todos.checked = cajas.every((c) => c.checked);
  });
}
