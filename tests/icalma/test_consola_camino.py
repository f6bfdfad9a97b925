"""The straight way of a ticket, and its side ways, by posts to the console."""

import pytest

from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from postventa.plazos.models import Plazo
from postventa.tramitacion.acciones import tramitar
from tests.conftest import local
from tests.icalma.consola import (
    INGRESO,
    TRABAJO,
    VISITA,
    Consola,
    de_jefe,
    ticket_nuevo,
)


@pytest.fixture
def consola(unidad, cliente, supervisor, jefe):
    return Consola(supervisor, ticket_nuevo(unidad, cliente))


@pytest.mark.regla("I-07", "I-08", "I-09", "I-11", "I-13", "I-18", "I-21")
def test_camino_derecho_por_la_consola_llega_a_por_firmar(consola):
    consola.contactar().coordinar().inspeccionar().coordinar_trabajo().trabajar()

    assert consola.ticket.estado == "POR_FIRMAR"
    assert [o.estado for o in consola.ticket.observaciones.all()] == ["EJECUTADA", "RECHAZADA"]
    estados = dict(Plazo.objects.values_list("codigo", "estado"))
    assert estados == {
        "contacto": "CUMPLIDO",
        "coordinar_trabajo": "CUMPLIDO",
        "objecion": "CORRIENDO",
    }
    canales = set(Movimiento.objects.exclude(verbo="generar").values_list("canal", flat=True))
    assert canales == {"consola"}


def test_exito_redirige_al_caso_y_dice_que_correo_sale(consola):
    consola.contactar()
    respuesta = consola.postear("ticket", consola.ticket, "coordinar_inspeccion", **VISITA)

    assert respuesta.url == f"/consola/icalma/ticket/{consola.pk}/change/"
    *_, mensaje = map(str, consola.pagina().context["messages"])
    assert mensaje == (
        "Visita coordinada para el martes 24 de noviembre, a las 10:00. "
        "Sale un correo a Camila Rojas Fuentealba (camila@correo.example)."
    )


def test_hora_escrita_es_la_del_proyecto(consola):
    consola.contactar().coordinar()
    assert consola.visita.inicia_en == local("2026-11-24 10:00")


def test_contacto_fuera_de_horario_se_registra_y_detiene_el_plazo(consola):
    hora.fijar(local("2026-11-24 22:30"))
    consola.contactar()
    assert Plazo.objects.get(codigo="contacto").estado == "CUMPLIDO"


def test_intento_sin_respuesta_no_detiene_el_plazo(consola):
    consola.hacer("ticket", consola.ticket, "registrar_contacto", exito="no", medio="telefono")
    assert Plazo.objects.get(codigo="contacto").estado == "CORRIENDO"


def test_otra_visita_deja_lo_pendiente_para_despues(consola):
    consola.contactar().coordinar().inspeccionar().coordinar_trabajo()
    hora.fijar(local("2026-11-26 09:30"))
    consola.hacer("visita", consola.visita, "iniciar", **INGRESO)
    primera = consola.ticket.observaciones.first()
    datos = {**TRABAJO, "dia": "2026-11-27", "observaciones": [primera.pk]}
    consola.hacer("ticket", consola.ticket, "coordinar_otra_visita", **datos)
    assert consola.ticket.estado == "TRABAJO_COORDINADO"
    assert consola.visita.inicia_en == local("2026-11-27 09:30")


@pytest.mark.parametrize(
    ("cuando", "llegada"), [("2026-11-24 10:20", "10:20"), ("2026-11-25 09:00", None)]
)
def test_no_habia_nadie_propone_la_hora_de_ahora_el_dia_de_la_visita(consola, cuando, llegada):
    consola.contactar()
    consola.hacer("ticket", consola.ticket, "coordinar_inspeccion", **VISITA)
    hora.fijar(local(cuando))
    verbo = f"visita-{consola.visita.pk}-registrar_inasistencia_cliente"
    llega = consola.pagina(f"?verbo={verbo}").context["formulario"].fields["llegada"]
    assert llega.required
    propone = llega.initial
    assert (propone and f"{propone:%H:%M}") == llegada


