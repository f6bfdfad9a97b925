"""Photos that people upload: whole pages that take them, one at a time into an owner's draft, and
those that staff take in the home."""

from functools import partial, wraps

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from postventa.expedientes import subidas
from postventa.tramitacion.errores import DatosInvalidos, Rechazo
from tickets.inmuebles.borrador import Borradores, parte_de
from tickets.inmuebles.paginas import rechazo

CAMPO = "fotos"


class EnvioEnorme(Rechazo):
    status = 413


class SinEspacio(Rechazo):
    status = 507


def _al_portal(request, error, *args, **kwargs):
    return rechazo(request, error, request.path)


def con_fotos(vista=None, *, rechazar=_al_portal):
    """Page that takes photos: bodies too large are refused unread (`rechazar` answers, with the
    view's own arguments), files too large are dropped one by one, and what was typed always
    arrives.

    The token is checked after the upload handler is in place, as reading it reads the body.
    """
    if vista is None:
        return partial(con_fotos, rechazar=rechazar)

    @csrf_exempt
    @wraps(vista)
    def puerta(request, *args, **kwargs):
        if _largo(request) > subidas.BYTES_POR_ENVIO:
            error = EnvioEnorme("El envío es demasiado grande: tiene demasiadas fotos a la vez.")
            return rechazar(request, error, *args, **kwargs)
        request.upload_handlers = [subidas.ManejadorDeFotos(request)]
        return csrf_protect(vista)(request, *args, **kwargs)

    return puerta


def _largo(request) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def leer(
    request, borradores: Borradores, cuantas: int = subidas.POR_OBSERVACION
) -> tuple[list, list[str]]:
    """The photos that can be taken, already cleaned, and why the others cannot. Only the first
    `cuantas` are decoded."""
    fotos, problemas = [], list(getattr(request, "fotos_rechazadas", ()))
    archivos = request.FILES.getlist(CAMPO)
    if len(archivos) > subidas.POR_OBSERVACION:
        problemas.append(f"{borradores.cada_parte} lleva hasta {subidas.POR_OBSERVACION} fotos.")
    for archivo in archivos[:cuantas]:
        try:
            fotos.append(subidas.revisar(archivo))
        except ValidationError as error:
            problemas += error.messages
    return fotos, problemas


def guardar(borradores: Borradores, borrador, parte, fotos, ahora, aceptados) -> list[str]:
    """Put those photos in a part of the draft, as far as they fit; why they do not, if so."""
    for foto in fotos:
        if problema := borradores.cabe_otra_foto(borrador, parte):
            return [problema]
        adjunto = subidas.guardar(foto, ahora=ahora, borrador=borrador)
        aceptados.append(adjunto)
        parte["fotos"] = [*parte.get("fotos", []), adjunto.publico]
    return []


def tomar_una(request, borradores: Borradores, unidad, ahora) -> JsonResponse:
    """Take one photo while the owner keeps writing; the script's way, with its progress bar."""
    fotos, problemas = leer(request, borradores, 1)
    adjunto = None
    if not problemas and fotos:
        try:
            with borradores.editar(request.cliente, unidad, ahora) as (borrador, aceptados):
                parte = parte_de(borrador, request.POST.get("edita", ""))
                problemas += guardar(borradores, borrador, parte, fotos, ahora, aceptados)
            adjunto = next(iter(aceptados), None)
        except OSError as error:
            request.disco_lleno, problemas = subidas.sin_espacio(error), [subidas.SIN_ESPACIO]
    if adjunto is None:
        return JsonResponse(
            {"error": " ".join(problemas) or "No llegó ninguna foto."}, status=estado_de(request)
        )
    url = reverse("portal:adjunto", args=[request.empresa.codigo, adjunto.publico])
    return JsonResponse({"publico": adjunto.publico, "url": url})


def de_la_visita(request, parte) -> list[subidas.Foto]:
    """Photos that staff add to a part of a case, cleaned; DatosInvalidos says which one is not
    taken and why, as nothing is done without those that were chosen."""
    if getattr(request, "disco_lleno", False):
        raise SinEspacio(subidas.SIN_ESPACIO)
    if problemas := getattr(request, "fotos_rechazadas", ()):
        raise DatosInvalidos({CAMPO: " ".join(problemas)})
    archivos = request.FILES.getlist(CAMPO)
    if archivos and len(archivos) + parte.fotos_personal.count() > subidas.POR_OBSERVACION:
        raise DatosInvalidos({CAMPO: f"Cada {parte._meta.verbose_name} lleva hasta "
                              f"{subidas.POR_OBSERVACION} fotos."})  # fmt: skip
    try:
        return [subidas.revisar(archivo) for archivo in archivos]
    except ValidationError as error:
        raise DatosInvalidos({CAMPO: error.messages[0]}) from None


def estado_de(request) -> int:
    """Status of a page whose form comes back."""
    return 507 if getattr(request, "disco_lleno", False) else 422
