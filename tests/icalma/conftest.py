"""The owner's browser, photos to upload and one observation as it is typed."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from postventa.calendario import hora
from postventa.personas.models import Cliente
from postventa.portal.sesion import CLAVE
from postventa.tramitacion.acciones import anotar
from tests.conftest import LUNES
from tickets.inmuebles.models import Item, Propiedad, Unidad


def en_sesion(persona, sede):
    """A browser in which that person has come in."""
    from django.utils import timezone

    navegador = Client()
    sesion = navegador.session
    ahora = timezone.now().timestamp()
    sesion[CLAVE] = {
        "cliente": persona.pk,
        "empresa": persona.empresa_id,
        "sede": sede.pk,
        "desde": ahora,
        "visto": ahora,
    }
    sesion.save()
    return navegador


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "adjuntos"
    return settings.MEDIA_ROOT


@pytest.fixture
def es_lunes(db):
    hora.fijar(LUNES)


@pytest.fixture
def duenia(cliente, proyecto, catalogo, es_lunes):
    return en_sesion(cliente, proyecto)


@pytest.fixture
def vecino(icalma, proyecto):
    """Owner of another home of the same project."""
    persona = Cliente.objects.create(
        empresa=icalma,
        tipo_documento="RUT",
        numero="12874593-9",
        nombre="Francisca Jara Bustos",
        correo="francisca@correo.example",
    )
    suya = Unidad.objects.create(
        proyecto=proyecto, nombre="Torre B, depto. 705", recepcion_definitiva_el=date(2023, 3, 14)
    )
    Propiedad.objects.create(unidad=suya, cliente=persona, desde=date(2024, 6, 9))
    return persona


@pytest.fixture
def nota(camino):
    """Note something on the last visit (or on what is given) at the story's time."""

    def anota(que, por=None, sobre=None, **datos):
        camino.ticket = anotar(
            sobre or camino.visita, que, por or camino.cliente, ahora=camino.ahora, **datos
        )
        return camino.visita if sobre is None else releer(sobre)

    return anota


def imagen(formato="JPEG", medida=(40, 30), **extra):
    salida = io.BytesIO()
    Image.new("RGB", medida, "white").save(salida, formato, **extra)
    return salida.getvalue()


def foto(nombre="muro.jpg", contenido=None):
    return SimpleUploadedFile(nombre, contenido or imagen(), "image/jpeg")


def escrita(n=0, **cambios):
    """One observation of the catalogue, as the form posts it."""
    item = Item.objects.order_by("pk")[n]
    return {
        "accion": "agregar",
        "recinto": item.lugar.recinto_id,
        "lugar": item.lugar_id,
        "item": item.pk,
        "descripcion": "Se ve una grieta larga",
        **cambios,
    }


def releer(objeto):
    """The stored row: a protected state is never refreshed in place."""
    return type(objeto).objects.get(pk=objeto.pk)


def archivos(media):
    return [p for p in media.rglob("*") if p.is_file()] if media.exists() else []


def fotos_en_disco(media):
    """The photos themselves, without the small version of each."""
    return [p for p in archivos(media) if not p.stem.endswith("-m")]
