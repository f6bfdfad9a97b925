"""The movable clock's panel: exists only where the installation says so."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from postventa.calendario import hora
from postventa.calendario.palabras import fecha_en_palabras
from postventa.calendario.zonas import a_instante, epoca_local
from postventa.consola import contactos
from postventa.consola.contexto import momento, unica_empresa, zona_de
from postventa.empresas.models import Empresa
from postventa.plazos.calculo import horario_del_lugar
from postventa.tramitacion.barrido import barrer

PASOS = {"1h": timedelta(hours=1), "2d": timedelta(days=2)}


def se_mueve() -> bool:
    return settings.RELOJ_MOVIBLE and settings.DEMO


def mover_reloj(request):
    """Move the demonstration's clock and let what falls due happen at once."""
    if not se_mueve():
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        _mover(request, request.POST.get("accion", ""))
    except (ValueError, OverflowError):
        messages.error(request, "Escribe la fecha y la hora que quieres fijar.")
    else:
        nueva = hora.ahora()
        barrer(nueva)
        contactos.aplicar(nueva)
        cuando = fecha_en_palabras(nueva, zona_de(request.user), con_anio=True)
        messages.success(request, f"Ahora es {cuando}. Los plazos quedaron revisados a esa hora.")
    return HttpResponseRedirect(reverse("admin:index"))


def _mover(request, accion):
    if accion in PASOS:
        hora.mover(int(PASOS[accion].total_seconds()))
    elif accion == "habil":
        hora.fijar(_dia_habil_siguiente(request))
    elif accion == "fijar":
        dia = date.fromisoformat(request.POST.get("fecha", ""))
        reloj = time.fromisoformat(request.POST.get("hora", ""))
        hora.fijar(a_instante(epoca_local(dia, reloj, zona_de(request.user))))
    elif accion == "normal":
        hora.normal()
    else:
        raise ValueError(accion)


def _dia_habil_siguiente(request) -> datetime:
    """The same wall time on the next business day of the person's company (of any, without one)."""
    empresa = unica_empresa(request.user) or Empresa.objects.first()
    if empresa is None:
        return momento(request) + timedelta(days=1)
    horario = horario_del_lugar(empresa)
    local = momento(request).astimezone(horario.zona)
    siguiente = horario.sumar_habiles(local.date(), 1)
    return a_instante(epoca_local(siguiente, local.time(), horario.zona))
