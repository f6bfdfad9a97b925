"""Icalma's tickets in the console: the list and the page of a case. Never a form to edit one."""

from django.contrib import admin

from postventa.consola import salas
from postventa.consola.alcances import declarar
from postventa.consola.caso import AdminDeCaso
from postventa.consola.contexto import momento
from postventa.consola.papeles import ConDocumentos
from postventa.consola.relojes import relojes_de
from postventa.personas.actores import Actor
from tickets.icalma.consola import CONSOLA
from tickets.icalma.documentos import descargar, documentos_de
from tickets.icalma.en_terreno.pagina import es_testigo
from tickets.icalma.flujo import EstadoObservacion, EstadoTicket
from tickets.icalma.forms_observacion import garantia_en_palabras
from tickets.icalma.lista import ListaDeTickets
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.panel_visita import atiende

declarar(Ticket, "empresa_id", "sede_id")
declarar(Observacion, "ticket__empresa_id", "ticket__sede_id")
salas.registrar(CONSOLA)


@admin.register(Ticket)
class TicketAdmin(ListaDeTickets, ConDocumentos, AdminDeCaso):
    tipo = "icalma"
    plantilla = "consola/icalma/caso.html"

    # --- documents

    def documentos_de(self, caso):
        return [d for d in documentos_de(caso) if d["disponible"]]

    def descargar(self, caso, tipo, ordinal):
        return descargar(caso, tipo, ordinal)

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
                "atiende": atiende(o, caso),
                "garantia": garantia_en_palabras(o, caso),
                "verbos": self.verbos_de(o, request, caso, verbos, elegido, formulario),
            }
            for o in caso.observaciones.all()
        ]
        return {
            **super().contexto_de(request, caso, pestana, verbos, elegido, formulario),
            "observaciones": filas,
            "al": caso.creado_en.astimezone(caso.sede.tz),
            "va_a_terreno": es_testigo(caso, Actor.de(request.user)),
            "faltas": _faltas(caso, filas),
            "decididas": sum(o["o"].estado != "PENDIENTE" for o in filas),
        }


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
