"""Which running clocks an edit moves: to read first, and then to apply with a reason."""

from collections import Counter
from itertools import groupby
from uuid import UUID, uuid4

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from postventa.calendario.palabras import explicar, vence_en_palabras
from postventa.consola import cambios
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento
from postventa.consola.hoy import url_de_caso
from postventa.consola.tiempo.compartido import puede_editar
from postventa.expedientes.models import Expediente
from postventa.plazos.models import Plazo
from postventa.tramitacion import recalculo_masivo
from postventa.tramitacion.models import ACTIVOS, Recalculo
from postventa.tramitacion.recalculo import Revision, plazos_de, revisiones

PAGINA = 50
CAMBIO = (
    "El calendario cambió mientras leías esta lista. Aquí está la de ahora: revísala y aplícala de "
    "nuevo."
)


class FormularioDeMotivo(forms.Form):
    motivo = forms.CharField(
        label="Motivo",
        max_length=300,
        widget=forms.Textarea({"rows": 2, "class": "entrada"}),
        help_text="Queda en el historial de cada caso. Por ejemplo: «Ley 21.999, feriado del 24 de "
        "noviembre».",
        error_messages={"required": "Escribe el motivo: queda en el historial de cada caso."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def que_se_mueve(request, modelo, pk):
    """The list of what would move, and its form for who may apply it."""
    dato = acotar(modelo.objects.all(), request.user).filter(pk=pk).first()
    if dato is None:
        raise Http404
    if request.method != "POST":
        return _pagina(request, dato)
    if not puede_editar(request.user, dato):
        raise PermissionDenied(
            "Mueve plazos quien administra todas las empresas que usan este dato."
        )
    form = FormularioDeMotivo(request.POST)
    if not form.is_valid():
        return _pagina(request, dato, form=form, status=422)
    vista, clave = _de_la_pagina(request)
    if vista != recalculo_masivo.huella():
        return _pagina(request, dato, form=form, aviso=CAMBIO, status=409)
    return HttpResponseRedirect(_pedir(request, dato, form.cleaned_data["motivo"], vista, clave))


def _de_la_pagina(request) -> tuple[str, UUID]:
    """State of the calendars that the page showed, and the key of its form."""
    try:
        return request.POST.get("vista", ""), UUID(request.POST.get("clave", ""))
    except ValueError:
        return "", uuid4()


@transaction.atomic
def _pedir(request, dato, motivo, vista, clave) -> str:
    job, es_nueva = recalculo_masivo.pedir(
        dato, request.user, motivo, vista, clave, momento(request)
    )
    if es_nueva:
        detalle = {dato._meta.model_name: ["", str(dato)], "motivo": ["", motivo]}
        cambios.anotar(request, job, "recalcular", detalle)
    return reverse("admin:tramitacion_recalculo_change", args=[job.pk])


def _pagina(request, dato, *, form=None, aviso="", status=200):
    propios = acotar(Plazo.objects.filter(plazos_de(dato)), request.user)
    todas = sorted(revisiones(propios), key=_orden)
    elegida = request.GET.get("sede", "")
    filas = [r for r in todas if str(r.sede.pk) == elegida] or todas
    pagina = Paginator(filas, PAGINA).get_page(request.GET.get("p"))
    ahora = momento(request)
    campo = dato._meta.model_name
    contexto = {
        **admin.site.each_context(request),
        "title": "Qué plazos se mueven",
        "dato": dato,
        "opts": dato._meta,
        "url_dato": reverse(f"admin:calendario_{campo}_change", args=[dato.pk]),
        "total": len(todas),
        "sedes": _por_sede(todas),
        "elegida": filas[0].sede if filas is not todas else None,
        "pagina": pagina,
        "paginas": pagina.paginator.get_elided_page_range(pagina.number, on_each_side=2),
        "mas": f"&sede={elegida}" if filas is not todas else "",
        "grupos": _grupos(pagina.object_list, ahora),
        "adelantados": sum(r.despues < r.antes for r in todas),
        "vencidos": sum(r.despues < ahora for r in todas),
        "en_curso": Recalculo.objects.filter(**{campo: dato}, estado__in=ACTIVOS).first(),
        "puede": puede_editar(request.user, dato),
        "form": form or FormularioDeMotivo(),
        "vista": recalculo_masivo.huella(),
        "clave": uuid4(),
        "aviso": aviso,
    }
    return TemplateResponse(request, "consola/tiempo/movidos.html", contexto, status=status)


def _orden(revision: Revision):
    sede = revision.sede
    return sede.empresa.nombre, sede.nombre, sede.pk, revision.antes, revision.plazo.pk


def _por_sede(revisiones) -> list[dict]:
    cuantos = Counter(r.sede.pk for r in revisiones)
    sedes = {r.sede.pk: r.sede for r in revisiones}
    return [{"sede": sedes[pk], "cuantos": n} for pk, n in cuantos.items()]


def _grupos(revisiones, ahora) -> list[dict]:
    """The rows of one page under the company and place of each."""
    casos = Expediente.objects.select_related("cliente").in_bulk(
        {r.plazo.expediente_id for r in revisiones}
    )
    return [
        {"sede": sede, "filas": [fila(r, casos[r.plazo.expediente_id], ahora) for r in suyas]}
        for sede, suyas in groupby(revisiones, key=lambda r: r.sede)
    ]


def fila(revision: Revision, caso, ahora) -> dict:
    """One clock that moves, in words."""
    return {
        "caso": caso,
        "url": url_de_caso(caso),
        "plazo": revision.plazo.politica.nombre,
        "antes": fecha(revision.antes, revision.sede.tz, ahora),
        "despues": fecha(revision.despues, revision.sede.tz, ahora),
        "se_adelanta": revision.despues < revision.antes,
        "queda_vencido": revision.despues < ahora,
        "por_que": explicar(
            revision.calculado.vencimiento, es_estricto=revision.plazo.politica.es_estricto
        ),
    }


def fecha(instante, zona, ahora) -> str:
    """`miércoles 25 de noviembre, a las 10:15`, with the year when it is another."""
    con_anio = instante.astimezone(zona).year != ahora.astimezone(zona).year
    return vence_en_palabras(instante, zona, con_anio=con_anio).removeprefix("el ").capitalize()
