"""How much an owner takes by the web alone: requests in a day, hours of inspection at once.

The procedure says nothing of it: all are assumptions. Whoever needs more calls, and the call
centre has no limit.
"""

from datetime import datetime, timedelta

from postventa.calendario.palabras import contar
from postventa.personas.models import Cliente
from postventa.tramitacion.errores import Conflicto, Rechazo
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.ingevec.models import Pauta, Solicitud

VENTANA = timedelta(days=1)
# Urgencies have a count of their own: nothing sent before keeps one from being sent.
POR_DIA, URGENTES_POR_DIA = 10, 5


class Demasiadas(Rechazo):
    """More requests in a day than anybody needs; call."""

    status = 429


def exigir_medida(solicitud: Solicitud, ahora: datetime) -> None:
    """Refuse one more request of an owner by the web. They are counted one by one: whoever sends
    holds the customer's row since before reading the draft (`Borradores.a_solas`)."""
    suyas = Solicitud.objects.filter(
        cliente=solicitud.cliente_id, canal=solicitud.canal, creado_en__gt=ahora - VENTANA
    )
    if solicitud.urgencia:
        tope, enviadas = URGENTES_POR_DIA, suyas.exclude(urgencia="").count()
    else:
        tope, enviadas = POR_DIA, suyas.filter(urgencia="").count()
    if enviadas >= tope:
        cuantas = contar(enviadas, "solicitud", "solicitudes")
        raise Demasiadas(
            f"Ya envió {cuantas} en las últimas 24 horas, lo más que se puede por la web. Para "
            f"otra, {_llame(solicitud.empresa)}"
        )


def exigir_hora_por_reservar(solicitud: Solicitud, pauta: Pauta, ahora: datetime) -> None:
    """Refuse another hour to an owner who holds as many as the project lends (door's lock)."""
    if dicho := por_que_no_mas(solicitud.cliente, pauta, ahora):
        raise Conflicto(dicho, solicitud.estado)


def por_que_no_mas(cliente: Cliente, pauta: Pauta, ahora: datetime) -> str:
    """In the owner's words why they choose no other hour by themselves; "" if they may."""
    reservadas = Visita.objects.filter(
        expediente__cliente=cliente,
        expediente__tipo="ingevec",
        tipo=Visita.Tipo.INSPECCION,
        estado=V.COORDINADA,
        termina_en__gt=ahora,
    ).count()
    if reservadas < pauta.horas_por_propietario:
        return ""
    return (
        f"Ya tiene {contar(reservadas, 'inspección agendada', 'inspecciones agendadas')}, lo más "
        f"que se puede reservar por la web. Para otra hora, {_llame(pauta.proyecto.empresa)}"
    )


def _llame(empresa) -> str:
    return f"llame a nuestro call center: {' o '.join(empresa.numeros)}."
