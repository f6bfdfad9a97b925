"""What the assisted entry shows of a home: who owns it, its history and the sentence to read."""

from datetime import datetime

from django.urls import reverse

from postventa.calendario.palabras import fecha_corta, vence_en_palabras
from postventa.consola.contexto import zona_de
from postventa.consola.toma.marco import (
    Anterior,
    Frase,
    Hallada,
    con_parecidos,
    historia,
    raices_de,
)
from postventa.plazos.calculo import calcular_plazo
from postventa.plazos.reloj import plazos_de, politica_vigente
from tickets.icalma.asistido import permiso
from tickets.icalma.flujo import TERMINALES
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.models import Ticket
from tickets.inmuebles.busqueda import hallar
from tickets.inmuebles.models import Unidad

HALLADAS, ANTERIORES = 8, 8


def buscar(usuario, texto: str, ahora: datetime) -> tuple[list[Hallada], bool]:
    """The owners of today of the homes that the text names, and whether there are more."""
    suyas = permiso.propiedades(usuario, ahora)
    unidades = Unidad.objects.filter(pk__in=suyas.values("unidad_id"))
    hoy = ahora.astimezone(zona_de(usuario)).date()
    filas = [
        _hallada(propiedad, unidad)
        for unidad in hallar(unidades, texto, hoy)[: HALLADAS + 1]
        for propiedad in unidad.duenios
    ]
    return filas[:HALLADAS], len(filas) > HALLADAS


def _hallada(propiedad, unidad) -> Hallada:
    cliente = propiedad.cliente
    return Hallada(
        cliente.nombre,
        f"{cliente.documento} · {unidad.proyecto.nombre}, {unidad.nombre}",
        reverse("admin:icalma_asistido_ingreso", args=[propiedad.pk]),
    )


def anteriores_de(unidad, ahora: datetime, texto: str = "") -> list[Anterior]:
    """What the home asked for, the open ones first and the alike ahead of them."""
    suyos = Ticket.objects.filter(unidad=unidad).prefetch_related("observaciones")
    filas = [_anterior(t, unidad.proyecto.tz, ahora) for t in suyos.order_by("-pk")[:ANTERIORES]]
    return con_parecidos(filas, texto)


def _anterior(ticket, zona, ahora) -> Anterior:
    observaciones = list(ticket.observaciones.all())
    es_abierto = ticket.estado not in TERMINALES
    dicho = " ".join(f"{o.item} {o.descripcion}" for o in observaciones)
    return Anterior(
        folio=ticket.folio,
        que="; ".join(f"{o.item}, {o.recinto}" for o in observaciones)[:90],
        cuando=fecha_corta(ticket.creado_en, zona, ahora),
        url=reverse("admin:icalma_ticket_change", args=[ticket.pk]),
        estado=ticket.estado,
        estado_en_palabras=ticket.get_estado_display(),
        es_abierta=es_abierto,
        raices=raices_de(dicho) if es_abierto else frozenset(),
    )


def contexto_de(propiedad, ahora: datetime, filas, *, concedido, desafio) -> dict:
    """What the template needs. `concedido`: the code was right; `desafio`: one was asked for."""
    unidad, cliente = propiedad.unidad, propiedad.cliente
    anteriores = anteriores_de(unidad, ahora, " ".join(fila.contado() for fila in filas))
    espera = _sin_firmar(unidad)
    frase = _frase(propiedad, ahora, espera, concedido=concedido, pedido=desafio)
    return {
        **historia(unidad.nombre, unidad.entrega_el, anteriores, "consola/icalma/pildora.html"),
        "elegida": propiedad,
        "propiedad": propiedad,
        "cliente": cliente,
        "unidad": unidad,
        "filas": filas,
        "concedido": concedido,
        "pedido": desafio,
        "espera": espera,
        "frases": [Frase("", frase, "Ingresar el requerimiento")],
        "leer": (frase, "", ""),
    }


def _sin_firmar(unidad) -> Ticket | None:
    """The ticket whose signature parks a new one (I-15)."""
    suyos = Ticket.objects.filter(unidad=unidad, estado=T.POR_FIRMAR, firmado_en=None)
    return suyos.order_by("pk").first()


def _frase(propiedad, ahora, espera, *, concedido, pedido) -> str:
    """The sentence of this moment of the call."""
    if not propiedad.cliente.correo:
        return (
            "No tenemos un correo tuyo registrado y sin él no puedo enviarte el código. "
            "Primero actualizamos tu contacto."
        )
    if concedido:
        pregunta = "Cuéntame qué falla, recinto por recinto: lo que se olvide necesita otro ticket."
        return f"{pregunta} {_que_sigue(propiedad.unidad.proyecto, ahora, espera)}"
    if pedido:
        return "Díctame los 6 dígitos del correo que te acabamos de enviar, por favor."
    return "Te va a llegar un correo con un código de 6 dígitos. Díctamelo, por favor."


def _que_sigue(proyecto, ahora, espera) -> str:
    if espera:
        return f"Este quedará en espera hasta que firmes el {espera.folio}."
    politica = politica_vigente(proyecto.empresa_id, "contacto")
    vence = calcular_plazo(politica, proyecto, ahora).vence_en
    return f"Te llamaremos a más tardar {vence_en_palabras(vence, proyecto.tz)}."


def leer_al_final(ticket) -> str:
    """The sentence to read out once it is in."""
    if ticket.estado == T.RETENIDO:
        return (
            f"Lee al cliente: tu requerimiento es el {ticket.folio}. Queda en espera hasta que "
            f"firmes el {ticket.bloqueado_por.folio}."
        )
    cuando = ""
    if plazo := next((p for p in plazos_de(ticket) if p.codigo == "contacto"), None):
        vence = vence_en_palabras(plazo.vence_en, ticket.sede.tz)
        cuando = f" Te llamaremos a más tardar {vence}."
    return f"Lee al cliente: tu requerimiento es el {ticket.folio}.{cuando}"
