"""Decisions on each observation, disputes and the 72 hours (I-09, I-10, I-11)."""

from datetime import date, timedelta

import pytest

from postventa.personas.models import Membresia, Rol
from postventa.plazos.models import Plazo
from postventa.tramitacion.barrido import barrer
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.conftest import local
from tests.icalma.mesa import falla
from tickets.icalma.models import Exclusion, Observacion
from tickets.inmuebles.models import Unidad


def plazos(codigo):
    return list(Plazo.objects.filter(codigo=codigo).order_by("ordinal"))


def estados(camino):
    return [o.estado for o in camino.obs]


def inspeccionando(camino, cantidad=2):
    return camino.generar(cantidad).contactar().coordinar_inspeccion().iniciar_inspeccion()


def consultado(camino, cantidad=2, rechazadas=(1,)):
    """Inspected, and every rejection disputed."""
    camino.generar(cantidad).contactar().coordinar_inspeccion().inspeccionar(rechazadas)
    for posicion in rechazadas:
        camino.tramitar(camino.obs[posicion], "disputar", camino.cliente, motivo="No es sarro")
    return camino


# --- the inspection


@pytest.mark.regla("I-08")
def test_se_decide_durante_la_visita_y_no_antes(camino):
    camino.generar().contactar().coordinar_inspeccion()
    falla(camino, camino.obs[0], "aprobar")
    camino.iniciar_inspeccion()
    camino.tramitar(camino.obs[0], "aprobar")
    assert estados(camino) == ["APROBADA", "PENDIENTE"]


@pytest.mark.regla("I-08", "I-09")
def test_inspeccion_no_termina_con_observaciones_sin_decidir(camino):
    inspeccionando(camino)
    camino.tramitar(camino.obs[0], "aprobar")
    rechazo = falla(camino, camino.visita, "realizar")
    assert rechazo.mensaje == "Falta aprobar o rechazar observaciones."
    assert camino.visita.estado == "EN_CURSO"


@pytest.mark.regla("I-09")
@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({}, "exclusion"),
        ({"exclusion": "E9", "fundamento": "x"}, "exclusion"),
        ({"exclusion": "E4"}, "fundamento"),
        ({"exclusion": "E4", "fundamento": "  "}, "fundamento"),
        ({"fundamento": "No corresponde"}, "exclusion"),
        ({"exclusion": "E1"}, "fundamento"),  # E1 never rejects by itself
    ],
)
def test_rechazo_lleva_exclusion_y_motivo_de_una_persona(camino, datos, campo):
    inspeccionando(camino)
    assert list(falla(camino, camino.obs[0], "rechazar", **datos).campos) == [campo]
    assert estados(camino) == ["PENDIENTE", "PENDIENTE"]


@pytest.mark.regla("I-09")
def test_e8_solo_si_el_plazo_legal_calculado_vencio(camino):
    inspeccionando(camino)
    pintura = camino.obs[0]  # finishes: three years from 2024-06-09
    datos = {"exclusion": Exclusion.E8, "fundamento": "Fuera de plazo"}
    rechazo = falla(camino, pintura, "rechazar", **datos)
    assert rechazo.campos == {"exclusion": "La garantía sigue vigente hasta el 09-06-2027."}
    Unidad.objects.update(inscripcion_el=date(2023, 11, 23))  # runs out the ticket's very day
    falla(camino, pintura, "rechazar", **datos)
    Unidad.objects.update(inscripcion_el=date(2023, 11, 22))
    camino.tramitar(pintura, "rechazar", **datos)
    assert camino.obs[0].estado == "RECHAZADA"


@pytest.mark.regla("I-09")
def test_e8_sin_fechas_legales_no_se_puede(camino):
    inspeccionando(camino)
    Unidad.objects.update(inscripcion_el=None)
    rechazo = falla(
        camino, camino.obs[0], "rechazar", exclusion=Exclusion.E8, fundamento="Fuera de plazo"
    )
    assert "Faltan las fechas legales" in rechazo.campos["exclusion"]


# --- the 72 hours


