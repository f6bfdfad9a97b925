"""Icalma's documents as PDF: the facts of a ticket, fixed in one canonical text and its hash.

What a template shows is that text and nothing else, so its fingerprint can be checked against the
text that travels inside the PDF. The acts are stored when what they tell happens, and say the
same whenever they are asked for; the receipt tells the ticket as it is today.
"""

import json
from datetime import date, datetime

from django.db.models import Count, Prefetch

from postventa.calendario.palabras import MESES, dia_en_palabras, fecha_en_palabras
from postventa.calendario.palabras import vence_en_palabras as en_palabras
from postventa.documentos import actas
from postventa.documentos.models import Documento, Firma
from postventa.documentos.pdf import componer
from postventa.documentos.sobres import SinDocumento, sobre
from postventa.expedientes.bitacora import canonico, sha256
from postventa.expedientes.models import Expediente
from postventa.personas.documentos import TipoDocumento, mostrar
from postventa.personas.models import Rol
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.models import Observacion, Ticket
from tickets.inmuebles.garantia import TERMINOS, garantia_de
from tickets.inmuebles.models import ClaseElemento

CONFORMIDAD, INSPECCION = "conformidad", "inspeccion"
ORIGENES = {
    "recepcion_definitiva_el": "la recepción definitiva",
    "inscripcion_el": "la inscripción a nombre del comprador",
}


def documentos_de(ticket: Ticket) -> list[dict]:
    """Return the ticket's documents as {tipo, titulo, fecha, disponible, ordinal}. One query.

    The three kinds are always there; one that does not exist yet has `disponible` False and no
    `fecha`. Acts of conformity come by ordinal; the one still to be signed has ordinal None.
    """
    fijados = list(ticket.documentos.order_by("ordinal"))
    firmadas = [d for d in fijados if d.tipo == CONFORMIDAD]
    inspeccion = next((d for d in fijados if d.tipo == INSPECCION), None)
    filas = [
        _fila("comprobante", "Comprobante de ingreso", ticket.creado_en),
        _fila("acta_inspeccion", "Acta de inspección", inspeccion and inspeccion.creado_en),
        *(
            _fila("acta_conformidad", f"{_titulo(acta)}, firmada", acta.creado_en, acta.ordinal)
            for acta in firmadas
        ),
    ]
    if _espera_firma(ticket):
        titulo = "Acta de conformidad, sin firmar"
        filas.append(_fila("acta_conformidad", titulo, ticket.terminado_en))
    elif not firmadas:
        filas.append(_fila("acta_conformidad", "Acta de conformidad", None))
    return filas


def descargar(ticket: Ticket, tipo: str, ordinal: int | None = None) -> tuple[str, bytes]:
    """Return (filename, PDF) of a row of `documentos_de`; SinDocumento if there is none."""
    if tipo == "comprobante":
        return comprobante(ticket)
    if tipo == "acta_inspeccion":
        return acta_inspeccion(ticket)
    if tipo != "acta_conformidad":
        raise SinDocumento(f"No hay documentos de tipo {tipo!r}.")
    if ordinal is None:
        return acta_conformidad(acta_por_firmar(ticket))
    acta = ticket.documentos.filter(tipo=CONFORMIDAD, ordinal=ordinal).first()
    if acta is None:
        raise SinDocumento(f"El ticket {ticket.folio} no tiene el acta {ordinal}.")
    return acta_conformidad(acta)


def comprobante(ticket: Ticket) -> tuple[str, bytes]:
    """Return (filename, PDF) of the ticket's receipt. Three queries."""
    ticket = _leer(ticket)
    hechos = {
        **_del_caso(ticket, "Comprobante de ingreso"),
        "direccion": ", ".join(filter(None, [ticket.sede.direccion, ticket.sede.comuna])),
        "ingresado": _cuando(ticket.creado_en, ticket.sede.tz),
        "supervisor": str(ticket.responsable or ""),
        "promesa": _promesa(ticket, "contacto"),
        "espera": ticket.bloqueado_por.folio if ticket.bloqueado_por else "",
        "observaciones": [
            {**_de_observacion(o), "fotos": o.cuantas_fotos} for o in ticket.observaciones.all()
        ],
    }
    return _sellar(ticket, "comprobante", hechos, ticket.generado_en or ticket.creado_en)


