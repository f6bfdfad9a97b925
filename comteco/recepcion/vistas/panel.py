"""The television of a hall: numbers and desks, never names nor documents (TM-37)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comteco.recepcion import direccionamiento, llaves
from comteco.recepcion.models import Ficha
from comteco.recepcion.vistas.publico import Inventada, publica
from postventa.calendario import hora

# The one that is called now and those called before.
CUANTAS = 6


@publica
@require_safe
def panel(request: HttpRequest, llave: str) -> HttpResponse:
    """The page; a script asks for `llamadas` every few seconds."""
    sala = _sala_o_404(llave)
    request.empresa = sala.sede.empresa
    contexto = {"sala": sala, "llave": llave, "letras": _letras(sala), **_llamadas(sala)}
    respuesta = render(request, "comteco/panel.html", contexto)
    # The address is a secret: no other page is told of it.
    respuesta["Referrer-Policy"] = "no-referrer"
    return respuesta


@publica
@require_safe
def llamadas(request: HttpRequest, llave: str) -> HttpResponse:
    """The last numbers called, the newest first, and the time on the hall's wall."""
    return JsonResponse(_llamadas(_sala_o_404(llave)))


def _sala_o_404(llave):
    sala = llaves.sala_de(llave)
    if sala is None:
        raise Inventada("Ningún panel tiene esa llave")
    return sala


def _letras(sala) -> list[str]:
    """What each letter of today's table stands for: `P Post venta`."""
    hoy = hora.ahora().astimezone(sala.sede.tz).date()
    grupos: dict[str, set] = {}
    for destino in direccionamiento.vigentes(sala.sede.empresa_id, hoy):
        if destino.prefijo:
            grupos.setdefault(destino.prefijo, set()).add(destino.get_grupo_display())
    return [f"{letra} {' y '.join(sorted(de))}" for letra, de in grupos.items()]


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
