"""Putting messages into the outbox, inside the transaction of what they tell."""

import hashlib
import logging
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from postventa.avisos.models import Aviso

log = logging.getLogger(__name__)
_CALLADO = ContextVar("sin_pistas", default=False)


def preparar(
    caso, tipo: str, para: list, datos: dict, ahora: datetime, no_antes_en: datetime | None = None
) -> list[Aviso]:
    """Return unsaved messages of a case, one per address, to leave from `no_antes_en` on.

    `para` is a list of (nombre, correo); a person without an address gets a DESCARTADO row, so
    that the case shows that nobody was told. The key ties each to the movement that caused it.
    """
    return [
        nuevo(
            caso.empresa_id,
            tipo,
            f"{caso.pk}:{caso.cadena_largo}:{tipo}:{correo or nombre}",
            (nombre, correo),
            datos,
            ahora,
            expediente_id=caso.pk,
            no_antes_en=no_antes_en,
        )
        for nombre, correo in dict.fromkeys(para)
    ]


def nuevo(
    empresa_id, tipo, clave, para, datos, ahora, expediente_id=None, no_antes_en=None, grupo=""
) -> Aviso:
    """Return one unsaved message; `para` is (nombre, correo).

    It does not leave before `no_antes_en` of the product's clock; with a `grupo`, it leaves in a
    digest of that kind if others wait for the same person (see `agrupar`).
    """
    nombre, correo = para
    return Aviso(
        empresa_id=empresa_id,
        expediente_id=expediente_id,
        tipo=tipo,
        clave=clave if len(clave) <= 120 else hashlib.sha256(clave.encode()).hexdigest(),
        nombre=nombre[:120],
        destino=correo,
        datos=datos,
        estado="EN_COLA" if correo else "DESCARTADO",
        error="" if correo else "No tiene correo registrado",
        creado_en=ahora,
        # The post runs on real time, whatever the product's clock says.
        enviar_desde_en=timezone.now(),
        no_antes_en=no_antes_en,
        grupo=grupo,
    )


def encolar(avisos: list[Aviso]) -> None:
    """Store messages (a repeated key is the same message) and hint the workers on commit."""
    if not avisos:
        return
    Aviso.objects.bulk_create(avisos, ignore_conflicts=True)
    if not _CALLADO.get():
        transaction.on_commit(dar_pista)


@contextmanager
def sin_pistas():
    """What is queued inside is not hinted: thousands of messages that nobody is to send."""
    antes = _CALLADO.set(True)
    try:
        yield
    finally:
        _CALLADO.reset(antes)


def dar_pista() -> None:
    """Tell the broker that there is mail. Only a hint: its failure is logged, never shown."""
    if not settings.CELERY_PISTAS:
        return
    from postventa.avisos.tasks import barrer

    try:
        barrer.apply_async(retry=False, expires=60)
    except Exception as error:
        log.warning("El broker no aceptó la pista de correo: %s", type(error).__name__)
