"""A small version of each photo: made once, served when asked for, gone with it."""

import io

import pytest
from django.core.files.storage import FileSystemStorage
from PIL import Image

from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto, Borrador
from tests.conftest import LUNES
from tests.expedientes.manos import aceptar
from tests.icalma.conftest import archivos, duenia, es_lunes, foto, imagen, media  # noqa: F401


@pytest.fixture
def borrador(icalma, cliente):
    return Borrador.objects.create(
        empresa=icalma, cliente=cliente, tipo="icalma", creado_en=LUNES, vence_en=LUNES
    )


def medida(campo):
    with campo.open("rb") as archivo, Image.open(archivo) as abierta:
        return abierta.size, abierta.format


def test_foto_grande_deja_una_chica_con_la_misma_forma(borrador):
    grande = foto("muro.jpg", imagen(medida=(2000, 1000), exif=b"Exif\0\0secreto"))
    adjunto = aceptar(grande, ahora=LUNES, borrador=borrador)
    assert medida(adjunto.archivo) == ((2000, 1000), "JPEG")
    assert medida(adjunto.miniatura) == ((320, 160), "JPEG")
    assert b"secreto" not in adjunto.miniatura.open().read()
    assert adjunto.miniatura.size < adjunto.archivo.size


def test_foto_chica_no_se_agranda(borrador):
    adjunto = aceptar(foto(), ahora=LUNES, borrador=borrador)
    assert medida(adjunto.miniatura) == ((40, 30), "JPEG")


def test_se_borran_las_dos(borrador, media):  # noqa: F811
    adjunto = aceptar(foto(), ahora=LUNES, borrador=borrador)
    assert len(archivos(media)) == 2
    subidas.borrar_archivos([adjunto])
    assert archivos(media) == []


def test_si_la_chica_no_cabe_no_queda_ninguna(borrador, media, monkeypatch):  # noqa: F811
    real, veces = FileSystemStorage._save, []

    def _save(self, nombre, contenido):
        veces.append(nombre)
        if len(veces) == 2:
            raise OSError(28, "No space left on device")
        return real(self, nombre, contenido)

    monkeypatch.setattr(FileSystemStorage, "_save", _save)
    with pytest.raises(OSError, match="No space"):
        aceptar(foto(), ahora=LUNES, borrador=borrador)
    assert archivos(media) == []
    assert Adjunto.objects.count() == 0


def test_se_sirve_la_chica_si_se_pide_y_la_hay(borrador, duenia):  # noqa: F811
    adjunto = aceptar(foto("muro.jpg", imagen(medida=(900, 600))), ahora=LUNES, borrador=borrador)
    url = f"/icalma/adjunto/{adjunto.publico}/"
    medidas = []
    for sufijo in ("", "?m=1"):
        respuesta = duenia.get(url + sufijo)
        contenido = b"".join(respuesta.streaming_content)
        assert respuesta["Content-Length"] == str(len(contenido))
        assert respuesta["Content-Security-Policy"] == "default-src 'none'; sandbox"
        medidas.append(Image.open(io.BytesIO(contenido)).size)
    assert medidas == [(900, 600), (320, 213)]
    Adjunto.objects.update(miniatura="")
    respuesta = duenia.get(url + "?m=1")
    contenido = b"".join(respuesta.streaming_content)
    assert Image.open(io.BytesIO(contenido)).size == (900, 600)
