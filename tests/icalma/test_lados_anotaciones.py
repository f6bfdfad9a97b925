"""What owners and staff note on a visit or a ticket: through the door, without moving anything."""

from datetime import timedelta

import pytest

from postventa.calendario import hora
from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.personas.actores import SISTEMA
from postventa.personas.models import Rol
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.conftest import local
from tests.icalma.conftest import releer
from tickets.icalma.anotaciones import reparos_de

RUT = "12.345.678-5"


@pytest.fixture
def inspeccion(camino):
    return camino.generar().contactar().coordinar_inspeccion()


@pytest.fixture
def trabajo(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(())
    return camino.coordinar_trabajo()


def sin_fallas_de_bitacora():
    return list(verificar(Cuenta())) == []


# --- the door


def test_anotar_no_mueve_estado_ni_plazos_y_queda_en_la_bitacora(inspeccion, nota):
    plazos = [(p.codigo, p.estado, p.vence_en) for p in inspeccion.ticket.plazos.all()]
    largo = inspeccion.ticket.cadena_largo
    visita = nota("confirmar_visita", canal="web")
    m = inspeccion.ticket.movimientos.last()
    assert (visita.estado, visita.confirmada_en) == ("COORDINADA", inspeccion.ahora)
    assert (m.objeto, m.objeto_id, m.verbo) == ("visita", visita.pk, "confirmar_visita")
    assert (m.antes, m.despues, m.canal) == ("COORDINADA", "COORDINADA", "web")
    assert m.detalle.nombre_actor == "Camila Rojas Fuentealba"
    assert inspeccion.ticket.cadena_largo == largo + 1
    assert [(p.codigo, p.estado, p.vence_en) for p in inspeccion.ticket.plazos.all()] == plazos
    assert sin_fallas_de_bitacora()


def test_anotacion_desconocida_o_verbo_no_se_anotan(inspeccion):
    for que in ("borrar", "iniciar", "save", "estado"):
        with pytest.raises(Conflicto):
            anotar(inspeccion.visita, que, inspeccion.cliente, ahora=inspeccion.ahora)
    with pytest.raises(NoAutorizado):
        tramitar(inspeccion.visita, "confirmar_visita", inspeccion.cliente, ahora=inspeccion.ahora)


def test_pagina_vieja_no_anota(inspeccion, nota):
    with pytest.raises(Conflicto, match="El caso cambió mientras mirabas"):
        nota("confirmar_visita", visto=inspeccion.ticket.cadena_largo - 1)


@pytest.mark.parametrize(
    ("que", "quienes"),
    [
        ("confirmar_visita", {"propietario"}),
        ("proponer_hora", {"propietario"}),
        ("nombrar_reemplazo", {"propietario", "supervisor"}),
        ("quitar_reemplazo", {"propietario", "supervisor"}),
        ("objetar_inasistencia", {"propietario"}),
        ("resolver_objecion", {"jefe"}),
        ("responder_conformidad", {"propietario"}),
    ],
)
def test_quien_puede_anotar(trabajo, extrania, que, quienes):
    objeto = trabajo.ticket if que == "responder_conformidad" else trabajo.visita
    gente = {
        "propietario": trabajo.cliente,
        "supervisor": trabajo.supervisor,
        "jefe": trabajo.jefe,
        "sistema": SISTEMA,
        "otra": extrania,
    }
    pueden = set()
    for nombre, persona in gente.items():
        try:
            anotar(objeto, que, persona, ahora=trabajo.ahora)
        except NoAutorizado:
            continue
        except (Conflicto, DatosInvalidos):
            pass
        pueden.add(nombre)
    assert pueden == quienes


# --- the agreed hour


def test_confirmar_dos_veces_o_ya_empezada_no_se_puede(inspeccion, nota):
    nota("confirmar_visita")
    with pytest.raises(Conflicto, match="ya está confirmada"):
        nota("confirmar_visita")
    inspeccion.ahora = inspeccion.visita.inicia_en
    with pytest.raises(Conflicto, match="ya empezó"):
        nota("proponer_hora", inicia_en=local("2026-11-27 11:00"))


def test_proponer_hora_guarda_avisa_y_deja_de_estar_confirmada(inspeccion, nota):
    nota("confirmar_visita")
    visita = nota("proponer_hora", inicia_en=local("2026-11-27 11:00"), nota=" Salgo de viaje ")
    assert (visita.propuesta_inicia_en, visita.propuesta_nota, visita.confirmada_en) == (
        local("2026-11-27 11:00"),
        "Salgo de viaje",
        None,
    )
    assert visita.inicia_en == local("2026-11-24 10:00")
    aviso = inspeccion.ticket.avisos.get(tipo="icalma/propuesta")
    assert aviso.destino == "rsepulveda@icalma.example"
    assert aviso.datos["propuesta"] == "viernes 27 de noviembre, a las 11:00"
    nota("confirmar_visita")
    assert inspeccion.visita.propuesta_inicia_en is None


@pytest.mark.regla("I-22")
@pytest.mark.parametrize(
    ("cuando", "mensaje"),
    [
        (None, "Elige el día y la hora"),
        ("2026-11-20 10:00", "todavía no haya pasado"),
        ("2026-11-28 10:00", "día hábil"),
        ("2026-12-08 10:00", "día hábil"),
        ("2026-11-27 17:30", "horario de atención"),
        ("2027-03-01 10:00", "próximos 60"),
    ],
)
def test_proponer_una_hora_imposible_se_explica(inspeccion, nota, cuando, mensaje):
    with pytest.raises(DatosInvalidos, match=mensaje):
        nota("proponer_hora", inicia_en=cuando and local(cuando))
    assert inspeccion.ticket.avisos.filter(tipo="icalma/propuesta").count() == 0


# --- replacement


@pytest.mark.regla("I-13")
def test_reemplazo_con_nombre_y_rut_se_registra_cambia_y_quita(trabajo, nota):
    visita = nota(
        "nombrar_reemplazo",
        reemplazo_nombre="Ana Soto",
        reemplazo_documento=RUT,
        reemplazo_telefono="+56 9 1234 5678",
    )
    assert (visita.reemplazo_nombre, visita.reemplazo_documento) == ("Ana Soto", "12345678-5")
    assert visita.reemplazo_registrado_en == trabajo.ahora
    visita = nota(
        "nombrar_reemplazo",
        trabajo.supervisor,
        reemplazo_nombre="Luz Mora",
        reemplazo_documento="11.111.111-1",
        canal="correo",
    )
    assert (visita.reemplazo_nombre, visita.reemplazo_telefono) == ("Luz Mora", "")
    visita = nota("quitar_reemplazo")
    assert (visita.reemplazo_documento, visita.reemplazo_registrado_en) == ("", None)
    with pytest.raises(Conflicto, match="no tiene un reemplazo"):
        nota("quitar_reemplazo")


@pytest.mark.regla("I-13")
@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"reemplazo_nombre": "", "reemplazo_documento": RUT}, "reemplazo_nombre"),
        ({"reemplazo_nombre": "Ana", "reemplazo_documento": "12.345.678-9"}, "reemplazo_documento"),
        ({"reemplazo_nombre": "Ana", "reemplazo_documento": ""}, "reemplazo_documento"),
        ({"reemplazo_nombre": "Yo", "reemplazo_documento": "16482937-5"}, "reemplazo_documento"),
    ],
)
def test_reemplazo_mal_escrito_no_se_registra(trabajo, nota, datos, campo):
    with pytest.raises(DatosInvalidos) as error:
        nota("nombrar_reemplazo", **datos)
    assert list(error.value.campos) == [campo]
    assert releer(trabajo.visita).reemplazo_documento == ""


