"""The postman: claims what is due in the outbox and sends it, one by one."""

import logging
import time
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from postventa.avisos import correo
from postventa.avisos.agrupar import agrupar, puede_salir
from postventa.avisos.fallos import fallar
from postventa.avisos.models import Aviso, EstadoAviso
from postventa.calendario import hora

log = logging.getLogger(__name__)

# A batch ends well before it counts as abandoned, even if every message runs into the mail
# server's time limit; and a pass ends well before Celery would end it.
LOTE = 10
PASADA = 120
INTENTOS = 5
ABANDONO = timedelta(minutes=5)
ESPERAS = [timedelta(seconds=s) for s in (30, 120, 300, 900)]


@shared_task(name="avisos.barrer")
def barrer() -> int:
    """Send everything that is due; return how many left. Safe to run any number of times."""
    _agrupar()
    enviados, hasta = 0, time.monotonic() + PASADA
    while time.monotonic() < hasta and (lote := reclamar()):
        enviados += sum(despachar(aviso) for aviso in lote)
    return enviados


def _agrupar() -> None:
    """Customers' mails never wait for the staff's digests to come right."""
    try:
        agrupar(hora.ahora())
    except Exception:
        log.exception("Los avisos al personal no se pudieron agrupar")


def reclamar() -> list[Aviso]:
    """Take a batch for this process. A message in flight for 5 minutes was abandoned.

    Tries run on real time, not on the movable clock: mail servers do. What waits for an office to
    open waits for the product's clock.
    """
    ahora = timezone.now()
    with transaction.atomic():
        lote = list(
            Aviso.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
            .filter(
                puede_salir(hora.ahora()),
                estado__in=[EstadoAviso.EN_COLA, EstadoAviso.REINTENTO, EstadoAviso.EN_VUELO],
                enviar_desde_en__lte=ahora,
                grupo="",
            )
            .select_related("empresa", "expediente")
            .order_by("enviar_desde_en")[:LOTE]
        )
        Aviso.objects.filter(pk__in=[a.pk for a in lote]).update(
            estado=EstadoAviso.EN_VUELO, reclamado_en=ahora, enviar_desde_en=ahora + ABANDONO
        )
    for aviso in lote:
        aviso.reclamado_en = ahora
    return lote


def despachar(aviso: Aviso) -> bool:
    """Send one claimed message and record how it went. Never raises: a poison row fails alone."""
    en_vuelo = Aviso.objects.filter(pk=aviso.pk, estado=EstadoAviso.EN_VUELO)
    # Who took too long and lost the claim says nothing of a failure: another is sending it.
    fila = en_vuelo.filter(reclamado_en=aviso.reclamado_en)
    intentos = aviso.intentos + 1
    try:
        asunto = correo.enviar(aviso)
    except correo.Caducado as error:
        motivo = str(error) or "Venció antes de enviarse"
        fila.update(estado=EstadoAviso.DESCARTADO, error=motivo[:300])
        return False
    except correo.Permanente as error:
        fallar(fila, aviso, str(error), intentos=intentos)
        return False
    except Exception as error:
        _reintentar(fila, aviso, intentos, error)
        return False
    en_vuelo.update(
        estado=EstadoAviso.ENVIADO,
        intentos=intentos,
        asunto=asunto[:200],
        id_de_envio=aviso.id_de_envio,
        enviado_en=timezone.now(),
        error="",
    )
    return True


def _reintentar(fila, aviso: Aviso, intentos: int, error: Exception) -> None:
    texto = str(error) if isinstance(error, correo.Temporal) else type(error).__name__
    log.warning("Correo con problemas (intento %s): %s", intentos, texto)
    if intentos >= INTENTOS:
        fallar(fila, aviso, texto, intentos=intentos)
        return
    fila.update(
        estado=EstadoAviso.REINTENTO,
        intentos=intentos,
        error=texto[:300],
        enviar_desde_en=timezone.now() + ESPERAS[intentos - 1],
    )
