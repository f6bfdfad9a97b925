"""One objection per ticket to an absence, and what goes on if the Jefe upholds it (D-14, TM-16)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.personas.models import Membresia, Rol
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.conftest import local, observaciones
from tests.icalma.conftest import releer
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Propiedad


@pytest.fixture
def inspeccion(camino):
    return camino.generar().contactar().coordinar_inspeccion()


def falta(camino, verbo="registrar_inasistencia_cliente", por=None):
    """Nobody was home at the last visit."""
    camino.ahora = camino.visita.inicia_en + timedelta(minutes=20)
    camino.tramitar(
        camino.visita,
        verbo,
        por,
        llegada_en=camino.ahora - timedelta(minutes=15),
        conserje="Luis Pino",
    )
    return camino.visita


def dos_faltas(camino):
    falta(camino.generar().contactar().coordinar_inspeccion())
    return falta(camino.coordinar_inspeccion("2026-11-26 10:00"))


def sin_fallas_de_bitacora():
    return list(verificar(Cuenta())) == []


@pytest.mark.regla("I-19")
def test_objecion_acogida_hace_que_la_falta_no_cuente(inspeccion, nota):
    visita = falta(inspeccion)
    nota("objetar_inasistencia", motivo="Estaba, no tocaron el timbre")
    jefe = inspeccion.ticket.avisos.get(tipo="icalma/objecion_jefe")
    assert jefe.destino == "mvaldes@icalma.example"
    visita = nota("resolver_objecion", inspeccion.jefe, acoge=True, motivo="El libro lo confirma")
    inspeccion.ticket = releer(inspeccion.ticket)
    assert (visita.estado, visita.cuenta_como_inasistencia) == ("INASISTENCIA_CLIENTE", False)
    assert (inspeccion.ticket.estado, inspeccion.ticket.inasistencias_seguidas) == ("GENERADO", 0)
    aviso = inspeccion.ticket.avisos.get(tipo="icalma/objecion_resuelta")
    assert (aviso.destino, aviso.datos["acogida"]) == ("camila@correo.example", True)
    falta(inspeccion.coordinar_inspeccion("2026-11-26 10:00"))
    assert inspeccion.ticket.estado == "GENERADO"
    assert sin_fallas_de_bitacora()


@pytest.mark.regla("I-19")
def test_objecion_rechazada_deja_la_falta_contada(inspeccion, nota):
    falta(inspeccion)
    nota("objetar_inasistencia", motivo="Estaba en casa")
    nota("resolver_objecion", inspeccion.jefe, acoge=False, motivo="Conserjería llamó dos veces")
    assert releer(inspeccion.ticket).inasistencias_seguidas == 1
    falta(inspeccion.coordinar_inspeccion("2026-11-26 10:00"))
    assert inspeccion.ticket.estado == "RESUELTO_INASISTENCIA"


def test_se_objeta_una_vez_por_ticket_y_con_motivo(inspeccion, nota):
    with pytest.raises(Conflicto, match="no está registrada como inasistencia"):
        nota("objetar_inasistencia", motivo="x")
    falta(inspeccion)
    with pytest.raises(DatosInvalidos):
        nota("objetar_inasistencia", motivo="  ")
    with pytest.raises(Conflicto, match="no ha objetado"):
        nota("resolver_objecion", inspeccion.jefe, acoge=True, motivo="x")
    nota("objetar_inasistencia", motivo="Estaba en casa")
    falta(inspeccion.coordinar_inspeccion("2026-11-26 10:00"))
    with pytest.raises(Conflicto, match="una sola vez"):
        nota("objetar_inasistencia", motivo="También estaba")


def test_nadie_resuelve_la_objecion_a_la_falta_que_registro(inspeccion, nota, icalma):
    Membresia.objects.create(usuario=inspeccion.jefe, empresa=icalma, rol=Rol.SUPERVISOR)
    falta(inspeccion, por=inspeccion.jefe)
    nota("objetar_inasistencia", motivo="Estaba en casa")
    with pytest.raises(NoAutorizado):
        nota("resolver_objecion", inspeccion.jefe, acoge=False, motivo="No")


@pytest.mark.regla("I-19")
def test_ticket_resuelto_sigue_como_uno_nuevo_si_el_jefe_acoge(camino, nota):
    segunda = dos_faltas(camino)
    viejo = camino.ticket
    assert viejo.estado == "RESUELTO_INASISTENCIA"
    nota("objetar_inasistencia", motivo="Mi reemplazo estaba abajo")
    nota("resolver_objecion", camino.jefe, acoge=True, motivo="Es cierto")
    viejo, segunda, nuevo = releer(viejo), releer(segunda), Ticket.objects.latest("pk")
    assert (viejo.estado, viejo.continuado_por) == ("RESUELTO_INASISTENCIA", nuevo)
    assert (nuevo.estado, nuevo.canal, nuevo.continua) == ("GENERADO", "objecion", viejo)
    assert (nuevo.cliente, nuevo.unidad) == (viejo.cliente, viejo.unidad)
    copiadas = [(o.numero, str(o), o.descripcion, o.estado) for o in nuevo.observaciones.all()]
    assert copiadas == [
        (o.numero, str(o), o.descripcion, "PENDIENTE") for o in viejo.observaciones.all()
    ]
    plazo = nuevo.plazos.get()
    assert (plazo.codigo, plazo.inicia_en, plazo.estado) == ("contacto", camino.ahora, "CORRIENDO")
    ultimo = viejo.movimientos.last()
    assert (ultimo.verbo, ultimo.detalle.datos["nuevo"]) == ("resolver_objecion", nuevo.folio)
    nacimiento = nuevo.movimientos.get()
    assert (nacimiento.clase_actor, nacimiento.detalle.datos["continua"]) == (
        "sistema",
        viejo.folio,
    )
    assert sorted(a.tipo for a in nuevo.avisos.all()) == [
        "icalma/ingreso",
        "icalma/ingreso_supervisor",
    ]
    assert sin_fallas_de_bitacora()


def test_objecion_a_la_primera_falta_tambien_reabre(camino, nota):
    falta(camino.generar().contactar().coordinar_inspeccion())
    primera = camino.visita
    falta(camino.coordinar_inspeccion("2026-11-26 10:00"))
    nota("objetar_inasistencia", sobre=primera, motivo="Estaba")
    nota("resolver_objecion", camino.jefe, sobre=primera, acoge=True, motivo="Sí")
    assert Ticket.objects.latest("pk").continua == releer(camino.ticket)


def test_lo_pendiente_sigue_aunque_el_proyecto_ya_no_reciba(camino, nota, proyecto):
    dos_faltas(camino)
    nota("objetar_inasistencia", motivo="Estaba")
    proyecto.es_activa = False
    proyecto.save()
    nota("resolver_objecion", camino.jefe, acoge=True, motivo="Sí")
    assert Ticket.objects.latest("pk").continua == releer(camino.ticket)


@pytest.mark.regla("I-15")
def test_lo_que_sigue_queda_retenido_si_otro_espera_firma(camino, nota):
    resuelto = dos_faltas(camino)
    viejo = camino.ticket
    camino.ahora = local("2026-11-30 09:00")
    otro = type(camino)(camino.unidad, camino.cliente, camino.supervisor, camino.jefe)
    otro.ahora = camino.ahora
    otro.ticket = ingresar(
        camino.unidad, camino.cliente, observaciones(1), nonce=uuid4(), ahora=otro.ahora
    )
    otro.contactar().coordinar_inspeccion("2026-12-01 10:00").inspeccionar(())
    otro.coordinar_trabajo("2026-12-02 09:30").iniciar_trabajo().ejecutar().terminar()
    camino.ahora = otro.ahora
    nota("objetar_inasistencia", sobre=resuelto, motivo="Estaba")
    nota("resolver_objecion", camino.jefe, sobre=resuelto, acoge=True, motivo="Sí")
    nuevo = Ticket.objects.get(continua=viejo)
    assert (nuevo.estado, nuevo.bloqueado_por, nuevo.plazos.count()) == (
        "RETENIDO",
        otro.ticket,
        0,
    )
    otro.firmar()
    assert releer(nuevo).estado == "GENERADO"


@pytest.mark.regla("I-02")
def test_no_sigue_a_nombre_de_quien_ya_vendio(camino, nota):
    dos_faltas(camino)
    nota("objetar_inasistencia", motivo="Estaba")
    Propiedad.objects.update(hasta=date(2026, 11, 25))
    with pytest.raises(Conflicto, match="cambió de dueño"):
        nota("resolver_objecion", camino.jefe, acoge=True, motivo="Sí")
    visita = releer(camino.visita)
    assert (visita.objecion_acogida, Ticket.objects.count()) == (None, 1)


# --- the two terms around it (both are assumptions, kept as policies)


def test_una_falta_se_objeta_hasta_el_ultimo_segundo_de_su_plazo(inspeccion, nota):
    visita = falta(inspeccion)  # recorded on Tuesday 24 November
    assert visita.objetable_hasta == local("2026-12-01 23:59:59")
    correo = inspeccion.ticket.avisos.get(tipo="icalma/inasistencia")
    assert correo.datos["objetable_hasta"] == "el martes 1 de diciembre"
    inspeccion.ahora = visita.objetable_hasta + timedelta(seconds=1)
    with pytest.raises(Conflicto, match="era hasta el martes 1 de diciembre"):
        nota("objetar_inasistencia", motivo="Estaba en casa")
    inspeccion.ahora = visita.objetable_hasta
    nota("objetar_inasistencia", motivo="Estaba en casa")
    assert releer(visita).objetada_en == visita.objetable_hasta


def test_sin_politica_una_falta_se_objeta_sin_plazo(inspeccion, nota, icalma):
    icalma.politicas.filter(codigo="objetar_inasistencia").update(es_vigente=False)
    visita = falta(inspeccion)
    assert visita.objetable_hasta is None
    inspeccion.ahora += timedelta(days=90)
    nota("objetar_inasistencia", motivo="Estaba en casa")
    assert releer(visita).objetada_en == inspeccion.ahora


def relojes_de_la_respuesta(ticket):
    return list(ticket.plazos.filter(codigo="resolver_objecion").values_list("estado", "vence_en"))


def test_la_respuesta_del_jefe_tiene_su_plazo(inspeccion, nota):
    falta(inspeccion)
    nota("objetar_inasistencia", motivo="Estaba en casa")
    vence = local("2026-12-01 23:59:59")
    assert relojes_de_la_respuesta(inspeccion.ticket) == [("CORRIENDO", vence)]
    assert releer(inspeccion.ticket).proximo_vence_en == vence
    nota("resolver_objecion", inspeccion.jefe, acoge=True, motivo="Es cierto")
    assert relojes_de_la_respuesta(inspeccion.ticket) == [("CUMPLIDO", vence)]
    assert sin_fallas_de_bitacora()


def test_la_segunda_falta_no_detiene_el_plazo_de_la_objecion_a_la_primera(camino, nota):
    primera = falta(camino.generar().contactar().coordinar_inspeccion())
    nota("objetar_inasistencia", motivo="Estaba en casa")
    [(_, vence)] = relojes_de_la_respuesta(camino.ticket)
    falta(camino.coordinar_inspeccion("2026-11-26 10:00"))
    assert releer(camino.ticket).estado == "RESUELTO_INASISTENCIA"
    assert relojes_de_la_respuesta(camino.ticket) == [("CORRIENDO", vence)]
    assert releer(camino.ticket).proximo_vence_en == vence
    nota("resolver_objecion", camino.jefe, sobre=primera, acoge=True, motivo="Es cierto")
    assert relojes_de_la_respuesta(camino.ticket) == [("CUMPLIDO", vence)]
    assert Ticket.objects.latest("pk").continua == releer(camino.ticket)


def test_otro_final_detiene_el_plazo_de_la_objecion(inspeccion, nota):
    falta(inspeccion)
    nota("objetar_inasistencia", motivo="Estaba en casa")
    inspeccion.tramitar(inspeccion.ticket, "anular", inspeccion.jefe, motivo="Duplicado")
    assert [estado for estado, _ in relojes_de_la_respuesta(inspeccion.ticket)] == ["CANCELADO"]


def test_el_plazo_de_la_respuesta_corre_tambien_en_un_ticket_que_termino(camino, nota):
    dos_faltas(camino)
    nota("objetar_inasistencia", motivo="Mi reemplazo estaba abajo")
    vence = local("2026-12-03 23:59:59")
    assert relojes_de_la_respuesta(camino.ticket) == [("CORRIENDO", vence)]
    assert releer(camino.ticket).proximo_vence_en == vence
    camino.ahora = vence + timedelta(seconds=1)
    nota("resolver_objecion", camino.jefe, acoge=False, motivo="El libro dice otra cosa")
    assert relojes_de_la_respuesta(camino.ticket) == [("CUMPLIDO_TARDE", vence)]
    assert releer(camino.ticket).proximo_vence_en is None
