// A camera photo weighs several MB; what the server keeps is 2560 px. What this browser cannot
// decode (HEIC, often) goes as it is.
"use strict";

async function reducir(archivo) {
  const LADO = 2560;
  if (archivo.size < 1_500_000) return archivo;
  try {
    const imagen = await createImageBitmap(archivo);
    const escala = Math.min(1, LADO / Math.max(imagen.width, imagen.height));
    const lienzo = document.createElement("canvas");
    lienzo.width = Math.round(imagen.width * escala);
    lienzo.height = Math.round(imagen.height * escala);
    lienzo.getContext("2d").drawImage(imagen, 0, 0, lienzo.width, lienzo.height);
    const jpeg = await new Promise((listo) => lienzo.toBlob(listo, "image/jpeg", 0.85));
    if (!jpeg || jpeg.size > archivo.size) return archivo;
    return new File([jpeg], `${archivo.name.replace(/\.[^.]+$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return archivo;
  }
}