def acta_inspeccion(ticket: Ticket) -> tuple[str, bytes]:
    """Return (filename, PDF) of the act that the inspection left stored. Two queries.

    SinDocumento if the ticket was not inspected.
    """
    acta = ticket.documentos.filter(tipo=INSPECCION).first()
    if acta is None:
        raise SinDocumento(f"El ticket {ticket.folio} todavía no tiene inspección.")
    caso = _caso_de(acta)
    nombre = f"acta-inspeccion-{caso.folio}"
    datos = sobre(caso, acta.canonico, acta.sha256, acta.creado_en, nombre)
    return f"{nombre}.pdf", componer("acta_inspeccion", datos)


def fijar_inspeccion(ticket: Ticket, tramite, actor, datos) -> None:
    """Store the act of the inspection, with the dates that it promises (I-T09)."""
    actas.fijar(ticket, INSPECCION, _hechos_de_inspeccion(ticket), tramite.ahora)


def _hechos_de_inspeccion(ticket: Ticket) -> dict:
    """What was decided, and what follows."""
    ticket = _leer(ticket, _inspecciones())
    (visita,) = ticket.inspecciones
    observaciones = [_decidida(ticket, o) for o in ticket.observaciones.all()]
    rechazadas = sum(o["decision"] == "rechazada" for o in observaciones)
    aprobadas = len(observaciones) - rechazadas
    return {
        **_del_caso(ticket, "Acta de inspección"),
        "visita": _de_visita(visita, ticket.sede.tz),
        "supervisor": str(visita.persona),
        "recibe": _quien_recibio(ticket, visita),
        "observaciones": observaciones,
        "aprobadas": aprobadas,
        "rechazadas": rechazadas,
        "trabajos": _promesa(ticket, "coordinar_trabajo"),
        "objecion": _promesa(ticket, "objecion"),
    }


def acta_por_firmar(ticket: Ticket) -> Documento:
    """The act as it would be signed now, not stored; SinDocumento if it is not time for it.

    Its hash is the one that the page of the signature shows.
    """
    if not _espera_firma(ticket):
        raise SinDocumento(f"El ticket {ticket.folio} no espera una firma.")
    texto = canonico(contenido_del_acta(ticket))
    return Documento(
        expediente_id=ticket.pk,
        tipo=CONFORMIDAD,
        canonico=texto,
        sha256=sha256(texto),
        creado_en=ticket.terminado_en,
    )


def acta_conformidad(documento: Documento) -> tuple[str, bytes]:
    """Return (filename, PDF) of an act: its stored text, its hash and its signature if any.

    Two queries; one for the act of `acta_por_firmar`.
    """
    caso = _caso_de(documento)
    firmas = Firma.objects.filter(documento_id=documento.pk).select_related("testigo")
    firma = firmas.first() if documento.pk else None
    nombre = f"acta-conformidad-{caso.folio}"
    if documento.ordinal > 1:
        nombre += f"-{documento.ordinal}"
    terminado = json.loads(documento.canonico)["terminado_en"]
    tz = caso.sede.tz
    datos = {
        **sobre(caso, documento.canonico, documento.sha256, documento.creado_en, nombre),
        "terminado": terminado and _cuando(datetime.fromisoformat(terminado), tz),
        "firma": firma and _de_firma(firma, tz),
    }
    return f"{nombre}.pdf", componer("acta_conformidad", datos)


def _caso_de(documento: Documento) -> Expediente:
    casos = Expediente.objects.select_related("empresa", "sede__empresa")
    return casos.get(pk=documento.expediente_id)


# --- facts


def _leer(ticket, *prefetch) -> Ticket:
    """The ticket with all that a document tells, in as many queries as tables it lists."""
    observaciones = Observacion.objects.annotate(cuantas_fotos=Count("fotos"))
    return (
        Ticket.objects.select_related(
            "empresa", "sede__empresa", "unidad", "cliente", "responsable", "bloqueado_por"
        )
        .prefetch_related(
            Prefetch("observaciones", observaciones.order_by("numero")), "plazos", *prefetch
        )
        .get(pk=ticket.pk)
    )


def _inspecciones() -> Prefetch:
    """The inspection that was held: there is one at most."""
    realizadas = Visita.objects.filter(tipo=Visita.Tipo.INSPECCION, estado=V.REALIZADA)
    return Prefetch("visitas", realizadas.select_related("persona"), to_attr="inspecciones")


