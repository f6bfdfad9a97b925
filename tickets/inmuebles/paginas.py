"""What the pages of every real-estate company's owners share: who comes in, their homes, refusals,
and the hours to choose from."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from postventa.calendario import hora
from postventa.calendario.palabras import (
    contar,
    dia_en_palabras,
    duracion_habil_en_palabras,
    vence_en_palabras,
)
from postventa.calendario.unidades import Unidad as UnidadDePlazo
from postventa.expedientes.models import Situacion
from postventa.personas.models import Cliente
from postventa.plazos.calculo import horario_del_lugar
from postventa.plazos.models import ABIERTOS
from postventa.tramitacion.errores import Rechazo
from postventa.visitas.models import Visita
from tickets.inmuebles.evento import archivo
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

EN_ORDEN = ("unidad__proyecto__nombre", "unidad__nombre")


def identificar(sede, numero: str) -> Cliente | None:
    """The current owner of a unit of that project with that document, or None (I-02, I-03)."""
    hoy = hora.ahora().astimezone(sede.tz).date()
    propiedad = (
        Propiedad.objects.vigentes(hoy)
        .filter(unidad__proyecto_id=sede.pk, cliente__numero=numero)
        .select_related("cliente")
        .first()
    )
    return propiedad.cliente if propiedad else None


def sedes(empresa):
    return Proyecto.objects.filter(empresa=empresa, es_activa=True).order_by("nombre")


def unidades_de(empresa, cliente: Cliente, ahora: datetime) -> list[Unidad]:
    """Homes that the customer owns today, with their project (I-02): today there, in its zone."""
    activas = {"unidad__proyecto__es_activa": True, "unidad__proyecto__empresa": empresa}
    suyas = Propiedad.objects.filter(cliente=cliente, **activas)
    propias = {}
    for propiedad in suyas.select_related("unidad__proyecto").order_by(*EN_ORDEN):
        unidad = propiedad.unidad
        unidad.proyecto.empresa = empresa
        if propiedad.es_vigente(ahora.astimezone(unidad.proyecto.tz).date()):
            propias[unidad.pk] = unidad
    return list(propias.values())


def unidad_o_404(request: HttpRequest, pk: int, ahora: datetime) -> Unidad:
    """The owner's home of that id; 404 for one that is somebody else's today (I-02)."""
    suyas = unidades_de(request.empresa, request.cliente, ahora)
    if unidad := next((u for u in suyas if u.pk == pk), None):
        return unidad
    raise Http404("No es suya")


def elegir_unidad(request: HttpRequest, ruta: str, pasos) -> HttpResponse:
    """Which home it is about: asked only of who has several. `ruta` is the page that follows."""
    unidades = unidades_de(request.empresa, request.cliente, hora.ahora())
    if len(unidades) == 1:
        return HttpResponseRedirect(reverse(ruta, args=[unidades[0].pk]))
    contexto = {"unidades": unidades, "pasos": pasos, "ruta": ruta}
    return render(request, "portal/elegir_unidad.html", contexto)


def url_del_caso(caso) -> str:
    return reverse("portal:caso", args=[caso.empresa.codigo, caso.publico])


def visita_de(caso, pk: int) -> Visita:
    """The visit of that id of a case of the owner's; 404 if it is not of it."""
    visita = Visita.objects.select_related("persona").filter(expediente=caso, pk=pk).first()
    if visita is None:
        raise Http404("No existe esa visita")
    visita.expediente = caso
    return visita


class FormularioViejo(Rechazo):
    """What was sent is not (any more) what is kept here."""

    status = 409


def uuid_de(texto: str) -> UUID | None:
    try:
        return UUID(texto)
    except ValueError:
        return None


def plazos_que_corren(caso, plazos, terminos: dict, ahora: datetime) -> list[dict]:
    """The clocks that its owner is told of, with what is left and why they end when they do."""
    corren = [p for p in plazos if p.codigo in terminos and p.estado in ABIERTOS]
    if not corren or caso.situacion == Situacion.CERRADO:
        return []
    jornadas = {p.politica.jornada for p in corren}
    horarios = {jornada: horario_del_lugar(caso.sede, jornada) for jornada in jornadas}
    return [
        {
            "para": terminos[p.codigo],
            "vence": vence_en_palabras(p.vence_en, caso.sede.tz),
            "queda": duracion_habil_en_palabras(
                horarios[p.politica.jornada],
                ahora,
                p.vence_en,
                UnidadDePlazo(p.politica.unidad),
                p.inicio_efectivo_en,
            ),
            "tarde": p.vence_en < ahora,
            "porque": p.explicacion,
        }
        for p in corren
    ]


# --- hours


def por_dia(libres: Iterable[datetime], tz) -> list[dict]:
    """The free starts grouped by local day: {fecha, titulo, cuantas, horas: [(value, "09:30")]}."""
    dias: dict[date, list] = {}
    for inicia in libres:
        local = inicia.astimezone(tz)
        dias.setdefault(local.date(), []).append((valor(inicia), f"{local:%H:%M}"))
    return [
        {
            "fecha": fecha,
            "titulo": dia_en_palabras(fecha).capitalize(),
            "cuantas": contar(len(horas), "hora", "horas"),
            "horas": horas,
            "valores": {v for v, _ in horas},
        }
        for fecha, horas in dias.items()
    ]


def valor(inicia: datetime) -> str:
    """How a start travels in the form."""
    return inicia.strftime("%Y%m%dT%H%MZ")


def instante_de(texto: str) -> datetime | None:
    """The start that `valor` wrote; None for anything else."""
    try:
        return datetime.strptime(f"{texto}+0000", "%Y%m%dT%H%MZ%z")
    except ValueError:
        return None


class FormHora(forms.Form):
    """One of the free hours that the page offered."""

    elige = "Elige una de las horas libres."
    inicia = forms.CharField(required=False)
    visto = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_inicia(self) -> datetime:
        if inicia := instante_de(self.cleaned_data["inicia"]):
            return inicia
        raise forms.ValidationError(self.elige)


def descarga_de(caso, visita: Visita, hechos: Callable) -> HttpResponse:
    """The .ics of a visit, for the owner's own calendar; one that was moved comes cancelled.
    `hechos(caso, visita)` tells it in the room's words."""
    contenido = archivo(hechos(caso, visita), hora.ahora())
    respuesta = HttpResponse(contenido, content_type="text/calendar; charset=utf-8")
    nombre = f"visita-{caso.folio}-{visita.pk}.ics"
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre)
    return respuesta
