"""An owner who sends from two windows at once holds no more hours than lent."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from postventa.tramitacion.errores import Conflicto
from tests.ingevec.conftest import LLAMADA
from tests.servicios.carreras import contar, correr
from tickets.ingevec.borrador import BORRADORES
from tickets.ingevec.cupos import ofrecer
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Requerimiento
from tickets.inmuebles.models import Propiedad, Unidad

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]


def envios(duenio, pauta, cuantos):
    """As many sendings, each of another home and for another hour."""
    pauta.horas_por_propietario = 1
    pauta.save()
    cupos = ofrecer(pauta_del_proyecto(pauta.proyecto_id), LLAMADA, LLAMADA).cupos
    horas = list({c.inicio: c for c in cupos}.values())
    hechos = []
    for n in range(cuantos):
        unidad = Unidad.objects.create(proyecto=pauta.proyecto, nombre=f"Depto. 14{n:02}")
        Propiedad.objects.create(unidad=unidad, cliente=duenio, desde=date(2025, 3, 10))
        hechos.append(enviar(unidad, duenio, horas[n]))
    return hechos


def enviar(unidad, duenio, cupo):
    def hacer():
        try:
            with transaction.atomic():  # as the portal sends: alone with the customer
                BORRADORES.a_solas(duenio, unidad, LLAMADA)
                ingresar(
                    unidad, duenio, duenio, nonce=uuid4(), canal="web", llamante="Ana",
                    telefonos="912345678", requerimientos=[Requerimiento(descripcion="Gotera")],
                    cupo={"inicia_en": cupo.inicio, "persona": cupo.inspector}, ahora=LLAMADA,
                )  # fmt: skip
        except Conflicto:
            return "tope"
        return "agendada"

    return hacer


def test_desde_varias_ventanas_a_la_vez_se_reserva_una(pauta, duenio):
    resultado = correr(envios(duenio, pauta, 4))
    assert contar(resultado) == {"agendada": 1, "tope": 3}
