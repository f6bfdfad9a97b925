"""Icalma's tickets in the console: the list and the page of a case. Never a form to edit one."""

import re
from dataclasses import replace
from io import BytesIO

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Replace
from django.http import FileResponse, Http404
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html

from postventa.calendario.palabras import fecha_corta
from postventa.consola import salas
from postventa.consola.alcances import acotar, declarar
from postventa.consola.caso import AdminDeCaso
from postventa.consola.contexto import momento
from postventa.consola.hoy import del_personal
from postventa.consola.lista import FiltroPlazo, Lista, Paginador
from postventa.consola.relojes import quedan, relojes_de, tono_de
from postventa.personas.actores import Actor
from postventa.personas.documentos import normalizar_rut
from postventa.plazos.models import Plazo
from tickets.icalma.consola import CONSOLA
from tickets.icalma.documentos import SinDocumento, descargar, documentos_de
from tickets.icalma.en_terreno.pagina import es_testigo
from tickets.icalma.flujo import EstadoObservacion, EstadoTicket
from tickets.icalma.forms_observacion import garantia_en_palabras
from tickets.icalma.models import Observacion, Ticket
from tickets.inmuebles.models import Proyecto

declarar(Ticket, "empresa_id", "sede_id")
declarar(Observacion, "ticket__empresa_id", "ticket__sede_id")
salas.registrar(CONSOLA)


class FiltroEstado(admin.SimpleListFilter):
    title = "estado"
    parameter_name = "estado"

    def lookups(self, request, model_admin):
        return [(valor, nombre) for valor, nombre in EstadoTicket.choices if valor]

    def queryset(self, request, queryset):
        return queryset.filter(estado=self.value()) if self.value() else queryset


def proyectos_de(request):
    """Projects of one's own, read once for the two filters that offer them."""
    if not hasattr(request, "_proyectos"):
        propios = acotar(Proyecto.objects.select_related("supervisor"), request.user)
        request._proyectos = list(propios.order_by("nombre"))
    return request._proyectos


class FiltroProyecto(admin.SimpleListFilter):
    title = "proyecto"
    parameter_name = "proyecto"

    def lookups(self, request, model_admin):
        return [(str(p.pk), p.nombre) for p in proyectos_de(request)]

    def queryset(self, request, queryset):
        valor = self.value() or ""
        ids = {str(p.pk) for p in proyectos_de(request)}
        return queryset.filter(sede_id=valor) if valor in ids else queryset


class FiltroResponsable(admin.SimpleListFilter):
    title = "responsable"
    parameter_name = "responsable"

    def lookups(self, request, model_admin):
        personas = {p.supervisor_id: str(p.supervisor) for p in proyectos_de(request)}
        personas.pop(None, None)
        personas.pop(request.user.pk, None)
        orden = sorted(personas.items(), key=lambda par: par[1])
        return [
            ("yo", "Yo"),
            ("nadie", "Sin responsable"),
            *((str(pk), nombre) for pk, nombre in orden),
        ]

    def queryset(self, request, queryset):
        valor = self.value() or ""
        if valor == "yo":
            return queryset.filter(responsable=request.user)
        if valor == "nadie":
            return queryset.filter(responsable=None)
        ids = {str(p.supervisor_id) for p in proyectos_de(request)}
        return queryset.filter(responsable_id=valor) if valor in ids else queryset


SIN_ADORNOS = F("cliente__telefono")
for adorno in " -()+.":
    SIN_ADORNOS = Replace(SIN_ADORNOS, Value(adorno), Value(""), output_field=CharField())


def buscar(queryset, texto):
    """Tickets by folio, RUT however it is typed, unit, phone or the owner's name."""
    texto = texto.strip()
    if not texto:
        return queryset
    encontrados = Q()
    for palabra in texto.split():
        encontrados &= (
            Q(folio__icontains=palabra)
            | Q(cliente__nombre__icontains=palabra)
            | Q(unidad__nombre__icontains=palabra)
            | Q(sede__nombre__icontains=palabra)
        )
    try:
        encontrados |= Q(cliente__numero=normalizar_rut(texto))
    except ValidationError:
        pass
    digitos = re.sub(r"\D", "", texto)
    # Fewer digits than this would match half the phones.
    if len(digitos) >= 6 and not re.search(r"[a-z]{2}", texto.lower()):
        queryset = queryset.alias(_telefono=SIN_ADORNOS)
        encontrados |= Q(_telefono__contains=digitos) | Q(cliente__numero__startswith=digitos)
    return queryset.filter(encontrados)


def proximo_plazo(ticket, ahora):
    """Time left of the next clock, its tone from now, and its date."""
    if ticket.proximo_vence_en is None:
        return "—"
    return format_html(
        '<span class="falta {}">{}</span><span class="sub">{}</span>',
        tono_de(ticket.proximo_vence_en, ahora),
        quedan(ticket.proximo_vence_en, ahora),
        fecha_corta(ticket.proximo_vence_en, ticket.sede.tz, ahora),
    )


class FiltroPlazoDeCaso(FiltroPlazo):
    """By the next clock of the case; those at risk, by any open clock past its warning."""

    def acotar(self, queryset, q):
        return queryset.filter(
            pk__in=del_personal(Plazo.objects.all()).filter(q).values("expediente_id")
        )


def columnas_de(ahora):
    """The two columns that speak of now."""

    @admin.display(description="Próximo plazo", ordering="proximo_vence_en")
    def proximo(ticket):
        return proximo_plazo(ticket, ahora)

    @admin.display(description="Creado", ordering="creado_en")
    def creado(ticket):
        return fecha_corta(ticket.creado_en, ticket.sede.tz, ahora)

    return proximo, creado


