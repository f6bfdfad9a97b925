"""Works, signature and what waits for it (I-14, I-15, D-03, D-04)."""

import pytest

from postventa.avisos.models import Aviso
from postventa.documentos.models import Documento, Firma
from postventa.personas.actores import SISTEMA, Actor
from postventa.personas.models import Rol
from postventa.plazos.models import Plazo
from postventa.tramitacion.barrido import barrer
from postventa.tramitacion.errores import Conflicto, NoAutorizado
from postventa.visitas.models import Ocupacion
from tests.conftest import local
from tests.icalma.mesa import RUT_REEMPLAZO, falla
from tests.icalma.test_reglas_observaciones import consultado, estados, plazos
from tickets.icalma.models import Ticket

ANA = Actor.reemplazo("Ana Pérez", RUT_REEMPLAZO)
OTRA_VISITA = {
    "inicia_en": local("2026-12-01 09:30"),
    "termina_en": local("2026-12-01 12:30"),
}


def por_firmar_con_consulta(camino):
    return consultado(camino).coordinar_trabajo().iniciar_trabajo().ejecutar().terminar()


def con_reemplazo(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo(reemplazo_nombre="Ana Pérez", reemplazo_documento=RUT_REEMPLAZO)
    return camino.iniciar_trabajo(recibe=Rol.REEMPLAZO).ejecutar().terminar()


def fresco(ticket):
    return Ticket.objects.get(pk=ticket.pk)


# --- works


def test_trabajos_no_terminan_con_aprobadas_sin_ejecutar(camino):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar().coordinar_trabajo()
    camino.iniciar_trabajo()
    camino.tramitar(camino.obs[0], "ejecutar", trabajo="Se reparó")
    rechazo = falla(camino, camino.visita, "realizar")
    assert rechazo.mensaje.startswith("Quedan observaciones aprobadas sin ejecutar.")


def test_otra_visita_deja_la_anterior_realizada(camino):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar().coordinar_trabajo()
    camino.iniciar_trabajo()
    primera = camino.visita.pk
    camino.tramitar(camino.ticket, "coordinar_otra_visita", **OTRA_VISITA)
    assert camino.ticket.estado == "TRABAJO_COORDINADO"
    visitas = {v.pk == primera: v.estado for v in camino.ticket.visitas.filter(tipo="TRABAJO")}
    assert visitas == {True: "REALIZADA", False: "COORDINADA"}
    assert set(Ocupacion.objects.values_list("visita_id", flat=True)) == {camino.visita.pk}
    camino.iniciar_trabajo().ejecutar().terminar()
    assert camino.ticket.estado == "POR_FIRMAR"


def test_se_ejecuta_solo_durante_la_visita_de_trabajo(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar().coordinar_trabajo()
    falla(camino, camino.obs[0], "ejecutar")


# --- who signs


@pytest.mark.regla("I-14")
def test_firma_del_propietario_cierra_y_guarda_la_evidencia(camino):
    camino.hasta_por_firmar()
    camino.tramitar(
        camino.ticket,
        "firmar",
        camino.cliente,
        nombre="Camila Rojas Fuentealba",
        huella=camino.huella,
        evidencia={"metodo": "codigo", "direccion_ip": "203.0.113.7", "navegador": "Firefox"},
    )
    assert camino.ticket.estado == "CERRADO_CONFORME"
    firma = Firma.objects.get()
    assert (firma.rol, firma.numero_documento, firma.direccion_ip) == (
        "propietario",
        "16482937-5",
        "203.0.113.7",
    )
    assert Plazo.objects.abiertos().count() == 0


@pytest.mark.regla("I-14")
def test_firma_del_reemplazo_de_esa_visita_cierra(camino):
    con_reemplazo(camino)
    camino.tramitar(
        camino.ticket,
        "firmar",
        ANA,
        nombre="Ana Pérez",
        huella=camino.huella,
    )
    assert camino.ticket.estado == "CERRADO_CONFORME"
    assert Firma.objects.get().rol == "reemplazo"


@pytest.mark.regla("I-14")
def test_nadie_mas_firma(camino, extrania):
    con_reemplazo(camino)
    otra = Actor.reemplazo("Juan Soto", "11111111-1")
    for quien in (extrania, otra, Actor.reemplazo("Sin RUT", ""), camino.supervisor, camino.jefe):
        assert isinstance(
            falla(camino, camino.ticket, "firmar", quien, nombre="Juan Soto"), NoAutorizado
        )
    assert (Documento.objects.filter(tipo="conformidad").count(), Firma.objects.count()) == (0, 0)


@pytest.mark.regla("I-14")
def test_reemplazo_de_una_visita_anterior_no_firma_la_siguiente(camino):
    con_reemplazo(camino)
    pintura = camino.obs[0]
    camino.tramitar(
        camino.ticket, "rechazar_firma", motivos={str(pintura.pk): "Se ve"}, **OTRA_VISITA
    )
    camino.iniciar_trabajo().ejecutar().terminar()
    falla(camino, camino.ticket, "firmar", ANA, nombre="Ana Pérez")


def test_se_firma_el_acta_que_se_leyo(camino):
    camino.hasta_por_firmar()
    datos = {"nombre": "Camila Rojas Fuentealba", "huella": "0" * 64}
    assert isinstance(falla(camino, camino.ticket, "firmar", camino.cliente, **datos), Conflicto)
    assert Documento.objects.filter(tipo="conformidad").count() == 0


def test_firma_pide_el_nombre(camino):
    camino.hasta_por_firmar()
    rechazo = falla(
        camino, camino.ticket, "firmar", camino.cliente, nombre=" ", huella=camino.huella
    )
    assert list(rechazo.campos) == ["nombre"]


@pytest.mark.regla("I-14")
def test_firma_acepta_los_rechazos_que_nadie_objeto(camino):
    camino.hasta_por_firmar().firmar()
    assert estados(camino) == ["CONFORME", "RECHAZADA_ACEPTADA"]


# --- refusal to sign


def test_negarse_a_firmar_devuelve_lo_objetado_y_coordina_otra_visita(camino):
    camino.hasta_por_firmar(cantidad=3, rechazadas=())
    uno, dos, tres = camino.obs
    camino.tramitar(
        camino.ticket,
        "rechazar_firma",
        motivos={str(dos.pk): "Sigue goteando", str(tres.pk): ""},
        **OTRA_VISITA,
    )
    assert camino.ticket.estado == "TRABAJO_COORDINADO"
    assert estados(camino) == ["EJECUTADA", "APROBADA", "EJECUTADA"]
    assert camino.obs[1].motivo_devolucion == "Sigue goteando"
    assert list(camino.visita.observaciones.all()) == [dos]
    camino.iniciar_trabajo().ejecutar().terminar().firmar()
    assert estados(camino) == ["CONFORME", "CONFORME", "CONFORME"]


@pytest.mark.parametrize("motivos", [None, {}, {"1": ""}, {"999999": "No es de este ticket"}])
def test_negarse_a_firmar_lleva_el_motivo_de_cada_observacion(camino, motivos):
    camino.hasta_por_firmar()
    datos = {"motivos": motivos, **OTRA_VISITA}
    assert list(falla(camino, camino.ticket, "rechazar_firma", **datos).campos) == ["motivos"]
    assert camino.ticket.visitas.count() == 2


# --- D-03: the partial signature


@pytest.mark.regla("I-10", "I-14")
def test_firma_con_consulta_abierta_queda_guardada_y_no_cierra(camino):
    por_firmar_con_consulta(camino).firmar()
    assert camino.ticket.estado == "POR_FIRMAR"
    assert camino.ticket.firmado_en == camino.ahora
    assert Firma.objects.count() == 1
    assert camino.ticket.avisos.filter(tipo="icalma/firma_parcial").count() == 1
    assert camino.ticket.avisos.filter(tipo="icalma/cerrado").count() == 0
    falla(camino, camino.ticket, "firmar", camino.cliente, nombre="Camila")  # not twice


@pytest.mark.regla("I-10", "I-14")
def test_si_el_jefe_rechaza_la_firma_guardada_cierra(camino):
    por_firmar_con_consulta(camino).firmar()
    camino.pasar(days=1)
    camino.tramitar(camino.obs[1], "confirmar_rechazo", camino.jefe, motivo="Falta de limpieza")
    assert camino.ticket.estado == "CERRADO_CONFORME"
    assert camino.ticket.cerrado_en == camino.ahora
    assert estados(camino) == ["CONFORME", "RECHAZADA_DEFINITIVA"]
    assert Firma.objects.count() == 1
    ultimo = camino.ticket.movimientos.filter(verbo="firmar").last()
    assert (ultimo.clase_actor, ultimo.despues) == ("sistema", "CERRADO_CONFORME")
    assert camino.ticket.avisos.filter(tipo="icalma/cerrado").count() == 1


@pytest.mark.regla("I-10", "I-11")
def test_si_el_jefe_acoge_los_trabajos_se_reabren_y_se_firma_de_nuevo(camino):
    por_firmar_con_consulta(camino).firmar()
    camino.pasar(hours=1)
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="Corresponde")
    assert (camino.ticket.estado, camino.ticket.firmado_en) == ("INSPECCIONADO", None)
    assert estados(camino) == ["EJECUTADA", "APROBADA"]
    assert plazos("coordinar_trabajo")[1].inicia_en == camino.ahora
    camino.coordinar_trabajo("2026-11-30 09:30").iniciar_trabajo().ejecutar().terminar().firmar()
    assert camino.ticket.estado == "CERRADO_CONFORME"
    assert [d.ordinal for d in Documento.objects.filter(tipo="conformidad").order_by("pk")] == [
        1,
        2,
    ]
    assert Firma.objects.count() == 2


def test_con_dos_consultas_se_espera_a_la_ultima(camino):
    consultado(camino, cantidad=3, rechazadas=(1, 2))
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar().firmar()
    camino.tramitar(camino.obs[1], "confirmar_rechazo", camino.jefe, motivo="Desgaste")
    assert camino.ticket.estado == "POR_FIRMAR"
    camino.tramitar(camino.obs[2], "confirmar_rechazo", camino.jefe, motivo="Desgaste")
    assert camino.ticket.estado == "CERRADO_CONFORME"


def test_quien_firmo_en_parte_ya_no_se_niega_a_firmar(camino):
    por_firmar_con_consulta(camino).firmar()
    motivos = {str(camino.obs[0].pk): "Me arrepentí"}
    rechazo = falla(camino, camino.ticket, "rechazar_firma", motivos=motivos, **OTRA_VISITA)
    assert isinstance(rechazo, Conflicto)


# --- I-15: parked tickets


@pytest.mark.regla("I-15")
def test_sin_firma_el_ticket_nuevo_se_guarda_y_no_corre(camino):
    primero = camino.hasta_por_firmar().ticket
    nuevo = camino.generar(1).ticket
    assert (nuevo.estado, nuevo.situacion, nuevo.bloqueado_por_id) == (
        "RETENIDO",
        "RETENIDO",
        primero.pk,
    )
    assert nuevo.plazos.count() == 0
    assert [a.tipo for a in nuevo.avisos.all()] == ["icalma/retenido"]
    assert nuevo.observaciones.count() == 1


@pytest.mark.regla("I-15")
def test_firma_libera_al_retenido_y_sus_48_horas_parten_ahi(camino):
    primero = camino.hasta_por_firmar().ticket
    nuevo = camino.generar(1).ticket
    camino.ticket = primero
    camino.ahora = local("2026-11-27 12:00")
    camino.firmar()
    nuevo = fresco(nuevo)
    assert (nuevo.estado, nuevo.generado_en) == ("GENERADO", camino.ahora)
    plazo = nuevo.plazos.get()
    assert (plazo.inicia_en, plazo.vence_en) == (camino.ahora, local("2026-12-01 12:00"))
    assert nuevo.movimientos.last().clase_actor == "sistema"
    tipos = nuevo.avisos.order_by("pk").values_list("tipo", flat=True)
    assert list(tipos) == ["icalma/retenido", "icalma/ingreso", "icalma/ingreso_supervisor"]


@pytest.mark.regla("I-15")
@pytest.mark.parametrize("paso", ["GENERADO", "EN_EJECUCION"])
def test_ticket_en_curso_no_retiene_a_otro(camino, paso):
    camino.generar()
    if paso == "EN_EJECUCION":
        camino.contactar().coordinar_inspeccion().inspeccionar().coordinar_trabajo()
        camino.iniciar_trabajo()
    assert camino.ticket.estado == paso
    assert camino.generar(1).ticket.estado == "GENERADO"


@pytest.mark.regla("I-15")
def test_firma_parcial_no_retiene(camino):
    por_firmar_con_consulta(camino).firmar()
    assert camino.generar(1).ticket.estado == "GENERADO"


@pytest.mark.regla("I-15")
def test_firma_parcial_libera(camino):
    primero = por_firmar_con_consulta(camino).ticket
    nuevo = camino.generar(1).ticket
    assert nuevo.estado == "RETENIDO"
    camino.ticket = primero
    camino.firmar()
    assert fresco(nuevo).estado == "GENERADO"


@pytest.mark.regla("I-15")
@pytest.mark.parametrize("salida", ["anular", "rechazar_firma", "acoger"])
def test_todo_lo_que_saca_al_primero_de_por_firmar_libera(camino, salida):
    primero = por_firmar_con_consulta(camino).ticket
    nuevo = camino.generar(1).ticket
    camino.ticket = primero
    if salida == "anular":
        camino.tramitar(primero, "anular", camino.jefe, motivo="Suplantación")
    elif salida == "acoger":
        camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="Corresponde")
    else:
        motivos = {str(camino.obs[0].pk): "Se ve"}
        camino.tramitar(primero, "rechazar_firma", motivos=motivos, **OTRA_VISITA)
    assert fresco(nuevo).estado == "GENERADO"


