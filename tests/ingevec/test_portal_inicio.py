"""Ingevec's start page and its door: whose page it is, whom to call, who comes in."""

import re

import pytest

from postventa.calendario import hora
from tests.conftest import local
from tests.ingevec.navegador import texto
from tickets.inmuebles.models import Propiedad
from tickets.inmuebles.paginas import identificar


@pytest.mark.regla("G-01", "G-15", "G-16")
def test_inicio_dice_por_donde_llamar_y_que_es_urgente(client, edificio):
    pagina = texto(client.get("/ingevec/"))
    for numero in ("tel:800422727", "tel:+56988894612", "tel:+56986826248"):
        assert numero in pagina
    assert "mailto:postventa_ingevec@ingevec.cl" in pagina
    for urgencia in (
        "Filtración de agua potable (rotura de cañerías)",
        "Fuga de gas en red no visible",
        "Falta de energía eléctrica por problemas de la instalación",
    ):
        assert urgencia in pagina


@pytest.mark.parametrize(
    ("cuando", "frase"),
    [
        ("2026-11-23 10:15", "Abierto ahora, hasta las 13:30"),
        ("2026-11-23 14:00", "Abrimos hoy a las 15:00"),
        ("2026-11-27 15:00", "Abrimos el lunes 30 de noviembre, a las 09:00"),
    ],
)
def test_inicio_dice_si_esta_abierto_por_las_horas_de_inspeccion(client, edificio, cuando, frase):
    hora.fijar(local(cuando))
    assert frase in texto(client.get("/ingevec/"))


def test_inicio_promete_los_terminos_del_documento_y_dos_acciones(client, edificio):
    pagina = texto(client.get("/ingevec/"))
    assert "Dentro de 5 días hábiles" in pagina
    assert "Máximo 20 días hábiles desde la inspección" in pagina
    assert 'href="/ingevec/solicitud/">Solicitar</a>' in pagina
    assert ">Mis solicitudes</a>" in pagina


def test_paginas_publicas_tratan_de_usted(client, edificio):
    for camino in ("", "contacto/", "acceso/", "privacidad/"):
        pagina = texto(client.get(f"/ingevec/{camino}"))
        visto = re.sub(r"<[^>]*>", " ", pagina)
        assert not re.search(r"\b(tu|tus|te|ti|tú|puedes|tienes|escribe) ", visto, re.I)


def test_contacto_muestra_todos_los_numeros(client, edificio):
    pagina = texto(client.get("/ingevec/contacto/"))
    assert pagina.count("tel:800422727") == 2  # the company's and the project's
    assert pagina.count("tel:+56988894612") == 1


def test_lista_vacia_y_su_boton_dicen_solicitudes(propietario):
    pagina = texto(propietario.get("/ingevec/mis-requerimientos/"))
    assert "<h1>Mis solicitudes</h1>" in pagina
    assert "Todavía no tiene solicitudes" in pagina
    assert ">Solicitar</a>" in pagina


def test_identificar_pide_ser_propietario_de_ese_proyecto_hoy(duenio, depto, edificio, ingevec):
    assert identificar(edificio, duenio.numero) == duenio
    assert identificar(edificio, "12874593-9") is None
    Propiedad.objects.update(hasta="2025-12-31")
    assert identificar(edificio, duenio.numero) is None
