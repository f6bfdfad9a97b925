"""The hall's desks: each takes the one where they will sit, and leaves it when the shift ends."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comteco.recepcion import mesones as sillas
from comteco.recepcion.flujo import EN_MANO
from comteco.recepcion.models import Ficha, Meson
from comteco.recepcion.permisos import ATIENDEN
from comteco.recepcion.puesto import alli
from comteco.recepcion.puesto.meson import AJENO
from postventa.consola import cambios
from postventa.personas.models import Rol
from postventa.tramitacion.errores import Rechazo


@require_http_methods(["GET", "HEAD", "POST"])
def mesones(request):
    """The desks of the places where this person attends."""
    alli.exigir(request.user, ATIENDEN, AJENO)
    sedes = alli.sedes_de(request.user, ATIENDEN)
    if request.method != "POST":
        return _pagina(request, sedes)
    try:
        return _mover(request, sedes)
    except Rechazo as rechazo:
        return _pagina(request, sedes, rechazo.status, rechazo.mensaje)


def _mover(request, sedes):
    pk, que = request.POST.get("meson", ""), request.POST.get("que")
    pk = int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    meson = Meson.objects.filter(pk=pk, sede__in=sedes).select_related("sede").first()
    if meson is None or que not in ("tomar", "dejar", "liberar"):
        raise Http404
    if que == "liberar" and meson.sede not in alli.sedes_de(request.user, (Rol.JEFE,)):
        mensaje = "El mesón de otra persona lo libera quien supervisa la Plataforma."
        return admin.site.rechazo(request, 403, mensaje, reverse("admin:sala_mesones"))
    with transaction.atomic():
        if que == "tomar":
            hechos = sillas.tomar(meson, request.user)
        else:
            hechos = sillas.dejar(meson, request.user) if que == "dejar" else sillas.liberar(meson)
        for cambio in hechos:
            detalle = cambios.de_valores({"atiende": (cambio.antes, cambio.ahora)})
            cambios.anotar(request, cambio.meson, "editar", detalle)
    if que == "tomar":
        return HttpResponseRedirect(reverse("admin:sala_meson"))
    messages.success(request, f"{meson} quedó libre.")
    return HttpResponseRedirect(reverse("admin:sala_mesones"))


def _pagina(request, sedes, status=200, conflicto=""):
    filas = list(
        Meson.objects.filter(sede__in=sedes, es_activo=True)
        .select_related("sede__empresa", "unidad", "atiende")
        .order_by("sede__nombre", "codigo")
    )
    fichas = Ficha.objects.filter(meson__in=filas, estado__in=EN_MANO)
    en_mano = {f.meson_id: f for f in fichas}
    contexto = {
        "title": "Mesones de la sala",
        "filas": [(m, en_mano.get(m.pk)) for m in filas],
        "varias": len(sedes) > 1,
        "supervisa": {s.pk for s in alli.sedes_de(request.user, (Rol.JEFE,))},
        "conflicto": conflicto,
    }
    return alli.responder(request, "mesones.html", contexto, status)
