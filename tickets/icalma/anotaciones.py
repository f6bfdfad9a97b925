"""What is noted on a ticket or a visit without moving it: answers, proposals, objections.

Each goes through the door (`tramitacion.acciones.anotar`) and stays in the audit like any verb.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from postventa.expedientes.salas import Anotacion
from postventa.personas.actores import SISTEMA
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado, exigir
from postventa.tramitacion.reasignar import NOTA, REASIGNAR
from postventa.visitas import agenda
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.icalma import permisos
from tickets.icalma.actos_visita import nombrar_reemplazo
from tickets.icalma.flujo import TERMINALES
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.palabras import objetable_hasta

PROPUESTA_HASTA = timedelta(days=60)
# What a ticket that ended by absence left undone, and goes on in the one that continues it.
POR_HACER = (O.PENDIENTE, O.APROBADA, O.RECHAZADA, O.EN_CONSULTA)
RESPUESTAS = ("parte", "no")


# --- the agreed visit


def _ya_empezo(visita, ahora: datetime) -> str:
    if visita.estado != V.COORDINADA or ahora >= visita.inicia_en:
        return "La visita ya empezó o ya no está coordinada."
    return ""


def ya_confirmada(visita, ahora: datetime) -> str:
    if visita.confirmada_en is not None:
        return "Esta visita ya está confirmada."
    return _ya_empezo(visita, ahora)


def confirmar_visita(visita, tramite, actor, datos):
    visita.confirmada_en = tramite.ahora
    visita.propuesta_inicia_en, visita.propuesta_en, visita.propuesta_nota = None, None, ""


def proponer_hora(visita, tramite, actor, datos):
    """Another hour, for the Supervisor to answer: it takes nobody's time until then."""
    inicia = datos.get("inicia_en")
    if inicia is None:
        raise DatosInvalidos({"inicia_en": "Elige el día y la hora que te acomodan."})
    sede = visita.expediente.sede
    objecion = agenda.objecion_al_horario(sede, inicia, inicia + _dura(visita), tramite.ahora)
    if not objecion and inicia > tramite.ahora + PROPUESTA_HASTA:
        objecion = f"Elige un día de los próximos {PROPUESTA_HASTA.days}."
    if objecion:
        raise DatosInvalidos({"inicia_en": objecion})
    datos["nota"] = str(datos.get("nota") or "").strip()[:300]
    visita.propuesta_inicia_en, visita.propuesta_nota = inicia, datos["nota"]
    visita.propuesta_en, visita.confirmada_en = tramite.ahora, None


def _dura(visita) -> timedelta:
    return visita.termina_en - visita.inicia_en


# --- replacement


def sin_reemplazo_posible(visita, ahora: datetime) -> str:
    """I-13: for the works, and announced before they start (2.6)."""
    if visita.tipo != Visita.Tipo.TRABAJO:
        return "El reemplazo es para la visita de trabajo: en la inspección debe estar el dueño."
    return _ya_empezo(visita, ahora)


def sin_reemplazo_que_quitar(visita, ahora: datetime) -> str:
    if not visita.reemplazo_documento:
        return "Esta visita no tiene un reemplazo registrado."
    return sin_reemplazo_posible(visita, ahora)


def quitar_reemplazo(visita, tramite, actor, datos):
    visita.reemplazo_nombre = visita.reemplazo_documento = visita.reemplazo_telefono = ""
    visita.reemplazo_registrado_en = None


# --- absences (D-14, TM-16)


def sin_objecion_posible(visita, ahora: datetime) -> str:
    ticket = visita.expediente
    if visita.estado != V.INASISTENCIA_CLIENTE:
        return "Esta visita no está registrada como inasistencia."
    if ticket.estado in TERMINALES and ticket.estado != T.RESUELTO_INASISTENCIA:
        return "El ticket terminó por otra razón: ya no hay inasistencia que objetar."
    if any(v.objetada_en for v in ticket.visitas.all()):
        return "Ya objetaste una inasistencia de este ticket: se puede una sola vez."
    if visita.objetable_hasta and ahora > visita.objetable_hasta:
        return f"El plazo para objetar esta inasistencia era hasta {objetable_hasta(visita)}."
    return ""


def objetar_inasistencia(visita, tramite, actor, datos):
    visita.motivo_objecion = datos["motivo"] = exigir(
        datos, "motivo", "Cuenta qué pasó ese día, para que el Jefe pueda decidir."
    )
    visita.objetada_en = tramite.ahora


def sin_objecion_que_resolver(visita, ahora: datetime) -> str:
    if visita.objetada_en is None:
        return "El propietario no ha objetado esta inasistencia."
    return "" if visita.objecion_acogida is None else "Esta objeción ya está resuelta."


def resolver_objecion(visita, tramite, actor, datos):
    """Upheld, that absence does not count; a ticket that ended by it goes on as a new one."""
    if not isinstance(datos.get("acoge"), bool):
        raise DatosInvalidos({"acoge": "Elige si acoges o rechazas la objeción."})
    visita.resolucion_objecion = datos["motivo"] = exigir(
        datos, "motivo", "Explica tu decisión: el propietario la leerá tal cual."
    )
    visita.objecion_acogida = datos["acoge"]
    if not datos["acoge"]:
        return
    ticket = tramite.caso
    ticket.inasistencias_seguidas = _seguidas(ticket, visita)
    ticket.save(update_fields=["inasistencias_seguidas"])
    if ticket.estado == T.RESUELTO_INASISTENCIA and (nuevo := _continuar(ticket, tramite)):
        datos["nuevo"] = nuevo.folio


