"""An adviser's desk: call the next number, again, attend, send on, finish."""

from django.contrib import admin, messages
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comteco.recepcion import turnos
from comteco.recepcion.flujo import EstadoFicha, llamada_bastante
from comteco.recepcion.models import Ficha, Meson, Unidad
from comteco.recepcion.permisos import ATIENDEN
from comteco.recepcion.puesto import alli
from postventa.consola.contexto import momento
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.errores import NoAutorizado, Rechazo

AJENO = "En los mesones de COMTECO atienden sus asesores y su caja."
VERBOS = ("volver_a_llamar", "atender", "ausentar", "terminar", "derivar")


@require_safe
def meson(request):
    """The desk of who is looking."""
    alli.exigir(request.user, ATIENDEN, AJENO)
    return _pagina(request, alli.meson_de(request.user))


def _pagina(request, suyo, status=200, conflicto=""):
    if suyo is None:
        return alli.responder(request, "sin_meson.html", {"title": "Mi mesón"}, status)
    dia = momento(request).astimezone(suyo.sede.tz).date()
    ficha = turnos.en_mano(suyo).select_related("atencion__destino", "sede__sala_de_espera").first()
    if ficha:
        ficha.es_de_otro_dia = ficha.dia < dia
    espera = dict(turnos.cola(suyo, dia).order_by().values_list("prefijo").annotate(n=Count("pk")))
    contexto = {
        "title": suyo.codigo,
        "meson": suyo,
        "ficha": ficha,
        "puede_ausentar": ficha and ficha.estado == EstadoFicha.LLAMADA and llamada_bastante(ficha),
        "espera": [(letra, espera.get(letra, 0)) for letra in turnos.letras(suyo)],
        "esperan": sum(espera.values()),
        "es_de_otro_dia": bool(ficha) and ficha.es_de_otro_dia,
        "por_encuestar": None if ficha else _por_encuestar(suyo, dia),
        "unidades": _otras(suyo, ficha) if ficha else [],
        "conflicto": conflicto,
        "tz": suyo.sede.tz,
    }
    return alli.responder(request, "meson.html", contexto, status)


def _por_encuestar(suyo, dia) -> Ficha | None:
    """The last one attended here, if it has not answered the survey."""
    ultima = (
        Ficha.objects.filter(meson=suyo, dia=dia, estado=EstadoFicha.ATENDIDA)
        .order_by("-terminada_en", "-pk")
        .first()
    )
    return ultima if ultima and ultima.satisfecho is None else None


def _otras(suyo, ficha) -> list[Unidad]:
    """Units with a desk here that would call that letter."""
    otros = Meson.objects.filter(sede=suyo.sede_id, es_activo=True).exclude(unidad=suyo.unidad_id)
    unidades = {
        m.unidad_id: m.unidad
        for m in otros.select_related("unidad")
        if ficha.prefijo in turnos.letras(m)
    }
    return sorted(unidades.values(), key=str)


@require_POST
def hacer(request, que):
    """A button of the desk. What is no longer possible is told, and nothing is done."""
    alli.exigir(request.user, ATIENDEN, AJENO)
    suyo = alli.meson_de(request.user)
    try:
        if que == "siguiente":
            _siguiente(request, suyo)
        elif que == "encuestar":
            _encuestar(request, suyo)
        elif que in VERBOS:
            _tramitar(request, suyo, que)
        else:
            raise Http404
    except NoAutorizado as rechazo:
        return admin.site.rechazo(request, 403, rechazo.mensaje, reverse("admin:sala_meson"))
    except Rechazo as rechazo:
        return _pagina(request, suyo, rechazo.status, rechazo.mensaje)
    return HttpResponseRedirect(reverse("admin:sala_meson"))


def _siguiente(request, suyo):
    if suyo is None:
        raise NoAutorizado("No tienes un mesón asignado.")
    if turnos.siguiente(suyo, request.user, ahora=momento(request)) is None:
        messages.info(request, "Nadie espera en este mesón.")


def _ficha_o_404(request, suyo) -> Ficha:
    """A number of one's own desk; another's does not exist here."""
    pk = request.POST.get("ficha", "")
    pk = int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    ficha = suyo and Ficha.objects.filter(pk=pk, meson=suyo).select_related("atencion").first()
    if not ficha:
        raise Http404
    return ficha


def _visto(request) -> int:
    visto = request.POST.get("visto", "")
    return int(visto) if visto.isdecimal() and len(visto) < 10 else -1


def _tramitar(request, suyo, que):
    ficha, datos = _ficha_o_404(request, suyo), {}
    if que == "derivar":
        pk = request.POST.get("unidad", "")
        unidades = {str(u.pk): u for u in _otras(suyo, ficha)}
        datos["unidad"] = unidades.get(pk)
    como = {"canal": "meson", "ahora": momento(request), "visto": _visto(request)}
    tramitar(ficha, que, request.user, **como, **datos)
    if request.POST.get("y_siguiente"):
        _siguiente(request, suyo)


def _encuestar(request, suyo):
    ficha = _ficha_o_404(request, suyo)
    dicho = {"si": True, "no": False}.get(request.POST.get("satisfecho"))
    ahora = momento(request)
    anotar(ficha, "encuestar", request.user, canal="meson", ahora=ahora, satisfecho=dicho)
    messages.success(request, f"Anotado lo que respondió la ficha {ficha}.")