@pytest.mark.regla("I-13")
def test_reemplazo_solo_antes_de_empezar_y_solo_en_trabajos(camino, nota):
    camino.generar().contactar().coordinar_inspeccion()
    datos = {"reemplazo_nombre": "Ana Soto", "reemplazo_documento": RUT}
    with pytest.raises(Conflicto, match="visita de trabajo"):
        nota("nombrar_reemplazo", **datos)
    camino.inspeccionar(()).coordinar_trabajo()
    camino.ahora = camino.visita.inicia_en
    with pytest.raises(Conflicto, match="ya empezó"):
        nota("nombrar_reemplazo", **datos)


@pytest.mark.regla("I-14")
def test_reemplazo_nombrado_despues_recibe_y_sigue_al_reprogramar(trabajo, nota):
    nota("nombrar_reemplazo", reemplazo_nombre="Ana Soto", reemplazo_documento=RUT)
    inicia = local("2026-11-27 09:30")
    trabajo.tramitar(
        trabajo.ticket,
        "reprogramar_trabajo",
        inicia_en=inicia,
        termina_en=inicia + timedelta(hours=3),
    )
    assert trabajo.visita.reemplazo_documento == "12345678-5"
    trabajo.iniciar_trabajo(Rol.REEMPLAZO)
    assert trabajo.visita.recibe_rol == Rol.REEMPLAZO