@pytest.mark.regla("I-15")
def test_dos_por_firmar_retienen_hasta_la_ultima_firma(camino):
    uno = camino.generar().ticket
    camino.hasta_por_firmar()
    dos = camino.ticket
    Ticket.objects.filter(pk=uno.pk).update(estado="POR_FIRMAR")
    nuevo = camino.generar(1).ticket
    camino.ticket = dos
    camino.firmar()
    assert fresco(nuevo).estado == "RETENIDO"
    camino.tramitar(fresco(uno), "anular", camino.jefe, motivo="Duplicado")
    assert fresco(nuevo).estado == "GENERADO"


@pytest.mark.regla("I-15")
def test_liberar_mientras_otro_espera_firma_se_rechaza(camino):
    camino.hasta_por_firmar()
    camino.generar(1)
    rechazo = falla(camino, camino.ticket, "liberar", SISTEMA)
    assert rechazo.mensaje == "Otro ticket de la vivienda todavía espera su firma."


@pytest.mark.regla("I-15")
def test_barrido_libera_huerfanos_y_solo_a_ellos(camino):
    primero = camino.hasta_por_firmar().ticket
    nuevo = camino.generar(1).ticket
    barrer(camino.ahora)
    assert fresco(nuevo).estado == "RETENIDO"
    Ticket.objects.filter(pk=primero.pk).update(estado="ANULADO")  # behind the door's back
    barrer(camino.ahora)
    assert fresco(nuevo).estado == "GENERADO"
    cuenta = Aviso.objects.count()
    barrer(camino.ahora)
    assert Aviso.objects.count() == cuenta


# --- annulment


@pytest.mark.parametrize("motivo", ["", "   ", None])
def test_anular_lleva_motivo(camino, motivo):
    camino.generar()
    rechazo = falla(camino, camino.ticket, "anular", camino.jefe, motivo=motivo)
    assert list(rechazo.campos) == ["motivo"]


def test_anular_cancela_relojes_visitas_y_horas_tomadas(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(rechazadas=(1,))
    camino.coordinar_trabajo()
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Suplantación")
    assert (camino.ticket.estado, camino.ticket.situacion) == ("ANULADO", "CERRADO")
    assert camino.ticket.proximo_vence_en is None
    assert Plazo.objects.abiertos().count() == 0
    assert [p.estado for p in plazos("objecion")] == ["CANCELADO"]
    assert camino.visita.estado == "CANCELADA"
    assert Ocupacion.objects.count() == 0
    assert Aviso.objects.order_by("pk").last().tipo == "icalma/anulado"


def test_anular_un_retenido_no_abre_relojes(camino):
    camino.hasta_por_firmar()
    camino.generar(1)
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Repetido")
    assert camino.ticket.plazos.count() == 0