def _del_caso(ticket, documento: str) -> dict:
    return {
        "documento": documento,
        "folio": ticket.folio,
        "proyecto": ticket.sede.nombre,
        "unidad": ticket.unidad.nombre,
        "propietario": {"nombre": ticket.cliente.nombre, "rut": ticket.cliente.documento},
    }


def _de_observacion(o) -> dict:
    return {
        "numero": o.numero,
        "recinto": o.recinto,
        "lugar": o.lugar,
        "item": o.item,
        "descripcion": o.descripcion,
    }


def _decidida(ticket, o) -> dict:
    return {
        **_de_observacion(o),
        "decision": "rechazada" if o.exclusion else "aprobada",
        "exclusion": {"codigo": o.exclusion, "texto": o.get_exclusion_display()},
        "motivo": o.fundamento,
        "garantia": _de_garantia(ticket, o.clase),
    }


def _de_garantia(ticket, clase) -> dict:
    """The legal term on the day of the ticket (dominio 10.1)."""
    clase = ClaseElemento(clase or ClaseElemento.OTRO)
    garantia = garantia_de(ticket.unidad, clase)
    al = ticket.creado_en.astimezone(ticket.sede.tz).date()
    return {
        "clase": clase.para_el_propietario,
        "anios": garantia.anios,
        "origen": ORIGENES[TERMINOS[clase][1]],
        "desde": _dia(garantia.desde_el),
        "hasta": _dia(garantia.hasta_el),
        "vencida": bool(garantia.esta_vencida(al)),
    }


def _de_visita(visita, tz) -> dict:
    llegada = (visita.llegada_en or visita.inicia_en).astimezone(tz)
    return {
        "cuando": dia_en_palabras(llegada.date(), con_anio=True),
        "horario": f"de {llegada:%H:%M} a {visita.cerrada_en.astimezone(tz):%H:%M}",
    }


def _quien_recibio(ticket, visita) -> dict:
    if visita.recibe_rol == Rol.REEMPLAZO:
        return {
            "nombre": visita.reemplazo_nombre,
            "rut": _rut(visita.reemplazo_documento),
            "rol": "reemplazo",
        }
    return {
        "nombre": ticket.cliente.nombre,
        "rut": ticket.cliente.documento,
        "rol": "propietario",
    }


def _promesa(ticket, codigo: str) -> dict | None:
    """The first clock of that code: what was promised, and why that date."""
    suyos = [p for p in ticket.plazos.all() if p.codigo == codigo]
    if not suyos:
        return None
    plazo = min(suyos, key=lambda p: p.ordinal)
    vence = en_palabras(plazo.vence_en, ticket.sede.tz, con_anio=True)
    return {"vence": vence.removeprefix("el "), "porque": plazo.explicacion}


def _de_firma(firma, tz) -> dict:
    return {
        "nombre": firma.nombre,
        "rut": _rut(firma.numero_documento),
        "rol": Rol(firma.rol).label,
        "cuando": _cuando(firma.firmado_en, tz),
        "metodo": firma.como,
        "testigo": str(firma.testigo or ""),
        "trazo": firma.trazo,
    }


def _rut(numero: str) -> str:
    return mostrar(TipoDocumento.RUT, numero) if "-" in numero else numero


def _cuando(instante: datetime, tz) -> str:
    return fecha_en_palabras(instante, tz, con_anio=True)


def _dia(fecha: date | None) -> str:
    return f"{fecha.day} de {MESES[fecha.month - 1]} de {fecha.year}" if fecha else ""


# --- sealing


def _sellar(ticket, plantilla: str, hechos: dict, fecha: datetime) -> tuple[str, bytes]:
    """Fix the facts in one text, hash it and compose the document that shows it."""
    texto = canonico(hechos)
    nombre = f"{plantilla.replace('_', '-')}-{ticket.folio}"
    datos = sobre(ticket, texto, sha256(texto), fecha, nombre)
    return f"{nombre}.pdf", componer(plantilla, datos)


# --- which there are


def _fila(tipo: str, titulo: str, fecha: datetime | None, ordinal: int | None = None) -> dict:
    return {
        "tipo": tipo,
        "titulo": titulo,
        "fecha": fecha,
        "disponible": fecha is not None,
        "ordinal": ordinal,
    }


def _titulo(acta) -> str:
    return "Acta de conformidad" + (f" {acta.ordinal}" if acta.ordinal > 1 else "")


def _espera_firma(ticket) -> bool:
    return ticket.estado == T.POR_FIRMAR and ticket.firmado_en is None
