"""Somebody between the password and the second step, when their account changes (TM-31)."""

import pytest
from django.test import Client

from postventa.personas.models import Usuario
from tests.accesos.telefono import ENTRADA, SEGUNDO, codigo, con_clave, con_factor


def desactivar(persona):
    persona.is_active = False
    persona.save()


def cambiar_clave(persona):
    persona.set_password("Otra-clave-2026")
    persona.save()


def cerrar(persona):
    persona.cerrar_sesiones()


@pytest.mark.parametrize("cambio", [desactivar, cambiar_clave, cerrar])
def test_lo_que_cierra_las_sesiones_cierra_tambien_la_entrada_a_medias(supervisor, cambio):
    _, secreto = con_factor()
    otro = Client()
    con_clave(otro)
    cambio(Usuario.objects.get(pk=supervisor.pk))
    assert otro.get(SEGUNDO).url == ENTRADA
    assert otro.post(SEGUNDO, {"code": codigo(secreto, 1)}).url == ENTRADA
    assert otro.get("/consola/").status_code == 302
