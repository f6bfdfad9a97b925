"""A sheet of the Libro de Reclamaciones as a browser sends it, and who reads its mail."""

import io
from datetime import date
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio
from reclamos.models import Reclamo

LIBRO = "/capera/libro-de-reclamaciones/"
CORREO = "marisol@correo.example"


def hoja(lugar, /, **cambios):
    """The fields of a sheet that is taken."""
    return {
        "nonce": str(uuid4()),
        "sede": lugar.pk,
        "nombre": "Marisol Vilela Ruiz",
        "documento": "DNI",
        "numero": "41 234 567",
        "domicilio": "Jr. Tacna 123, Piura",
        "telefono": "+51 969 333 444",
        "correo": CORREO,
        "bien": "producto",
        "servicio": "Lote 14 de la manzana C",
        "monto": "1500.50",
        "clase": "RECLAMO",
        "motivo": "El lote no es el del contrato",
        "hechos": "Al medirlo faltan 12 metros.",
        "ocurrio_el": date(2026, 11, 20).isoformat(),
        "lugar": "Urbanización Los Algarrobos",
        "pedido": "Que me entreguen el lote completo.",
        **cambios,
    }


def foto(nombre="lote.jpg"):
    salida = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(salida, "JPEG")
    return SimpleUploadedFile(nombre, salida.getvalue(), "image/jpeg")


def presentar(navegador, sede, **cambios):
    """Send a sheet and return what was written of it."""
    respuesta = navegador.post(LIBRO, hoja(sede, **cambios))
    assert respuesta.status_code == 302, respuesta.content.decode()
    return Reclamo.objects.get(publico=respuesta.url.split("/")[3])


def enlace(reclamo):
    return f"/capera/reclamo/{reclamo.publico}/"


def abrir(navegador, reclamo):
    """Open the link of the mail with a fresh code."""
    navegador.post(enlace(reclamo))
    codigo = codigo_de(Desafio.objects.latest("creado_en").pk)
    respuesta = navegador.post(enlace(reclamo), {"codigo": codigo})
    assert respuesta.status_code == 302, respuesta.content.decode()
    return navegador
