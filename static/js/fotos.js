// Photos go up while the owner writes, in the form that says where (`data-foto`). Without this the
// same form carries them: the server judges them again in any case.
"use strict";

document.documentElement.classList.add("con-js");
{
  const formulario = document.querySelector("form[data-foto]");
  const fotos = formulario.querySelector("[data-fotos]");
  const nueva = fotos.querySelector(".foto-nueva");
  const entrada = nueva.querySelector("input");
  const avance = formulario.querySelector("[data-avance]");
  const maximo = Number(formulario.dataset.maximo);
  let subiendo = 0;
  // The button pressed while photos were still going up: pressed again by itself when they end.
  let enEspera = null;

  function marco(archivo) {
    const caja = document.createElement("div");
    caja.className = "foto foto-sube";
    const imagen = document.createElement("img");
    imagen.width = imagen.height = 160;
    imagen.alt = `Foto ${fotos.querySelectorAll(".foto").length}`;
    imagen.src = URL.createObjectURL(archivo);
    imagen.addEventListener("load", () => URL.revokeObjectURL(imagen.src), { once: true });
    const barra = document.createElement("progress");
    barra.max = 100;
    barra.value = 0;
    barra.setAttribute("aria-label", `Subiendo ${archivo.name}`);
    caja.append(imagen, barra);
    fotos.insertBefore(caja, nueva);
    return { caja, imagen, barra };
  }

  function enviar(archivo, barra) {
    return new Promise((listo) => {
      const datos = new FormData();
      datos.append("csrfmiddlewaretoken", formulario.elements.csrfmiddlewaretoken.value);
      datos.append("edita", formulario.elements.edita.value);
      datos.append("fotos", archivo, archivo.name);
      const peticion = new XMLHttpRequest();
      peticion.open("POST", formulario.dataset.foto);
      peticion.responseType = "json";
      peticion.upload.addEventListener("progress", (e) => {
        if (e.lengthComputable) barra.value = (100 * e.loaded) / e.total;
      });
      peticion.addEventListener("load", () => listo(peticion.response || {}));
      peticion.addEventListener("error", () => listo({}));
      peticion.send(datos);
    });
  }

  function terminar({ caja, imagen, barra }, respuesta) {
    barra.remove();
    caja.classList.remove("foto-sube");
    imagen.src = respuesta.url;
    const boton = document.createElement("button");
    boton.name = "accion";
    boton.value = `quitar_foto:${respuesta.publico}`;
    const equis = document.createElement("span");
    equis.textContent = "×";
    equis.setAttribute("aria-hidden", "true");
    const texto = document.createElement("span");
    texto.className = "oculto";
    texto.textContent = `Quitar ${imagen.alt}`;
    boton.append(equis, texto);
    caja.append(boton);
  }

  async function subir(archivo) {
    const partes = marco(archivo);
    const respuesta = await enviar(await reducir(archivo), partes.barra);
    if (respuesta.publico) {
      terminar(partes, respuesta);
      return "";
    }
    partes.caja.remove();
    return respuesta.error || `No se pudo subir «${archivo.name}». Falló la conexión: hay que elegirla de nuevo.`;
  }

  entrada.addEventListener("change", async () => {
    const cabe = maximo - (fotos.querySelectorAll(".foto").length - 1);
    const elegidas = [...entrada.files];
    entrada.value = "";
    const problemas = elegidas.length > cabe ? [formulario.dataset.limite] : [];
    subiendo += 1;
    avance.textContent = "Subiendo fotos…";
    for (const archivo of elegidas.slice(0, Math.max(cabe, 0))) {
      const problema = await subir(archivo);
      if (problema) problemas.push(problema);
    }
    subiendo -= 1;
    avance.textContent = problemas.length ? problemas.join(" ") : subiendo ? "Subiendo fotos…" : "Fotos guardadas.";
    if (subiendo || !enEspera) return;
    const boton = enEspera;
    enEspera = null;
    // A photo that failed is the person's to look at before going on.
    if (!problemas.length) formulario.requestSubmit(boton);
  });

  formulario.addEventListener(
    "submit",
    (evento) => {
      if (!subiendo) return;
      evento.preventDefault();
      evento.stopImmediatePropagation();
      enEspera = evento.submitter;
      avance.textContent = "Las fotos todavía se están subiendo. Seguimos apenas terminen.";
    },
    true,
  );
}
