"""One year of a calendar beside the official list: somebody compares it, and signs for it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from postventa.calendario.horario import ANIO_MAXIMO, ANIO_MINIMO
from postventa.calendario.models import Calendario, ConfirmacionAnual, Feriado
from postventa.calendario.palabras import dia_en_palabras
from postventa.consola import cambios
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento, zona_de
from postventa.consola.tiempo.compartido import de_varias, puede_editar
from postventa.expedientes.models import CambioMaestro


class FormularioDeFuente(forms.Form):
    fuente = forms.CharField(
        label="Lista oficial con que se comparó",
        max_length=300,
        widget=forms.TextInput({"class": "entrada"}),
        help_text="Por ejemplo: «feriados.gob.cl, visto el 3 de diciembre».",
        error_messages={"required": "Escribe con qué lista oficial lo comparaste."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirmar_anio(request, pk, anio):
    """The holidays of a year, and the button that says that they are the official ones."""
    propios = acotar(Calendario.objects.select_related("padre"), request.user)
    calendario = propios.filter(pk=pk).first()
    if calendario is None or not ANIO_MINIMO <= anio <= ANIO_MAXIMO:
        raise Http404
    if request.method != "POST":
        return _pagina(request, calendario, anio)
    if not puede_editar(request.user, calendario):
        raise PermissionDenied(
            "Confirma un año quien administra todas las empresas que usan el calendario."
        )
    if request.POST.get("accion") == "quitar":
        _quitar(request, calendario, anio)
        return HttpResponseRedirect(request.path)
    form = FormularioDeFuente(request.POST)
    if not form.is_valid() or not feriados_de(calendario, anio)[0]:
        return _pagina(request, calendario, anio, form=form, status=422)
    _confirmar(request, calendario, anio, form.cleaned_data["fuente"])
    return HttpResponseRedirect(reverse("admin:calendario_calendario_change", args=[pk]))


def _confirmar(request, calendario, anio, fuente) -> None:
    fila = ConfirmacionAnual(
        calendario=calendario,
        anio=anio,
        confirmado_en=momento(request),
        confirmado_por=str(request.user)[:120],
    )
    try:
        with transaction.atomic():
            fila.save(force_insert=True)
            detalle = {"calendario": str(calendario), "anio": anio, "fuente": fuente}
            detalle = {campo: ["", valor] for campo, valor in detalle.items()}
            cambios.anotar(request, fila, "crear", detalle)
    except IntegrityError:
        messages.warning(request, f"Otra persona ya había confirmado {anio}.")
    else:
        messages.success(request, f"{calendario}: {anio} quedó confirmado.")


@transaction.atomic
def _quitar(request, calendario, anio) -> None:
    for fila in ConfirmacionAnual.objects.filter(calendario=calendario, anio=anio):
        cambios.anotar(request, fila, "eliminar", cambios.de_objeto(fila))
        fila.delete()
        messages.success(request, f"{calendario}: {anio} volvió a quedar sin confirmar.")


def _pagina(request, calendario, anio, *, form=None, status=200):
    confirmada = calendario.confirmaciones.filter(anio=anio).first()
    vigentes, retirados = feriados_de(calendario, anio)
    puede = puede_editar(request.user, calendario)
    contexto = {
        **admin.site.each_context(request),
        "title": f"{calendario}, {anio}",
        "calendario": calendario,
        "anio": anio,
        "feriados": vigentes,
        "retirados": retirados,
        "confirmada": confirmada,
        "fuente": confirmada and fuente_de(confirmada),
        "puede": puede,
        "es_de_varias": not puede and de_varias(calendario),
        "form": form or FormularioDeFuente(),
    }
    return TemplateResponse(request, "consola/tiempo/anio.html", contexto, status=status)


def anio_visto(request) -> int | None:
    """The year of holidays that the calendar's page shows; None for all."""
    pedido = request.GET.get("anio", "")
    if pedido == "todos":
        return None
    es_anio = pedido.isdecimal() and ANIO_MINIMO <= int(pedido[:4]) <= ANIO_MAXIMO
    return int(pedido[:4]) if es_anio else hoy_de(request).year


def anios_con_feriados(request, calendario) -> list[int]:
    """The years to choose from: those with holidays of its own, this one and the next."""
    suyos = calendario.feriados.dates("fecha", "year")
    hoy = hoy_de(request).year
    return sorted({hoy, hoy + 1, *(fecha.year for fecha in suyos)})


def hoy_de(request):
    """The date on the wall of who looks."""
    return momento(request).astimezone(zona_de(request.user)).date()


def anios_de(request, calendario) -> list[dict]:
    """The years to confirm now (this one, and the next from December on) and those that were."""
    hoy = hoy_de(request)
    confirmados = {c.anio: c for c in calendario.confirmaciones.all()}
    anios = {hoy.year, hoy.year + 1, *confirmados}
    return [
        {
            "anio": anio,
            "confirmada": confirmados.get(anio),
            "fuente": anio in confirmados and fuente_de(confirmados[anio]),
            "url": reverse("admin:calendario_calendario_anio", args=[calendario.pk, anio]),
            "falta": anio == hoy.year or (anio == hoy.year + 1 and hoy.month == 12),
        }
        for anio in sorted(anios, reverse=True)
    ]


def fuente_de(confirmacion) -> str:
    """With what it was compared: the audit keeps it."""
    cambio = CambioMaestro.objects.filter(
        modelo=ConfirmacionAnual._meta.label_lower, objeto_id=str(confirmacion.pk), accion="crear"
    ).last()
    return (cambio.detalle.get("fuente") or ["", ""])[1] if cambio else ""


def feriados_de(calendario, anio) -> tuple[list[dict], list[dict]]:
    """Holidays of that year in force and those that are not, its own and those it inherits.

    Of two rows of one date the more local decides.
    """
    cadena, actual = [], calendario
    while actual is not None and actual.pk not in cadena:
        cadena.append(actual.pk)
        actual = actual.padre
    filas = Feriado.objects.filter(calendario__in=cadena, fecha__year=anio)
    filas = sorted(filas, key=lambda f: -cadena.index(f.calendario_id))
    mandan = {f.fecha: f for f in filas}
    en_orden = [_fila(mandan[fecha], calendario) for fecha in sorted(mandan)]
    return (
        [f for f in en_orden if f["feriado"].es_vigente],
        [f for f in en_orden if not f["feriado"].es_vigente],
    )


def _fila(feriado, calendario) -> dict:
    return {
        "dia": dia_en_palabras(feriado.fecha).capitalize(),
        "feriado": feriado,
        "es_heredado": feriado.calendario_id != calendario.pk,
    }
