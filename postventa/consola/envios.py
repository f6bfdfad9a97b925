"""One post, one act: a form sent twice with the same key is done once and answered twice."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from postventa.consola.models import Envio
from postventa.expedientes.bitacora import canonico, sha256
from postventa.tramitacion.errores import Conflicto, DatosInvalidos

# What a retry may carry different: its token, and the chain it stands on after what went before.
CAMBIAN = {"csrfmiddlewaretoken", "visto"}


class YaEnviado(Conflicto):
    """One's own key, used before with other words: `respuesta` is what was done then."""

    def __init__(self, mensaje: str, respuesta: dict):
        super().__init__(mensaje)
        self.respuesta = respuesta


def clave_de(request: HttpRequest) -> UUID:
    """The key of the form; DatosInvalidos if the page carried none."""
    try:
        return UUID(request.POST.get("clave", ""))
    except ValueError:
        raise DatosInvalidos("La página está incompleta. Recárgala e inténtalo de nuevo.") from None


def una_vez(request: HttpRequest, ahora: datetime, hacer: Callable[[], dict]) -> tuple[dict, bool]:
    """Run `hacer` and keep its answer; (the answer, whether it had been done before).

    Everything is one transaction: if `hacer` refuses, the key is free to be sent again.
    """
    clave, huella = clave_de(request), _huella(request)
    if previo := Envio.objects.filter(pk=clave).first():
        return _respuesta(previo, request, huella), True
    with transaction.atomic():
        envio = Envio(
            clave=clave, usuario=request.user, ruta=request.path, huella=huella, creado_en=ahora
        )
        try:
            with transaction.atomic():
                envio.save(force_insert=True)
        except IntegrityError:  # the same post, a moment ahead: its answer is there by now
            return _respuesta(Envio.objects.get(pk=clave), request, huella), True
        envio.respuesta = hacer()
        envio.save(update_fields=["respuesta"])
    return envio.respuesta, False


def _respuesta(envio: Envio, request: HttpRequest, huella: str) -> dict:
    mensaje = "Esta página ya se envió. Recárgala para hacer otro cambio."
    if (envio.usuario_id, envio.ruta) != (request.user.pk, request.path):
        raise Conflicto(mensaje)
    if envio.huella != huella:
        raise YaEnviado(mensaje, envio.respuesta)
    return envio.respuesta


def _huella(request: HttpRequest) -> str:
    """Digest of what was sent, files by their name and content."""
    campos = sorted((c, v) for c, v in request.POST.lists() if c not in CAMBIAN)
    archivos = sorted(
        (c, [[a.name, _de_archivo(a)] for a in suyos]) for c, suyos in request.FILES.lists()
    )
    return sha256(canonico([campos, archivos]))


def _de_archivo(archivo) -> str:
    resumen = hashlib.sha256()
    for trozo in archivo.chunks():
        resumen.update(trozo)
    archivo.seek(0)
    return resumen.hexdigest()