@pytest.mark.regla("I-11")
def test_72_horas_parten_al_terminar_la_inspeccion_si_hay_aprobadas(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-26 10:00").inspeccionar()
    [plazo] = plazos("coordinar_trabajo")
    assert plazo.inicia_en == local("2026-11-26 10:45")
    assert plazo.vence_en == local("2026-12-01 10:45")  # the weekend does not count
    assert [o.plazo_trabajo_id for o in camino.obs] == [plazo.pk, None]


def test_sin_aprobadas_no_corren_las_72_horas(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(rechazadas=(0, 1))
    assert plazos("coordinar_trabajo") == []


@pytest.mark.regla("I-11")
def test_72_horas_paran_cuando_toda_aprobada_tiene_su_visita(camino):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar(rechazadas=())
    camino.coordinar_trabajo(observaciones=camino.obs[:1])
    assert plazos("coordinar_trabajo")[0].estado == "CORRIENDO"
    camino.iniciar_trabajo()
    camino.tramitar(camino.obs[0], "ejecutar")
    nueva = {"inicia_en": local("2026-11-27 09:30"), "termina_en": local("2026-11-27 12:30")}
    camino.tramitar(camino.ticket, "coordinar_otra_visita", observaciones=camino.obs[1:2], **nueva)
    assert plazos("coordinar_trabajo")[0].estado == "CORRIENDO"
    camino.iniciar_trabajo()
    nueva = {"inicia_en": local("2026-11-30 09:30"), "termina_en": local("2026-11-30 12:30")}
    camino.tramitar(camino.ticket, "coordinar_otra_visita", observaciones=camino.obs[2:], **nueva)
    # The second one's visit fell short, but it had its visit.
    assert plazos("coordinar_trabajo")[0].estado == "CUMPLIDO"


def test_visita_de_trabajo_deshecha_no_reabre_las_72_horas(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar().coordinar_trabajo()
    camino.tramitar(camino.visita, "cancelar", motivo="Falta material")
    assert camino.ticket.estado == "INSPECCIONADO"
    assert [p.estado for p in plazos("coordinar_trabajo")] == ["CUMPLIDO"]


def test_visita_de_trabajo_elige_solo_aprobadas_del_ticket(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    datos = {"inicia_en": local("2026-11-26 09:30"), "termina_en": local("2026-11-26 12:30")}
    rechazada = camino.obs[1:]
    rechazo = falla(camino, camino.ticket, "coordinar_trabajo", observaciones=rechazada, **datos)
    assert list(rechazo.campos) == ["observaciones"]


# --- disputes


@pytest.mark.regla("I-10")
def test_rechazo_disputado_va_al_jefe_con_su_reloj_y_lo_aprobado_sigue(camino):
    consultado(camino)
    assert estados(camino) == ["APROBADA", "EN_CONSULTA"]
    [consulta] = plazos("consulta")
    assert (consulta.estado, consulta.vence_en) == ("CORRIENDO", local("2026-12-01 23:59:59"))
    assert [p.estado for p in plazos("objecion")] == ["CUMPLIDO"]
    aviso = camino.ticket.avisos.get(tipo="icalma/consulta_jefe")
    assert aviso.destino == "mvaldes@icalma.example"
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar()
    assert camino.ticket.estado == "POR_FIRMAR"


@pytest.mark.regla("I-10")
@pytest.mark.parametrize("hasta", ["INSPECCIONADO", "TRABAJO_COORDINADO", "EN_EJECUCION"])
def test_se_puede_disputar_desde_la_inspeccion_hasta_la_firma(camino, hasta):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    if hasta != "INSPECCIONADO":
        camino.coordinar_trabajo()
    if hasta == "EN_EJECUCION":
        camino.iniciar_trabajo()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente)
    assert (camino.ticket.estado, estados(camino)[1]) == (hasta, "EN_CONSULTA")


def test_objecion_para_cuando_no_queda_ningun_rechazo_sin_respuesta(camino):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar(rechazadas=(1, 2))
    camino.tramitar(camino.obs[1], "disputar", camino.cliente)
    assert plazos("objecion")[0].estado == "CORRIENDO"
    camino.tramitar(camino.obs[2], "aceptar_rechazo", camino.cliente)
    assert plazos("objecion")[0].estado == "CUMPLIDO"


@pytest.mark.regla("I-10", "I-11")
def test_consulta_acogida_corre_72_horas_propias(camino):
    consultado(camino, cantidad=3, rechazadas=(1, 2))
    camino.ahora = local("2026-11-27 11:00")
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="Es falla de fábrica")
    primero, segundo = plazos("coordinar_trabajo")
    assert (segundo.inicia_en, segundo.vence_en) == (camino.ahora, local("2026-12-02 11:00"))
    assert [o.plazo_trabajo_id for o in camino.obs] == [primero.pk, segundo.pk, None]
    assert [p.estado for p in plazos("consulta")] == ["CUMPLIDO", "CORRIENDO"]
    assert estados(camino) == ["APROBADA", "APROBADA", "EN_CONSULTA"]


@pytest.mark.regla("I-10")
@pytest.mark.parametrize("verbo", ["acoger", "confirmar_rechazo"])
def test_jefe_decide_con_motivo(camino, verbo):
    consultado(camino)
    assert list(falla(camino, camino.obs[1], verbo, camino.jefe).campos) == ["motivo"]


def test_acogida_durante_los_trabajos_se_ejecuta_en_la_misma_visita(camino):
    consultado(camino).coordinar_trabajo().iniciar_trabajo()
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="Corresponde")
    camino.ejecutar()
    assert [p.estado for p in plazos("coordinar_trabajo")] == ["CUMPLIDO", "CUMPLIDO"]
    servidas = camino.visita.observaciones.order_by("pk")
    assert list(servidas) == camino.obs


def test_acogida_con_la_visita_ya_coordinada_entra_al_reprogramarla(camino):
    consultado(camino).coordinar_trabajo()
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="Corresponde")
    assert [p.estado for p in plazos("coordinar_trabajo")] == ["CUMPLIDO", "CORRIENDO"]
    datos = {"inicia_en": camino.visita.inicia_en, "termina_en": camino.visita.termina_en}
    camino.tramitar(camino.ticket, "reprogramar_trabajo", observaciones=camino.obs, **datos)
    assert [p.estado for p in plazos("coordinar_trabajo")] == ["CUMPLIDO", "CUMPLIDO"]
    assert camino.visita.observaciones.count() == 2


