"""The door: whole or nothing, one at a time, and told apart by class of refusal."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from postventa.avisos.models import Aviso
from postventa.expedientes.models import Expediente, Movimiento
from postventa.personas.actores import Actor
from postventa.plazos.models import Plazo
from postventa.tramitacion import acciones
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from postventa.visitas.models import Visita
from tests.conftest import LUNES, local
from tickets.icalma.models import Observacion, Ticket


def huella():
    """Everything that a refusal must leave as it was."""
    return [
        list(modelo.objects.order_by("pk").values())
        for modelo in (Expediente, Ticket, Observacion, Visita, Plazo, Aviso, Movimiento)
    ]


def test_acto_deja_movimiento_con_quien_cuando_y_desde_donde(camino):
    camino.generar()
    camino.ahora = LUNES + timedelta(hours=2, microseconds=5)
    tramitar(
        camino.ticket,
        "registrar_contacto",
        camino.supervisor,
        canal="consola",
        ahora=camino.ahora,
        exito=True,
        medio="telefono",
    )
    m = Movimiento.objects.order_by("numero").last()
    assert (m.numero, m.objeto, m.objeto_id) == (2, "ticket", camino.ticket.pk)
    assert (m.verbo, m.antes, m.despues) == ("registrar_contacto", "GENERADO", "GENERADO")
    assert (m.clase_actor, m.por, m.canal) == ("usuario", camino.supervisor, "consola")
    assert m.ocurrido_en == LUNES + timedelta(hours=2)
    assert m.detalle.nombre_actor == "Rodrigo Sepúlveda"


def test_caso_lleva_copia_de_lo_que_leen_las_listas(camino):
    camino.generar()
    caso = Expediente.objects.get()
    assert (caso.etapa, caso.situacion) == ("GENERADO", "ABIERTO")
    assert (caso.proximo_vence_en, caso.cerrado_en) == (local("2026-11-25 10:15"), None)
    assert (caso.cadena_largo, caso.cadena_cabeza) == (1, Movimiento.objects.get().hash)
    camino.contactar()
    assert Expediente.objects.get().proximo_vence_en is None


@pytest.mark.parametrize("visto", [0, 1, 3])
def test_pagina_vieja_es_conflicto_y_nada_cambia(camino, visto):
    camino.generar().contactar()
    antes = huella()
    with pytest.raises(Conflicto) as rechazo:
        camino.tramitar(
            camino.ticket, "registrar_contacto", visto=visto, exito=True, medio="telefono"
        )
    assert rechazo.value.estado == "GENERADO"
    assert huella() == antes


def test_pagina_al_dia_pasa_y_el_segundo_clic_ya_no(camino):
    camino.generar()
    datos = {"visto": 1, "exito": False, "medio": "telefono"}
    camino.tramitar(camino.ticket, "registrar_contacto", **datos)
    with pytest.raises(Conflicto):
        camino.tramitar(camino.ticket, "registrar_contacto", **datos)
    assert Movimiento.objects.count() == 2


def test_objeto_viejo_en_la_mano_no_engania_a_la_puerta(camino):
    """Two people read the same ticket; the second one's copy still says GENERADO."""
    camino.generar().contactar()
    viejo = Ticket.objects.get()
    camino.coordinar_inspeccion()
    inicia = local("2026-11-25 10:00")
    with pytest.raises(Conflicto) as rechazo:
        camino.tramitar(
            viejo,
            "coordinar_inspeccion",
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=45),
        )
    assert "Inspección coordinada" in rechazo.value.mensaje
    assert Visita.objects.count() == 1


@pytest.mark.parametrize(
    "verbo", ["", "borrar", "save", "delete", "estado", "__class__", "refresh_from_db"]
)
def test_verbo_que_no_existe_no_se_llama(camino, verbo):
    camino.generar()
    antes = huella()
    with pytest.raises(NoAutorizado):
        camino.tramitar(camino.ticket, verbo)
    assert huella() == antes