@admin.register(Ticket)
class TicketAdmin(AdminDeCaso):
    tipo = "icalma"
    plantilla = "consola/icalma/caso.html"
    list_display = ["ver_folio", "propietario", "vivienda", "ver_estado", "a_cargo"]
    list_display_links = None
    list_filter = [FiltroEstado, "situacion", FiltroPlazoDeCaso, FiltroProyecto, FiltroResponsable]
    search_fields = ["folio"]
    search_help_text = "Folio, RUT, unidad, teléfono o nombre"
    ordering = [F("proximo_vence_en").asc(nulls_last=True), "-creado_en", "-pk"]
    list_select_related = ["cliente", "sede__empresa", "unidad", "responsable"]
    paginator = Paginador
    vacio = "No hay tickets con estos filtros. Los nuevos llegan desde el portal del propietario."

    def get_changelist(self, request, **kwargs):
        return Lista

    def get_list_display(self, request):
        """Columns with the request's own now: the admin is one object for every thread."""
        if not hasattr(request, "_columnas"):
            *primeras, a_cargo = self.list_display
            proximo, creado = columnas_de(momento(request))
            request._columnas = [*primeras, proximo, a_cargo, creado]
        return request._columnas

    def get_search_results(self, request, queryset, search_term):
        return buscar(queryset, search_term), False

    # --- columns

    @admin.display(description="Folio", ordering="folio")
    def ver_folio(self, ticket):
        url = self._url(ticket.pk)
        return format_html('<a class="folio" href="{}">{}</a>', url, ticket.folio)

    @admin.display(description="Propietario", ordering="cliente__nombre")
    def propietario(self, ticket):
        return format_html(
            '{}<span class="sub">{}</span>', ticket.cliente.nombre, ticket.cliente.documento
        )

    @admin.display(description="Vivienda", ordering="unidad__nombre")
    def vivienda(self, ticket):
        return format_html(
            '{}<span class="sub">{}</span>', ticket.unidad.nombre, ticket.sede.nombre
        )

    @admin.display(description="Estado", ordering="estado")
    def ver_estado(self, ticket):
        return render_to_string("consola/icalma/pildora.html", {"estado": ticket.estado,
                                "texto": ticket.get_estado_display()})  # fmt: skip

    @admin.display(description="Responsable", ordering="responsable__first_name")
    def a_cargo(self, ticket):
        return ticket.responsable or "—"

    # --- documents

    def get_urls(self):
        vista = self.admin_site.admin_view(self.documento_view)
        nombre = "icalma_ticket_documento"
        return [
            path("<int:pk>/documento/<slug:tipo>/", vista, name=nombre),
            path("<int:pk>/documento/<slug:tipo>/<int:ordinal>/", vista, name=nombre),
            *super().get_urls(),
        ]

    def documento_view(self, request, pk, tipo, ordinal=None):
        """A document of the case as PDF."""
        ticket = self.get_queryset(request).filter(pk=pk).first()
        if ticket is None:
            raise Http404
        try:
            nombre, contenido = descargar(ticket, tipo, ordinal)
        except SinDocumento:
            raise Http404 from None
        return FileResponse(
            BytesIO(contenido), filename=nombre, as_attachment=True, content_type="application/pdf"
        )

    # --- page

    def para_pagina(self, request, pestana):
        pedido = super().para_pagina(request, pestana)
        fotos = (
            ["observaciones__fotos", "observaciones__fotos_personal"]
            if pestana == "observaciones"
            else ["observaciones"]
        )
        return pedido.prefetch_related(*fotos)

    def partes(self, caso):
        return {**super().partes(caso), "observacion": list(caso.observaciones.all())}

    def contexto_de(self, request, caso, pestana, verbos, elegido, formulario):
        ahora = momento(request)
        plazos = {p.pk: p for p in caso.plazos.all()}
        filas = [
            {
                "o": o,
                "revision": _revision(o, plazos, caso, ahora),
                "garantia": garantia_en_palabras(o, caso),
                "verbos": [
                    self._con_formulario(request, caso, v, formulario if v is elegido else None)
                    for v in verbos
                    if v.instancia is o
                ],
            }
            for o in caso.observaciones.all()
        ]
        pdfs = documentos_de(caso) if pestana == "documentos" else []
        return {
            "pdfs": [d for d in pdfs if d["disponible"]],
            **super().contexto_de(request, caso, pestana, verbos, elegido, formulario),
            "observaciones": filas,
            "al": caso.creado_en.astimezone(caso.sede.tz),
            "va_a_terreno": es_testigo(caso, Actor.de(request.user)),
            "faltas": _faltas(caso, filas),
            "decididas": sum(o["o"].estado != "PENDIENTE" for o in filas),
        }

    def _con_formulario(self, request, caso, verbo, formulario):
        """A verb of an observation with its form at hand: they are decided one after another."""
        if formulario is None and not verbo.falta:
            formulario = self._formulario(request, caso, verbo.instancia, verbo.verbo)
        return replace(verbo, formulario=formulario)


def _revision(observacion, plazos, caso, ahora):
    """The clock of the Jefe's review, while an observation waits for it."""
    plazo = plazos.get(observacion.plazo_consulta_id)
    if plazo is None or observacion.estado != EstadoObservacion.EN_CONSULTA:
        return None
    return relojes_de([plazo], caso.sede, ahora)[0]


def _faltas(caso, filas):
    """What the observations wait for, said once, when a visit is agreed."""
    if caso.estado not in (EstadoTicket.INSPECCION_COORDINADA, EstadoTicket.TRABAJO_COORDINADO):
        return []
    return list(dict.fromkeys(v.falta for f in filas for v in f["verbos"] if v.falta))
