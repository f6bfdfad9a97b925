"""What an ended case forgets, and what it keeps."""

from datetime import timedelta

from postventa.avisos.models import Aviso
from postventa.expedientes.bitacora import fallas_de_cadena
from postventa.expedientes.models import Movimiento
from postventa.personas.actores import Actor
from postventa.personas.models import Rol
from postventa.tramitacion.olvido import olvidar
from postventa.visitas.models import Visita

REEMPLAZO = {"reemplazo_nombre": "Elena Fuentealba", "reemplazo_documento": "10.638.472-K"}


def con_reemplazo(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(())
    return (
        camino.coordinar_trabajo(**REEMPLAZO).iniciar_trabajo(Rol.REEMPLAZO).ejecutar().terminar()
    )


def cadena_sana(caso):
    movimientos = Movimiento.objects.filter(expediente=caso).select_related("detalle")
    return list(fallas_de_cadena(list(movimientos), caso)) == []


def test_reemplazo_que_no_firmo_se_olvida_al_cerrar(camino):
    con_reemplazo(camino)
    assert olvidar() == 0, "while the case is open it is needed"
    camino.firmar()

    assert olvidar() == 1
    trabajo = Visita.objects.get(tipo="TRABAJO")
    assert (trabajo.reemplazo_nombre, trabajo.reemplazo_documento) == ("", "")
    assert cadena_sana(camino.ticket)
    assert olvidar() == 0


def test_reemplazo_que_firmo_se_conserva_con_su_firma(camino):
    con_reemplazo(camino)
    camino.firmar(Actor.reemplazo("Elena Fuentealba", "10638472-K"))

    assert olvidar() == 0
    assert Visita.objects.get(tipo="TRABAJO").reemplazo_documento == "10638472-K"


def test_correos_viejos_de_un_caso_cerrado_pierden_sus_datos(camino):
    camino.hasta_por_firmar().firmar()
    Aviso.objects.update(estado="ENVIADO")
    assert olvidar() == 0

    ticket = camino.ticket
    type(ticket).objects.filter(pk=ticket.pk).update(
        cerrado_en=ticket.cerrado_en - timedelta(days=400)
    )
    assert olvidar() == Aviso.objects.count()
    assert set(map(str, Aviso.objects.values_list("datos", flat=True))) == {"{}"}
