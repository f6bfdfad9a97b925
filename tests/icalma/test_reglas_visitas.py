"""Contact, agenda and absences (I-07, I-08, I-12, I-13, I-18, I-19, I-21, I-22)."""

from datetime import timedelta

import pytest

from postventa.avisos.models import Aviso
from postventa.personas.models import Rol
from postventa.plazos.models import Plazo
from postventa.tramitacion.errores import Conflicto
from postventa.visitas.models import Ocupacion, Visita
from tests.conftest import local
from tests.icalma.mesa import falla, gente_de


def horario(cuando, minutos=45):
    inicia = local(cuando)
    return {"inicia_en": inicia, "termina_en": inicia + timedelta(minutes=minutos)}


def ausentarse(camino, verbo="registrar_inasistencia_cliente", espera=20, **datos):
    """Nobody came to the agreed visit, and it is recorded some minutes after its hour."""
    camino.ahora = camino.visita.inicia_en + timedelta(minutes=espera)
    datos = {"llegada_en": camino.visita.inicia_en, "conserje": "Luis Pino"} | datos
    camino.tramitar(camino.visita, verbo, **datos)
    return camino


# --- contact


@pytest.mark.regla("I-07")
def test_intento_fallido_queda_anotado_y_no_detiene_el_reloj(camino):
    camino.generar().pasar(hours=1)
    camino.tramitar(camino.ticket, "registrar_contacto", exito=False, medio="telefono")
    assert camino.ticket.contactado_en is None
    assert Plazo.objects.get().estado == "CORRIENDO"
    movimiento = camino.ticket.movimientos.last()
    assert movimiento.detalle.datos == {"exito": False, "medio": "telefono"}


@pytest.mark.regla("I-07")
def test_contacto_fuera_de_horario_detiene_el_reloj(camino):
    camino.generar()
    camino.ahora = local("2026-11-24 21:30")
    camino.tramitar(camino.ticket, "registrar_contacto", exito=True, medio="whatsapp")
    plazo = Plazo.objects.get()
    assert (plazo.estado, plazo.detenido_en) == ("CUMPLIDO", camino.ahora)


def test_segundo_contacto_no_mueve_el_primero(camino):
    camino.generar().contactar()
    primero = camino.ticket.contactado_en
    assert camino.contactar().ticket.contactado_en == primero


@pytest.mark.parametrize(
    ("datos", "campo"),
    [({"medio": "telefono"}, "exito"), ({"exito": True}, "medio"), ({}, "exito")],
)
def test_contacto_dice_si_hubo_y_por_que_medio(camino, datos, campo):
    camino.generar()
    assert list(falla(camino, camino.ticket, "registrar_contacto", **datos).campos) == [campo]


def test_sin_contacto_no_se_coordina(camino):
    camino.generar()
    rechazo = falla(camino, camino.ticket, "coordinar_inspeccion", **horario("2026-11-24 10:00"))
    assert rechazo.mensaje == "Antes registra el contacto con el propietario."


# --- agenda


@pytest.mark.regla("I-22")
@pytest.mark.parametrize(
    ("cuando", "minutos"),
    [
        ("2026-11-23 09:00", 45),  # already past
        ("2026-11-24 07:45", 45),  # before opening
        ("2026-11-24 17:30", 45),  # ends after closing
        ("2026-11-28 10:00", 45),  # Saturday
        ("2026-12-08 10:00", 45),  # holiday
        ("2026-11-24 10:00", 0),  # lasts nothing
        ("2026-11-24 10:00", -30),
        ("2026-11-24 10:00", 24 * 60),  # two days in one
    ],
)
def test_visita_solo_en_dia_habil_y_horario_de_oficina(camino, cuando, minutos):
    camino.generar().contactar()
    datos = horario(cuando, minutos)
    assert list(falla(camino, camino.ticket, "coordinar_inspeccion", **datos).campos) == [
        "inicia_en"
    ]
    assert Ocupacion.objects.count() == 0


@pytest.mark.regla("I-22")
def test_visita_cabe_justo_en_los_bordes_del_horario(camino):
    camino.generar().contactar()
    camino.tramitar(camino.ticket, "coordinar_inspeccion", **horario("2026-11-24 08:00", 600))
    assert camino.ticket.estado == "INSPECCION_COORDINADA"


def test_visita_sin_hora_pide_la_hora(camino):
    camino.generar().contactar()
    assert list(falla(camino, camino.ticket, "coordinar_inspeccion").campos) == ["inicia_en"]


