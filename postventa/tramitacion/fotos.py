"""Pages that take photos: what is too large is dropped, and what was typed always arrives."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import ValidationError
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from postventa.expedientes import subidas
from postventa.tramitacion.errores import DatosInvalidos, Rechazo

CAMPO = "fotos"
ENORME = "El envío es demasiado grande: tiene demasiadas fotos a la vez."


class EnvioEnorme(Rechazo):
    status = 413


class SinEspacio(Rechazo):
    status = 507


def con_fotos(rechazar: Callable):
    """Page that takes photos: bodies too large are refused unread (`rechazar` answers, with the
    refusal and the view's own arguments), files too large are dropped one by one.

    The token is checked after the upload handler is in place, as reading it reads the body.
    """

    def envolver(vista):
        @csrf_exempt
        @wraps(vista)
        def puerta(request, *args, **kwargs):
            if _largo(request) > subidas.BYTES_POR_ENVIO:
                return rechazar(request, EnvioEnorme(ENORME), *args, **kwargs)
            request.upload_handlers = [subidas.ManejadorDeFotos(request)]
            return csrf_protect(vista)(request, *args, **kwargs)

        return puerta

    return envolver


def _largo(request) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def limpias(request, caben: int, no_caben: str, con_pdf: bool = False) -> list[subidas.Foto]:
    """Photos (and PDFs) of a form of staff, cleaned; DatosInvalidos says which is not taken and
    why: nothing is done without those that were chosen. `no_caben` is said of more than `caben`."""
    if getattr(request, "disco_lleno", False):
        raise SinEspacio(subidas.SIN_ESPACIO)
    if problemas := getattr(request, "fotos_rechazadas", ()):
        raise DatosInvalidos({CAMPO: " ".join(problemas)})
    archivos = request.FILES.getlist(CAMPO)
    if len(archivos) > caben:
        raise DatosInvalidos({CAMPO: no_caben})
    try:
        return [subidas.revisar(archivo, con_pdf) for archivo in archivos]
    except ValidationError as error:
        raise DatosInvalidos({CAMPO: error.messages[0]}) from None