def test_dos_inasistencias_por_la_consola_resuelven(consola):
    consola.contactar()
    for dia in ("2026-11-24", "2026-11-25"):
        consola.hacer("ticket", consola.ticket, "coordinar_inspeccion", **{**VISITA, "dia": dia})
        hora.fijar(local(f"{dia} 10:20"))
        consola.hacer(
            "visita",
            consola.visita,
            "registrar_inasistencia_cliente",
            llegada="10:02",
            conserje="Luis Pino",
        )
        assert consola.visita.llegada_en == local(f"{dia} 10:02")
    assert consola.ticket.estado == "RESUELTO_INASISTENCIA"


@pytest.mark.parametrize(
    ("verbo", "datos"),
    [
        ("registrar_inasistencia_empresa", {"motivo": "Se enfermó"}),
        ("registrar_acceso_denegado", {"llegada": "10:00", "conserje": "Luis Pino"}),
    ],
)
def test_visita_que_no_se_hace_vuelve_a_generado(consola, verbo, datos):
    consola.contactar().coordinar()
    hora.fijar(local("2026-11-24 10:05"))
    consola.hacer("visita", consola.visita, verbo, **datos)
    assert (consola.ticket.estado, consola.ticket.inasistencias_seguidas) == ("GENERADO", 0)


def test_cancelar_antes_de_empezar_vuelve_a_generado(consola):
    consola.contactar().coordinar()
    consola.hacer("visita", consola.visita, "cancelar", motivo="Lo pidió el propietario")
    assert (consola.ticket.estado, consola.ticket.inasistencias_seguidas) == ("GENERADO", 0)


def test_reprogramar_conserva_la_vieja_como_reprogramada(consola):
    consola.contactar().coordinar()
    datos = {**VISITA, "dia": "2026-11-25", "motivo": "Pidió otro día"}
    consola.hacer("ticket", consola.ticket, "reprogramar_inspeccion", **datos)
    assert [v.estado for v in consola.ticket.visitas.all()] == ["REPROGRAMADA", "COORDINADA"]


def test_jefe_anula_con_motivo(consola):
    de_jefe(consola).hacer("ticket", consola.ticket, "anular", motivo="Duplicado")
    assert (consola.ticket.estado, consola.ticket.motivo_anulacion) == ("ANULADO", "Duplicado")


@pytest.mark.parametrize(
    ("verbo", "estado"),
    [("acoger", "APROBADA"), ("confirmar_rechazo", "RECHAZADA_DEFINITIVA")],
)
def test_jefe_decide_la_consulta(consola, cliente, verbo, estado):
    consola.contactar().coordinar().inspeccionar()
    rechazada = consola.ticket.observaciones.last()
    tramitar(rechazada, "disputar", cliente, canal="web", motivo="No estoy de acuerdo")
    de_jefe(consola).hacer("observacion", rechazada, verbo, motivo="Revisado en terreno")
    rechazada = consola.ticket.observaciones.last()
    assert (rechazada.estado, rechazada.resolucion) == (estado, "Revisado en terreno")


def test_no_firma_devuelve_a_trabajos(consola):
    consola.contactar().coordinar().inspeccionar().coordinar_trabajo().trabajar()
    primera = consola.ticket.observaciones.first()
    datos = {
        **TRABAJO,
        "dia": "2026-11-30",
        "observaciones": [primera.pk],
        f"motivo_{primera.pk}": "Quedó manchado",
    }
    consola.hacer("ticket", consola.ticket, "rechazar_firma", **datos)
    primera = consola.ticket.observaciones.first()
    assert (consola.ticket.estado, primera.estado) == ("TRABAJO_COORDINADO", "APROBADA")
    assert primera.motivo_devolucion == "Quedó manchado"