@pytest.mark.parametrize("cuando", ["2026-11-24 10:00", "2026-11-24 10:44", "2026-11-24 09:16"])
def test_persona_no_esta_en_dos_visitas_a_la_vez(camino, cuando):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.generar().contactar()
    rechazo = falla(camino, camino.ticket, "coordinar_inspeccion", **horario(cuando))
    assert "ya tiene otra visita" in rechazo.campos["inicia_en"]
    assert Visita.objects.count() == 1


def test_visitas_seguidas_no_chocan_y_otra_persona_puede(camino, jefe):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:45")
    camino.generar().contactar()
    camino.tramitar(
        camino.ticket, "coordinar_inspeccion", persona=jefe, **horario("2026-11-24 10:00")
    )
    assert Visita.objects.count() == 3


@pytest.mark.parametrize("quien", ["supervisor de otra empresa", "supervisor de otra sede"])
def test_visita_la_hace_alguien_del_proyecto(camino, quien):
    camino.generar().contactar()
    datos = {"persona": gente_de(camino)[quien], **horario("2026-11-24 10:00")}
    rechazo = falla(camino, camino.ticket, "coordinar_inspeccion", **datos)
    assert list(rechazo.campos) == ["persona"]


def test_reprogramar_antes_de_la_hora_no_es_inasistencia(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.ahora = local("2026-11-24 09:59")
    camino.tramitar(
        camino.ticket, "reprogramar_inspeccion", camino.cliente, **horario("2026-11-25 10:00")
    )
    assert camino.ticket.estado == "INSPECCION_COORDINADA"
    assert camino.ticket.inasistencias_seguidas == 0
    assert list(Visita.objects.order_by("pk").values_list("estado", flat=True)) == [
        "REPROGRAMADA",
        "COORDINADA",
    ]
    assert set(Ocupacion.objects.values_list("visita_id", flat=True)) == {camino.visita.pk}
    assert [o.estado for o in camino.visita.observaciones.all()] == ["PENDIENTE", "PENDIENTE"]


def test_reprogramar_a_una_hora_que_pisa_la_misma_visita_se_puede(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.tramitar(camino.ticket, "reprogramar_inspeccion", **horario("2026-11-24 10:15"))
    assert camino.visita.inicia_en == local("2026-11-24 10:15")


@pytest.mark.parametrize("minutos", [0, 1])
def test_reprogramar_despues_de_la_hora_se_rechaza(camino, minutos):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.ahora = local(f"2026-11-24 10:0{minutos}")
    nueva = horario("2026-11-25 10:00")
    assert isinstance(falla(camino, camino.ticket, "reprogramar_inspeccion", **nueva), Conflicto)
    assert camino.visita.estado == "COORDINADA"


def test_reprogramar_a_una_hora_tomada_deja_todo_como_estaba(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 12:00")
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 15:00")
    falla(camino, camino.ticket, "reprogramar_inspeccion", **horario("2026-11-24 12:00"))
    assert camino.visita.estado == "COORDINADA"
    assert camino.visita.ocupaciones.count() == 3


def test_cancelar_avisa_antes_de_la_hora_y_vuelve_a_coordinar(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.tramitar(camino.visita, "cancelar", motivo="El propietario viaja")
    assert (camino.ticket.estado, camino.visita.estado) == ("GENERADO", "CANCELADA")
    assert (camino.ticket.inasistencias_seguidas, Ocupacion.objects.count()) == (0, 0)


def test_visita_que_ya_empezo_no_se_cancela(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.ahora = local("2026-11-24 10:00")
    assert isinstance(falla(camino, camino.visita, "cancelar"), Conflicto)


# --- absences


@pytest.mark.regla("I-19")
def test_primera_inasistencia_vuelve_a_coordinar_y_advierte(camino):
    ausentarse(camino.generar().contactar().coordinar_inspeccion())
    assert (camino.ticket.estado, camino.ticket.inasistencias_seguidas) == ("GENERADO", 1)
    aviso = Aviso.objects.order_by("pk").last()
    assert (aviso.tipo, aviso.destino) == ("icalma/inasistencia", "camila@correo.example")
    assert Ocupacion.objects.count() == 0
    assert Plazo.objects.get().estado == "CUMPLIDO"  # no second 48 hours


@pytest.mark.regla("I-19")
def test_segunda_inasistencia_seguida_resuelve_y_cancela_relojes(camino):
    ausentarse(camino.generar().contactar().coordinar_inspeccion())
    ausentarse(camino.coordinar_inspeccion("2026-11-26 10:00"))
    assert camino.ticket.estado == "RESUELTO_INASISTENCIA"
    assert camino.ticket.situacion == "CERRADO"
    assert camino.ticket.cerrado_en == camino.ahora
    tipos = list(Aviso.objects.order_by("pk").values_list("tipo", flat=True))
    assert tipos[-2:] == ["icalma/visita", "icalma/resuelto"]
    assert Ocupacion.objects.count() == 0


@pytest.mark.regla("I-19")
def test_dos_inasistencias_seguidas_al_trabajo_tambien_resuelven(camino):
    camino.generar(2).contactar().coordinar_inspeccion().inspeccionar()
    ausentarse(camino.coordinar_trabajo("2026-11-26 09:30"))
    assert (camino.ticket.estado, camino.ticket.inasistencias_seguidas) == ("INSPECCIONADO", 1)
    ausentarse(camino.coordinar_trabajo("2026-11-27 09:30"))
    assert camino.ticket.estado == "RESUELTO_INASISTENCIA"
    abiertos = Plazo.objects.filter(codigo="objecion").values_list("estado", flat=True)
    assert list(abiertos) == ["CANCELADO"]


@pytest.mark.regla("I-19")
def test_visita_realizada_borra_la_cuenta(camino):
    ausentarse(camino.generar().contactar().coordinar_inspeccion())
    camino.coordinar_inspeccion("2026-11-26 10:00").inspeccionar()
    assert camino.ticket.inasistencias_seguidas == 0
    ausentarse(camino.coordinar_trabajo("2026-11-27 09:30"))
    assert (camino.ticket.estado, camino.ticket.inasistencias_seguidas) == ("INSPECCIONADO", 1)


@pytest.mark.regla("I-19", "I-21")
@pytest.mark.parametrize("verbo", ["registrar_inasistencia_empresa", "registrar_acceso_denegado"])
def test_falta_de_la_empresa_o_de_acceso_no_cuenta_ni_borra(camino, verbo):
    ausentarse(camino.generar().contactar().coordinar_inspeccion())
    ausentarse(camino.coordinar_inspeccion("2026-11-25 10:00"), verbo)
    assert (camino.ticket.estado, camino.ticket.inasistencias_seguidas) == ("GENERADO", 1)
    assert Aviso.objects.order_by("pk").last().tipo == "icalma/no_realizada"
    ausentarse(camino.coordinar_inspeccion("2026-11-26 10:00"))
    assert camino.ticket.estado == "RESUELTO_INASISTENCIA"


@pytest.mark.regla("I-19")
@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"llegada_en": None, "conserje": "Luis Pino"}, "llegada_en"),
        ({"llegada_en": local("2026-11-24 11:30"), "conserje": "Luis Pino"}, "llegada_en"),
        ({"llegada_en": local("2026-11-23 10:00"), "conserje": "Luis Pino"}, "llegada_en"),
        ({"llegada_en": local("2026-11-24 10:00"), "conserje": " "}, "conserje"),
    ],
)
def test_inasistencia_sin_evidencia_se_rechaza(camino, datos, campo):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.ahora = local("2026-11-24 10:30")
    rechazo = falla(camino, camino.visita, "registrar_inasistencia_cliente", **datos)
    assert list(rechazo.campos) == [campo]


def test_donde_no_hay_conserjeria_basta_la_llegada(camino, proyecto):
    type(proyecto).objects.update(tiene_conserjeria=False)
    camino.unidad.refresh_from_db()
    ausentarse(camino.generar().contactar().coordinar_inspeccion(), conserje="")
    assert camino.ticket.inasistencias_seguidas == 1


@pytest.mark.regla("I-19")
def test_nadie_falta_antes_de_la_hora_acordada(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    camino.ahora = local("2026-11-24 09:59")
    rechazo = falla(
        camino,
        camino.visita,
        "registrar_inasistencia_cliente",
        llegada_en=local("2026-11-24 09:50"),
        conserje="Luis Pino",
    )
    assert rechazo.mensaje == "La hora acordada todavía no llega."


@pytest.mark.regla("I-19")
def test_dos_inasistencias_a_minutos_una_de_otra_se_rechazan(camino):
    ausentarse(camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00"), espera=1)
    camino.coordinar_inspeccion("2026-11-24 10:02")
    visita = camino.visita
    camino.ahora = visita.inicia_en
    rechazo = falla(
        camino,
        visita,
        "registrar_inasistencia_cliente",
        llegada_en=visita.inicia_en,
        conserje="Luis Pino",
    )
    assert isinstance(rechazo, Conflicto)
    ausentarse(camino, "registrar_inasistencia_empresa")
    assert (camino.ticket.estado, camino.ticket.inasistencias_seguidas) == ("GENERADO", 1)


# --- presence


@pytest.mark.regla("I-08")
@pytest.mark.parametrize("recibe", ["", "vecino", Rol.SUPERVISOR, Rol.REEMPLAZO])
def test_inspeccion_empieza_solo_con_el_propietario(camino, recibe):
    camino.generar().contactar().coordinar_inspeccion()
    camino.ahora = camino.visita.inicia_en
    falla(camino, camino.visita, "iniciar", recibe_rol=recibe)
    assert camino.visita.estado == "COORDINADA"


def por_trabajar(camino, **datos):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo(**datos)
    camino.ahora = camino.visita.inicia_en
    return camino


ACCESO = {
    "personal_identificado": "Óscar Vidal, cédula",
    "conserje": "Luis Pino",
    "conserjeria_autoriza": True,
}


@pytest.mark.regla("I-18")
@pytest.mark.parametrize("recibe", ["", "vecino", "conserje"])
def test_trabajos_nunca_sin_presencia(camino, recibe):
    falla(por_trabajar(camino), camino.visita, "iniciar", recibe_rol=recibe, **ACCESO)
    assert camino.ticket.estado == "TRABAJO_COORDINADO"


@pytest.mark.regla("I-13")
def test_reemplazo_anunciado_con_nombre_y_rut_recibe_a_los_maestros(camino):
    por_trabajar(camino, reemplazo_nombre="Ana Pérez", reemplazo_documento="12.345.678-5")
    assert camino.visita.reemplazo_documento == "12345678-5"
    camino.tramitar(camino.visita, "iniciar", recibe_rol=Rol.REEMPLAZO, **ACCESO)
    assert camino.ticket.estado == "EN_EJECUCION"


@pytest.mark.regla("I-13")
def test_reemplazo_no_anunciado_no_recibe(camino):
    rechazo = falla(
        por_trabajar(camino), camino.visita, "iniciar", recibe_rol=Rol.REEMPLAZO, **ACCESO
    )
    assert list(rechazo.campos) == ["recibe_rol"]


@pytest.mark.regla("I-13")
def test_reemplazo_anunciado_cuando_la_visita_ya_empezo_no_recibe(camino):
    por_trabajar(camino, reemplazo_nombre="Ana Pérez", reemplazo_documento="12.345.678-5")
    Visita.objects.filter(pk=camino.visita.pk).update(
        reemplazo_registrado_en=camino.visita.inicia_en
    )
    falla(camino, camino.visita, "iniciar", recibe_rol=Rol.REEMPLAZO, **ACCESO)


@pytest.mark.regla("I-13")
@pytest.mark.parametrize("rut", ["", "12.345.678-9", "abc", "16.482.937-5"])
def test_reemplazo_sin_rut_valido_o_con_el_del_duenio_se_rechaza(camino, rut):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    datos = horario("2026-11-26 09:30", 180)
    datos |= {"reemplazo_nombre": "Ana Pérez", "reemplazo_documento": rut}
    rechazo = falla(camino, camino.ticket, "coordinar_trabajo", **datos)
    assert list(rechazo.campos) == ["reemplazo_documento"]


@pytest.mark.regla("I-21")
@pytest.mark.parametrize(
    "acceso",
    [
        {"personal_identificado": ""},
        {"conserjeria_autoriza": None},
        {"conserjeria_autoriza": False},
    ],
)
def test_trabajos_no_empiezan_sin_que_conserjeria_autorice(camino, acceso):
    por_trabajar(camino)
    falla(camino, camino.visita, "iniciar", recibe_rol=Rol.PROPIETARIO, **(ACCESO | acceso))
    assert camino.ticket.estado == "TRABAJO_COORDINADO"


@pytest.mark.regla("I-21")
def test_sin_conserjeria_basta_identificarse_ante_el_propietario(camino, proyecto):
    type(proyecto).objects.update(tiene_conserjeria=False)
    por_trabajar(camino)
    datos = {"recibe_rol": Rol.PROPIETARIO, "personal_identificado": "Óscar Vidal, cédula"}
    camino.tramitar(camino.visita, "iniciar", **datos)
    assert camino.ticket.estado == "EN_EJECUCION"


@pytest.mark.regla("I-12")
def test_termino_estimado_de_los_trabajos_se_le_dice_al_propietario(camino):
    por_trabajar(camino, termino_estimado_el=local("2026-12-04 12:00").date())
    aviso = Aviso.objects.filter(tipo="icalma/visita").order_by("pk").last()
    assert aviso.datos["termino_estimado"] == "viernes 4 de diciembre"