def _seguidas(ticket: Ticket, fresca: Visita) -> int:
    """Absences in a row, counted again from the visits: a held one starts over (2.5)."""
    seguidas = 0
    for visita in ticket.visitas.order_by("pk"):
        visita = fresca if visita.pk == fresca.pk else visita
        if visita.estado == V.REALIZADA:
            seguidas = 0
        seguidas += visita.cuenta_como_inasistencia
    return seguidas


def _continuar(ticket: Ticket, tramite) -> Ticket | None:
    """A new ticket of the same home with what was not done: an ended one is never left."""
    pendientes = [o for o in ticket.observaciones.all() if o.estado in POR_HACER]
    if not pendientes:
        return None
    campos = ("recinto", "lugar", "item", "clase", "descripcion")
    copias = [Observacion(**{c: getattr(o, c) for c in campos}) for o in pendientes]
    try:
        nuevo = ingresar(
            ticket.unidad,
            ticket.cliente,
            copias,
            nonce=uuid4(),
            canal="objecion",
            ahora=tramite.ahora,
            por=SISTEMA,
            continua=ticket,
        )
    except NoAutorizado:
        raise Conflicto(
            "La vivienda cambió de dueño después de ese ticket: no puede seguir a su nombre.",
            ticket.estado,
        ) from None
    for copia, original in zip(copias, pendientes, strict=True):
        copia.fotos.set(original.fotos.all())
    return nuevo


# --- conformity


def no_espera_firma(ticket, ahora: datetime) -> str:
    if ticket.estado != T.POR_FIRMAR or ticket.firmado_en is not None:
        return "Este ticket no espera una firma en este momento."
    return ""


def responder_conformidad(ticket, tramite, actor, datos):
    """Which works are not right, each with its reason; the Supervisor agrees another visit."""
    if datos.get("respuesta") not in RESPUESTAS:
        raise DatosInvalidos({"respuesta": "Elige si no estás conforme con todo o con una parte."})
    ejecutadas = [o for o in ticket.observaciones.all() if o.estado == O.EJECUTADA]
    escritos = {str(k): str(v).strip()[:1000] for k, v in (datos.get("motivos") or {}).items()}
    reparos = {o.pk: escritos[str(o.pk)] for o in ejecutadas if escritos.get(str(o.pk))}
    if not reparos:
        raise DatosInvalidos({"motivos": "Marca al menos un trabajo y escribe qué quedó mal."})
    if datos["respuesta"] == "no" and len(reparos) < len(ejecutadas):
        raise DatosInvalidos({"motivos": "Escribe qué quedó mal en cada trabajo."})
    for observacion in ejecutadas:
        observacion.reparo = reparos.get(observacion.pk, "")
    Observacion.objects.bulk_update(ejecutadas, ["reparo"])
    datos["motivos"] = {str(pk): motivo for pk, motivo in reparos.items()}
    ticket.reparos_en = tramite.ahora


def reparos_de(ticket: Ticket) -> dict[int, str]:
    """{observation id: reason}, what the Supervisor's form of `rechazar_firma` starts with."""
    if ticket.reparos_en is None:
        return {}
    return {o.pk: o.reparo for o in ticket.observaciones.all() if o.reparo}


# --- somebody else's hand (TM-03)


def sin_ingreso_que_denunciar(ticket, ahora: datetime) -> str:
    if ticket.estado in TERMINALES:
        return "Este requerimiento ya terminó: no hay nada que detener."
    return "Ya nos avisaste: el Jefe de Postventa lo revisa." if ticket.denunciado_en else ""


def denunciar_ingreso(ticket, tramite, actor, datos):
    ticket.denunciado_en = tramite.ahora


TICKET = {
    REASIGNAR: replace(NOTA, permiso=permisos.anota(REASIGNAR, lambda ticket: ticket)),
    "denunciar_ingreso": Anotacion(
        "Desconocer el requerimiento",
        permisos.anota("denunciar_ingreso", lambda ticket: ticket),
        denunciar_ingreso,
        sin_ingreso_que_denunciar,
    ),
    "responder_conformidad": Anotacion(
        "Decir qué no está conforme",
        permisos.anota("responder_conformidad", lambda ticket: ticket),
        responder_conformidad,
        no_espera_firma,
    ),
}
VISITA = {
    que: Anotacion(etiqueta, permisos.anota(que, lambda v: v.expediente), escribir, impide)
    for que, etiqueta, escribir, impide in (
        ("confirmar_visita", "Confirmar la visita", confirmar_visita, ya_confirmada),
        ("proponer_hora", "Proponer otra hora", proponer_hora, _ya_empezo),
        ("nombrar_reemplazo", "Registrar reemplazo", nombrar_reemplazo, sin_reemplazo_posible),
        ("quitar_reemplazo", "Quitar reemplazo", quitar_reemplazo, sin_reemplazo_que_quitar),
        (
            "objetar_inasistencia",
            "Objetar la inasistencia",
            objetar_inasistencia,
            sin_objecion_posible,
        ),
        (
            "resolver_objecion",
            "Resolver la objeción",
            resolver_objecion,
            sin_objecion_que_resolver,
        ),
    )
}
