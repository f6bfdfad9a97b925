"""What an ended case forgets, and what it keeps."""

from datetime import timedelta

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.expedientes.bitacora import fallas_de_cadena
from postventa.expedientes.models import Movimiento, MovimientoDetalle
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


def envejecer(ticket, dias):
    """As if it had ended that many days ago."""
    cerrado_en = hora.ahora() - timedelta(days=dias)
    type(ticket).objects.filter(pk=ticket.pk).update(cerrado_en=cerrado_en)


def test_reemplazo_que_no_firmo_se_olvida_treinta_dias_despues(camino):
    con_reemplazo(camino)
    assert olvidar() == 0, "while the case is open it is needed"
    camino.firmar()
    envejecer(camino.ticket, 29)
    assert olvidar() == 0, "the owner may still object"

    envejecer(camino.ticket, 31)
    assert olvidar() == 1
    trabajo = Visita.objects.get(tipo="TRABAJO")
    assert (trabajo.reemplazo_nombre, trabajo.reemplazo_documento) == ("", "")
    assert cadena_sana(camino.ticket)
    assert olvidar() == 0


def test_olvido_toca_solo_los_actos_que_nombran_al_reemplazo(camino):
    con_reemplazo(camino)
    camino.firmar()
    envejecer(camino.ticket, 31)
    movimientos = Movimiento.objects.filter(expediente=camino.ticket)
    antes = set(movimientos.filter(detalle__isnull=False).values_list("numero", flat=True))
    nombra = movimientos.get(verbo="coordinar_trabajo").numero

    olvidar()
    quedan = movimientos.filter(detalle__isnull=False).values_list("numero", flat=True)
    assert antes - set(quedan) == {nombra}


def test_reemplazo_se_conserva_con_una_objecion_sin_resolver(camino):
    con_reemplazo(camino)
    camino.firmar()
    envejecer(camino.ticket, 400)
    Visita.objects.filter(tipo="INSPECCION").update(objetada_en=hora.ahora())
    assert olvidar() == 0

    Visita.objects.filter(tipo="INSPECCION").update(objecion_acogida=False)
    assert olvidar() == 1


def test_reemplazo_que_firmo_se_conserva_con_su_firma(camino):
    con_reemplazo(camino)
    camino.firmar(Actor.reemplazo("Elena Fuentealba", "10638472-K"))
    envejecer(camino.ticket, 400)
    detalles = MovimientoDetalle.objects.count()

    assert (olvidar(), MovimientoDetalle.objects.count()) == (0, detalles)
    assert Visita.objects.get(tipo="TRABAJO").reemplazo_documento == "10638472-K"


def test_correos_viejos_de_un_caso_cerrado_pierden_sus_datos(camino):
    camino.hasta_por_firmar().firmar()
    Aviso.objects.update(estado="ENVIADO")
    envejecer(camino.ticket, 29)
    assert olvidar() == 0

    envejecer(camino.ticket, 31)
    assert olvidar() == Aviso.objects.count()
    assert set(map(str, Aviso.objects.values_list("datos", flat=True))) == {"{}"}