@pytest.mark.regla("I-10")
def test_quien_rechazo_no_revisa_su_propio_rechazo(camino, icalma):
    Membresia.objects.create(usuario=camino.supervisor, empresa=icalma, rol=Rol.JEFE)
    consultado(camino)
    for verbo in ("acoger", "confirmar_rechazo"):
        rechazo = falla(camino, camino.obs[1], verbo, camino.supervisor, motivo="Porque sí")
        assert isinstance(rechazo, NoAutorizado)
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="Corresponde")


# --- tickets without works


def test_sin_trabajos_espera_la_aceptacion_o_el_fin_del_plazo(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(rechazadas=(0, 1))
    rechazo = falla(camino, camino.ticket, "cerrar_sin_trabajos")
    assert rechazo.mensaje.startswith("Solo cuando todas las observaciones queden rechazadas")
    camino.tramitar(camino.obs[0], "aceptar_rechazo", camino.cliente)
    falla(camino, camino.ticket, "cerrar_sin_trabajos")
    barrer(plazos("objecion")[0].vence_en + timedelta(seconds=1))
    assert estados(camino) == ["RECHAZADA_ACEPTADA", "RECHAZADA_ACEPTADA"]
    camino.ahora = local("2026-12-02 09:00")
    camino.tramitar(camino.ticket, "cerrar_sin_trabajos", camino.jefe)
    assert (camino.ticket.estado, camino.ticket.situacion) == ("CERRADO_SIN_TRABAJOS", "CERRADO")
    assert camino.ticket.avisos.filter(tipo="icalma/sin_trabajos").count() == 1


def test_sin_trabajos_espera_tambien_al_jefe(camino):
    consultado(camino, rechazadas=(0, 1))
    camino.tramitar(camino.obs[0], "confirmar_rechazo", camino.jefe, motivo="Desgaste")
    falla(camino, camino.ticket, "cerrar_sin_trabajos")
    camino.tramitar(camino.obs[1], "confirmar_rechazo", camino.jefe, motivo="Desgaste")
    camino.tramitar(camino.ticket, "cerrar_sin_trabajos")
    assert estados(camino) == ["RECHAZADA_DEFINITIVA", "RECHAZADA_DEFINITIVA"]


# --- ended tickets


@pytest.mark.parametrize(
    ("verbo", "quien"),
    [("acoger", "jefe"), ("confirmar_rechazo", "jefe"), ("aceptar_rechazo", "cliente")],
)
def test_observacion_de_un_ticket_terminado_no_se_mueve(camino, verbo, quien):
    consultado(camino, cantidad=3, rechazadas=(1,))
    Observacion.objects.filter(numero=3).update(estado="RECHAZADA")
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Duplicado")
    observacion = camino.obs[2 if verbo == "aceptar_rechazo" else 1]
    rechazo = falla(camino, observacion, verbo, getattr(camino, quien), motivo="Tarde")
    assert isinstance(rechazo, Conflicto)
    assert {p.estado for p in Plazo.objects.exclude(codigo="contacto")} <= {"CANCELADO", "CUMPLIDO"}


def test_anular_en_plena_visita_la_termina_y_nada_mas_se_decide(camino):
    inspeccionando(camino)
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="No era el propietario")
    assert camino.visita.estado == "REALIZADA"
    falla(camino, camino.obs[0], "aprobar")


def test_datos_invalidos_no_dejan_rastro(camino):
    inspeccionando(camino)
    antes = list(Observacion.objects.order_by("pk").values())
    with pytest.raises(DatosInvalidos):
        camino.tramitar(camino.obs[0], "rechazar", exclusion="E4", fundamento="")
    assert list(Observacion.objects.order_by("pk").values()) == antes
