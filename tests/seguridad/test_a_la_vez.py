"""Two tabs, or a double click, at the same instant (RF-11, TM-07, TM-20): PostgreSQL only."""

import re

import pytest
from django.db import connection
from django.test import Client

from postventa.calendario import hora
from postventa.documentos.models import Firma
from postventa.expedientes.models import Adjunto, Borrador
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio
from tests.conftest import LUNES
from tests.icalma.conftest import en_sesion, escrita, foto, fotos_en_disco
from tests.servicios.carreras import contar, correr
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.vistas.firma import Acta

pytestmark = [
    pytest.mark.concurrencia,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks"),
]


def envio(navegador, url, datos=None, nombre=""):
    """A function that posts from a copy of the browser and says how it went."""

    def hacer():
        copia = Client(raise_request_exception=False)
        copia.cookies = navegador.cookies
        cuerpo = datos() if callable(datos) else datos
        return f"{nombre}{copia.post(url, cuerpo).status_code}"

    return hacer


@pytest.fixture
def tabla(cliente, proyecto, catalogo, unidad):
    hora.fijar(LUNES)
    return en_sesion(cliente, proyecto), f"/icalma/requerimiento/{unidad.pk}/"


def por_enviar(navegador, url):
    """One observation with its photo, and the form that sends it."""
    navegador.post(url, {**escrita(), "fotos": foto()})
    pagina = navegador.get(f"{url}revisar/").content.decode()
    huella = re.search(r'name="huella" value="(\w+)"', pagina)[1]
    borrador = Borrador.objects.get()
    return {"nonce": str(borrador.nonce), "huella": huella}, borrador.datos["observaciones"][0]


@pytest.mark.parametrize("otra", ["agregar", "quitar", "vaciar", "foto"])
def test_enviar_mientras_otra_ventana_cambia_no_pierde_ni_tropieza(tabla, media, otra):
    navegador, url = tabla
    for _ in range(4):
        formulario, agregada = por_enviar(navegador, url)
        que = {
            "agregar": (url, escrita(1, descripcion="DE LA OTRA")),
            "quitar": (url, {**escrita(), "accion": f"quitar:{agregada['id']}"}),
            "vaciar": (f"{url}vaciar/", {}),
            "foto": (f"{url}foto/", lambda: {"fotos": foto()}),
        }[otra]
        resultados = correr(
            [envio(navegador, f"{url}revisar/", formulario, "envio "), envio(navegador, *que)]
        )
        assert set(resultados) <= {"envio 302", "envio 409", "302", "200"}
        if otra == "agregar":
            quedo = Observacion.objects.filter(descripcion="DE LA OTRA").exists() or any(
                o["descripcion"] == "DE LA OTRA"
                for b in Borrador.objects.all()
                for o in b.datos["observaciones"]
            )
            assert quedo
        assert len(fotos_en_disco(media)) == Adjunto.objects.count()
        navegador.post(f"{url}vaciar/")


def test_firma_pulsada_ocho_veces_es_una(camino, cliente, proyecto):
    ticket = camino.hasta_por_firmar().ticket
    hora.fijar(camino.ahora)
    navegador = en_sesion(cliente, proyecto)
    url = f"/icalma/caso/{ticket.publico}/firma/"
    navegador.post(f"{url}codigo/")
    ticket = Ticket.objects.get(pk=ticket.pk)
    datos = {
        "nombre": "Camila Rojas",
        "leido": "on",
        "huella": Acta.de(ticket).sha256,
        "codigo": codigo_de(Desafio.objects.get().pk),
        "visto": ticket.cadena_largo,
    }
    resultados = contar(correr([envio(navegador, url, datos)] * 8))
    assert resultados.pop("302") == 1
    assert set(resultados) <= {"409", "422"}
    assert Firma.objects.count() == 1


def test_adivinar_en_paralelo_no_da_mas_intentos(proyecto, cliente):
    navegador = Client()
    navegador.post("/icalma/acceso/", {"sede": proyecto.pk, "numero": "16.482.937-5"})
    bueno = codigo_de(Desafio.objects.get().pk)
    malos = [f"{n:06d}" for n in range(11) if f"{n:06d}" != bueno][:10]
    correr([envio(navegador, "/icalma/codigo/", {"codigo": c}) for c in malos])
    assert Desafio.objects.get().intentos == 5
    assert envio(navegador, "/icalma/codigo/", {"codigo": bueno})() == "422"


def test_pedir_en_paralelo_no_pasa_de_tres(proyecto, cliente):
    datos = {"sede": proyecto.pk, "numero": "16.482.937-5"}
    resultados = contar(correr([envio(Client(), "/icalma/acceso/", datos) for _ in range(8)]))
    assert resultados == {"302": 3, "429": 5}
