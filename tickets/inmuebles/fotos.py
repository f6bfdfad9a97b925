"""Photos that people upload: one at a time into an owner's draft, and those that staff take in the
home."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import reverse

from postventa.expedientes import subidas
from postventa.portal.fotos import estado_de
from postventa.tramitacion import fotos as envio
from postventa.tramitacion.fotos import CAMPO
from tickets.inmuebles.borrador import Borradores, parte_de


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
    """Photos that staff add to a part of a case, cleaned; DatosInvalidos as `envio.limpias`."""
    tope = subidas.POR_OBSERVACION
    caben = tope - parte.fotos_personal.count() if request.FILES.getlist(CAMPO) else 0
    no_caben = f"Cada {parte._meta.verbose_name} lleva hasta {tope} fotos."
    return envio.limpias(request, caben, no_caben)
