"""A manager, and years of cases thrown about by a fixed die."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest

from postventa.calendario import hora
from postventa.consola.contexto import desenvuelto
from postventa.consola.tablero.alcance import empresas_de, mirada_de
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Rol
from postventa.plazos.models import EstadoPlazo, Plazo, PoliticaPlazo
from postventa.tableros.lectura import leer
from postventa.tableros.periodo import de_semanas
from tests.conftest import local
from tests.consola.conftest import a_las_diez, otra, personal, poner_hora, raiz  # noqa: F401
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Proyecto

VIERNES = local("2026-11-27 12:00")


@pytest.fixture
def gerente(icalma):
    return personal("gerenta", icalma, Rol.GERENTE, first_name="Gema")


@pytest.fixture
def leer_como():
    """Read the board of somebody, as their page does."""

    def leer_(persona, ahora=VIERNES, semanas=8, sede=None, hasta=None):
        persona = desenvuelto(persona)
        periodo = de_semanas(semanas, hasta or ahora.date())
        return leer(mirada_de(persona, empresas_de(persona), sede), periodo, ahora)

    return leer_


@pytest.fixture
def otro_proyecto(icalma, supervisor, jefe):
    return Proyecto.objects.create(
        empresa=icalma, codigo="otro", nombre="Alto Sur", supervisor=supervisor, jefe=jefe
    )


@pytest.fixture
def lanzar(icalma, proyecto, otro_proyecto, cliente, supervisor, jefe, unidad):
    """Cases, clocks and acts of every kind, some months deep; the same ones in every run."""
    hora.fijar(VIERNES)
    dado = random.Random(7)
    politicas = list(PoliticaPlazo.objects.filter(empresa=icalma, es_vigente=True))

    def hacer(casos=60):
        for n in range(casos):
            creado = VIERNES - timedelta(hours=dado.randrange(1, 24 * 80))
            situacion = dado.choice(["ABIERTO", "ABIERTO", "CERRADO", "RETENIDO"])
            caso = Ticket.objects.create(
                tipo="icalma", unidad=unidad, estado="GENERADO",
                folio=f"ICA-2026-{9000 + n}", empresa=icalma,
                sede=dado.choice([proyecto, otro_proyecto]).sede_ptr, cliente=cliente,
                canal="portal", responsable=dado.choice([supervisor, jefe, None]),
                etapa="GENERADO", situacion=situacion, creado_en=creado, nonce=uuid4(),
            )  # fmt: skip
            for politica in dado.sample(politicas, 3):
                vence = creado + timedelta(hours=dado.randrange(1, 24 * 30))
                estado = dado.choice(EstadoPlazo.values)
                inicia = vence - timedelta(days=3)
                Plazo.objects.create(
                    expediente=caso, empresa=icalma, politica=politica, codigo=politica.codigo,
                    estado=estado, inicia_en=inicia, inicio_efectivo_en=inicia, vence_en=vence,
                    detenido_en=vence if estado.startswith("CUMPLIDO") else None,
                )  # fmt: skip
            for numero in range(dado.randrange(4)):
                Movimiento.objects.create(
                    expediente=caso, numero=numero + 1, objeto="visita", objeto_id=1,
                    verbo=dado.choice(["realizar", "registrar_inasistencia_cliente", "iniciar"]),
                    clase_actor="personal", canal="consola", resumen="", hash="",
                    ocurrido_en=creado + timedelta(hours=dado.randrange(24 * 20)),
                )  # fmt: skip

    return hacer