# --- conformity


@pytest.mark.regla("I-14")
def test_no_conforme_avisa_con_motivos_y_se_puede_firmar_despues(camino, nota):
    camino.hasta_por_firmar(2, ())
    primera, segunda = camino.obs
    nota(
        "responder_conformidad",
        sobre=camino.ticket,
        respuesta="parte",
        motivos={str(segunda.pk): " Sigue goteando "},
    )
    camino.ticket = releer(camino.ticket)
    assert (camino.ticket.estado, camino.ticket.reparos_en) == ("POR_FIRMAR", camino.ahora)
    assert reparos_de(camino.ticket) == {segunda.pk: "Sigue goteando"}
    aviso = camino.ticket.avisos.get(tipo="icalma/no_conforme")
    assert aviso.datos["trabajos"] == [
        {"que": "Grifería · Lavaplatos · Cocina", "motivo": "Sigue goteando"}
    ]
    camino.firmar()
    assert (camino.ticket.estado, camino.ticket.reparos_en) == ("CERRADO_CONFORME", None)


@pytest.mark.regla("I-14")
def test_los_reparos_pasan_a_la_nueva_visita(camino, nota):
    camino.hasta_por_firmar(2, ())
    motivos = {str(o.pk): f"Mal {o.numero}" for o in camino.obs}
    nota("responder_conformidad", sobre=camino.ticket, respuesta="no", motivos=motivos)
    inicia = local("2026-11-30 09:30")
    camino.tramitar(
        camino.ticket,
        "rechazar_firma",
        motivos=reparos_de(releer(camino.ticket)),
        inicia_en=inicia,
        termina_en=inicia + timedelta(hours=2),
    )
    assert [(o.estado, o.motivo_devolucion, o.reparo) for o in camino.obs] == [
        ("APROBADA", "Mal 1", ""),
        ("APROBADA", "Mal 2", ""),
    ]
    assert reparos_de(releer(camino.ticket)) == {}


@pytest.mark.parametrize(
    ("respuesta", "cuantos"), [("", 1), ("conforme", 1), ("parte", 0), ("no", 1)]
)
def test_respuesta_incompleta_no_se_anota(camino, nota, respuesta, cuantos):
    camino.hasta_por_firmar(2, ())
    motivos = {str(o.pk): "Mal" for o in camino.obs[:cuantos]}
    with pytest.raises(DatosInvalidos):
        nota("responder_conformidad", sobre=camino.ticket, respuesta=respuesta, motivos=motivos)
    assert releer(camino.ticket).reparos_en is None


def test_motivo_de_otro_ticket_no_se_toma(camino, nota):
    camino.hasta_por_firmar(1, ())
    with pytest.raises(DatosInvalidos):
        nota(
            "responder_conformidad",
            sobre=camino.ticket,
            respuesta="parte",
            motivos={"999999": "Mal", "x": "Mal"},
        )


def test_firmado_o_sin_terminar_no_se_responde(camino, nota):
    camino.generar()
    hora.fijar(camino.ahora)
    with pytest.raises(Conflicto):
        nota("responder_conformidad", sobre=camino.ticket, respuesta="no", motivos={})