def test_falla_a_mitad_de_camino_no_deja_nada(camino, monkeypatch):
    camino.generar().contactar()
    antes = huella()
    monkeypatch.setattr(acciones.outbox, "encolar", lambda avisos: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        camino.coordinar_inspeccion()
    assert huella() == antes


def test_consecuencia_que_falla_deshace_el_acto(camino):
    camino.generar().contactar().coordinar_inspeccion().iniciar_inspeccion()
    antes = huella()
    with pytest.raises(Conflicto):  # nothing decided: the ticket cannot follow its visit
        camino.tramitar(camino.visita, "realizar")
    assert huella() == antes


def test_consecuencias_las_hace_sistema_por_el_mismo_canal(camino):
    camino.generar().contactar().coordinar_inspeccion()
    camino.ahora = camino.visita.inicia_en
    camino.tramitar(camino.visita, "registrar_inasistencia_empresa", canal="telefono")
    ultimos = list(Movimiento.objects.order_by("-numero")[:2])
    assert [(m.verbo, m.clase_actor, m.canal) for m in ultimos] == [
        ("deshacer_inspeccion", "sistema", "telefono"),
        ("registrar_inasistencia_empresa", "usuario", "telefono"),
    ]


def test_estado_solo_lo_escribe_la_maquina(camino):
    ticket = camino.generar().ticket
    with pytest.raises(AttributeError):
        ticket.estado = "ANULADO"


def test_caso_que_nace_a_medio_camino_se_rechaza(camino, proyecto):
    camino.generar()
    nuevo = Ticket(
        tipo="icalma",
        estado="POR_FIRMAR",
        folio="ICA-X",
        empresa=proyecto.empresa,
        sede=proyecto,
        cliente=camino.cliente,
        unidad=camino.unidad,
        canal="web",
    )
    with pytest.raises(Conflicto):
        tramitar(nuevo, "anular", camino.jefe, ahora=LUNES, motivo="Nunca existió")
    assert Ticket.objects.count() == 1


def test_parte_de_otro_caso_no_se_cuela(camino):
    primero = camino.generar().contactar().coordinar_inspeccion().iniciar_inspeccion().ticket
    ajena = primero.observaciones.first()
    segundo = camino.generar().ticket
    ajena.ticket_id = segundo.pk  # the stored row still belongs to the first one
    with pytest.raises(Observacion.DoesNotExist):
        camino.tramitar(ajena, "aprobar")
    assert Observacion.objects.get(pk=ajena.pk).estado == "PENDIENTE"


def test_quien_no_es_nadie_no_tramita(camino):
    camino.generar()
    for nadie in (None, "rsepulveda", 1, object()):
        with pytest.raises(TypeError):
            tramitar(camino.ticket, "anular", nadie, motivo="x")


def test_membresia_quitada_deja_de_servir(camino):
    camino.generar()
    camino.supervisor.membresias.all().delete()
    otro = type(camino.supervisor).objects.get(pk=camino.supervisor.pk)
    with pytest.raises(NoAutorizado):
        camino.tramitar(camino.ticket, "registrar_contacto", otro, exito=True, medio="telefono")


def test_supervisor_inactivo_deja_de_poder(camino):
    camino.generar()
    camino.supervisor.is_active = False
    with pytest.raises(NoAutorizado):
        camino.tramitar(camino.ticket, "registrar_contacto", exito=True, medio="telefono")


def test_bitacora_guarda_filas_fechas_y_conjuntos_como_texto(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(rechazadas=())
    camino.coordinar_trabajo(
        observaciones=set(camino.obs[:1]),
        persona=camino.jefe,
        termino_estimado_el=local("2026-12-04 12:00").date(),
    )
    datos = Movimiento.objects.order_by("-numero").first().detalle.datos
    assert datos["observaciones"] == [camino.obs[0].pk]
    assert datos["persona"] == camino.jefe.pk
    assert (datos["termino_estimado_el"], datos["inicia_en"]) == (
        "2026-12-04",
        "2026-11-26T12:30:00Z",
    )
    assert json.loads(json.dumps(datos)) == datos


def test_dato_que_no_es_texto_no_entra_y_nada_cambia(camino):
    camino.generar()
    antes = huella()
    with pytest.raises(TypeError), transaction.atomic():
        camino.tramitar(
            camino.ticket, "registrar_contacto", exito=True, medio="telefono", extra=object()
        )
    assert huella() == antes


def test_persona_sin_correo_queda_a_la_vista(camino):
    type(camino.cliente).objects.update(correo="")
    camino.cliente.refresh_from_db()
    camino.generar()
    aviso = Aviso.objects.get(tipo="icalma/ingreso")
    assert (aviso.estado, aviso.destino, aviso.error) == (
        "DESCARTADO",
        "",
        "No tiene correo registrado",
    )


def test_actor_de_una_clase_inventada_no_tiene_papel(camino):
    camino.generar()
    with pytest.raises(NoAutorizado):
        camino.tramitar(camino.ticket, "anular", Actor("jefe", "Yo"), motivo="x")


def test_rechazos_dicen_su_codigo_y_su_frase():
    assert (NoAutorizado("a").status, Conflicto("a").status, DatosInvalidos("a").status) == (
        403,
        409,
        422,
    )
    rechazo = DatosInvalidos({"motivo": "Escribe el motivo.", "otro": "Falta."})
    assert rechazo.mensaje == "Escribe el motivo. Falta."
    assert DatosInvalidos("Falta algo").campos == {"__all__": "Falta algo"}
