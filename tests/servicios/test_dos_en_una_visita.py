"""Two members of staff on one visit at the same instant (RF-12): one wins, one is told."""

import pytest

from postventa.personas.models import Membresia, Rol, Usuario
from postventa.plazos.calculo import horario_del_lugar
from postventa.tramitacion.acciones import tramitar
from postventa.visitas.models import Visita
from tests.servicios.carreras import contar, correr

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]

RONDAS = 5


@pytest.fixture
def colega(supervisor, icalma):
    persona = Usuario.objects.create_user("colega", "colega@icalma.example", is_staff=True)
    Membresia.objects.create(usuario=persona, empresa=icalma, rol=Rol.SUPERVISOR)
    return persona


def hacer(visita, quien, ahora, verbo, **datos):
    def en_su_telefono():
        tramitar(Visita.objects.get(pk=visita.pk), verbo, quien, ahora=ahora, **datos)

    return en_su_telefono


@pytest.mark.regla("I-19")
def test_uno_entra_y_otro_anota_que_no_habia_nadie(camino, colega):
    """An absence can never be written down on a visit that somebody is holding."""
    for _ in range(RONDAS):
        camino.generar(1).contactar().coordinar_inspeccion(manana_a_las_diez(camino))
        visita = camino.visita
        camino.ahora = visita.inicia_en
        resultado = correr(
            [
                hacer(visita, camino.supervisor, camino.ahora, "iniciar", recibe_rol="propietario"),
                hacer(
                    visita,
                    colega,
                    camino.ahora,
                    "registrar_inasistencia_cliente",
                    llegada_en=camino.ahora,
                    conserje="Luis Pino",
                ),
            ]
        )
        assert contar(resultado) == {"ok": 1, "Conflicto": 1}
        estado = Visita.objects.values_list("estado", flat=True).get(pk=visita.pk)
        ticket = type(camino.ticket).objects.get(pk=camino.ticket.pk)
        assert (estado, ticket.inasistencias_seguidas) in {
            ("EN_CURSO", 0),
            ("INASISTENCIA_CLIENTE", 1),
        }
        camino.tramitar(ticket, "anular", camino.jefe, motivo="Otra ronda")


def manana_a_las_diez(camino):
    """Ten o'clock of the business day after the walk's own clock."""
    proyecto = camino.unidad.proyecto
    hoy = camino.ahora.astimezone(proyecto.tz).date()
    return f"{horario_del_lugar(proyecto).sumar_habiles(hoy, 1)} 10:00"
