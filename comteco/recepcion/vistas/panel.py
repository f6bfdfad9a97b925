"""The television of a hall: numbers and desks, never names nor documents (TM-37)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comteco.recepcion import llaves
from comteco.recepcion.models import Ficha
from postventa.calendario import hora

# The one that is called now and those called before.
CUANTAS = 6


@never_cache
@require_safe
def panel(request: HttpRequest, llave: str) -> HttpResponse:
    """The page; a script asks for `llamadas` every few seconds."""
    sala = _sala_o_404(llave)
    request.empresa = sala.sede.empresa
    return render(request, "comteco/panel.html", {"sala": sala, "llave": llave, **_llamadas(sala)})


@never_cache
@require_safe
def llamadas(request: HttpRequest, llave: str) -> HttpResponse:
    """The last numbers called, the newest first, and the time on the hall's wall."""
    return JsonResponse(_llamadas(_sala_o_404(llave)))


def _sala_o_404(llave):
    sala = llaves.sala_de(llave)
    if sala is None:
        raise Http404("Ningún panel tiene esa llave")
    return sala


def _llamadas(sala) -> dict:
    ahora = hora.ahora().astimezone(sala.sede.tz)
    filas = (
        Ficha.objects.filter(sede_id=sala.sede_id, dia=ahora.date(), llamada_en__isnull=False)
        .order_by("-llamada_en", "-pk")
        .values_list("prefijo", "numero", "llamadas", "meson__codigo")[:CUANTAS]
    )
    return {
        "hora": f"{ahora:%H:%M}",
        "llamadas": [
            {"numero": f"{p}-{n:03d}", "meson": meson, "vez": vez} for p, n, vez, meson in filas
        ],
    }
