"""What the on-site screen shows: where the visit is, one observation at a time, what comes next."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from postventa.calendario.palabras import fecha_corta
from postventa.documentos.actas import huella
from postventa.expedientes.salas import sala_de
from postventa.personas.actores import Actor, roles_en
from postventa.personas.models import Rol
from postventa.visitas.flujo import EstadoVisita as V
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.en_terreno import forms as f
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.forms_observacion import garantia_en_palabras

# Who may hold the phone while somebody else signs on it.
TESTIGOS = {Rol.SUPERVISOR, Rol.MAESTRO}
INSPECCION = {"decidir": (f.Decidir, "aprobar")}
TRABAJO = {"ejecutar": (f.Ejecutar, "ejecutar")}
DE_VISITA = {
    "ingreso": (f.Ingreso, "iniciar"),
    "ausencia": (f.Ausencia, "registrar_inasistencia_cliente"),
    "terminar": (f.Terminar, "realizar"),
}


@dataclass
class Tarea:
    """One observation on the screen, with its form if it can be decided or done now."""

    o: Any
    garantia: dict
    formulario: Any = None
    accion: str = ""
    abierta: bool = False


def formularios_de(visita, usuario) -> dict[str, tuple]:
    """Action -> (form, object) of what this person may do on this visit now."""
    ticket, actor = visita.expediente, Actor.de(usuario)
    if visita != ticket.ultima_visita():
        return {}
    posibles = {
        accion: (clase, visita)
        for accion, (clase, verbo) in DE_VISITA.items()
        if _cabe("visita", visita, verbo, actor)
    }
    for o in _suyas(visita):
        for accion, (clase, verbo) in (INSPECCION | TRABAJO).items():
            if visita.estado == V.EN_CURSO and _cabe("observacion", o, verbo, actor):
                if accion == ("ejecutar" if _es_trabajo(visita) else "decidir"):
                    posibles[f"{accion}-{o.pk}"] = (clase, o)
    if _es_trabajo(visita) and visita.estado == V.EN_CURSO:
        pendientes = any(o.estado == O.APROBADA for o in ticket.observaciones.all())
        if pendientes and _cabe("ticket", ticket, "coordinar_otra_visita", actor):
            posibles["otra"] = (f.OtraVisita, visita)
    if se_firma(visita) and es_testigo(ticket, actor):
        posibles["firma"] = (f.Firmar, visita)
    return posibles


def se_firma(visita) -> bool:
    ticket = visita.expediente
    return (
        _es_trabajo(visita)
        and visita.estado == V.REALIZADA
        and ticket.estado == T.POR_FIRMAR
        and ticket.firmado_en is None
    )


def es_testigo(ticket, actor: Actor) -> bool:
    return bool(TESTIGOS & roles_en(actor, ticket.empresa_id, ticket.sede_id))


def _es_trabajo(visita) -> bool:
    return visita.tipo == visita.Tipo.TRABAJO


def _cabe(nombre, instancia, verbo, actor) -> bool:
    ficha = sala_de("icalma").objetos[nombre]
    transicion = getattr(instancia, verbo)._django_fsm.get_transition(instancia.estado)
    return transicion is not None and ficha.permisos[verbo](actor, instancia)


def _suyas(visita) -> list:
    """What the visit is for: every observation of an inspection; of the works, what is approved
    (also what the Jefe upheld meanwhile) and what was already done."""
    todas = list(visita.expediente.observaciones.all())
    if not _es_trabajo(visita):
        return todas
    return [o for o in todas if o.estado in (O.APROBADA, O.EJECUTADA, O.CONFORME)]


def contexto(visita, usuario, ahora, *, atado=None, accion="") -> dict:
    """What the template needs; `atado` is the form of `accion` as it was posted and refused."""
    ticket = visita.expediente
    posibles = formularios_de(visita, usuario)
    hechos = {
        nombre: atado
        if nombre == accion and atado is not None
        else clase(
            None,
            caso=ticket,
            objeto=objeto,
            usuario=usuario,
            ahora=ahora,
            auto_id=f"{nombre}_%s",
        )
        for nombre, (clase, objeto) in posibles.items()
    }
    tareas = [_tarea(o, ticket, hechos) for o in _suyas(visita)]
    _abrir_una(tareas, accion)
    resueltas = sum(_resuelta(visita, t.o) for t in tareas)
    return {
        "visita": visita,
        "caso": ticket,
        "tz": ticket.sede.tz,
        "es_trabajo": _es_trabajo(visita),
        "es_vieja": visita != ticket.ultima_visita(),
        "f": hechos,
        "accion": accion,
        "tareas": tareas,
        "resueltas": resueltas,
        "faltan": len(tareas) - resueltas,
        "falta_ausencia": f.Ausencia.falta_para(visita, ahora),
        "falta_terminar": f.Terminar.falta_para(visita, ahora) if "terminar" in hechos else "",
        "acta": _acta(ticket) if "firma" in hechos else None,
        "cuando": fecha_corta(visita.inicia_en, ticket.sede.tz, ahora),
        "nueva_clave": uuid4,
    }


def _tarea(o, ticket, hechos) -> Tarea:
    accion = next((a for a in hechos if a.endswith(f"-{o.pk}")), "")
    return Tarea(o, garantia_en_palabras(o, ticket), hechos.get(accion), accion)


def _abrir_una(tareas, accion) -> None:
    """One observation open at a time: the one just refused, or the first that waits."""
    con_formulario = [t for t in tareas if t.formulario]
    elegida = next((t for t in con_formulario if t.accion == accion), None)
    if elegida or con_formulario:
        (elegida or con_formulario[0]).abierta = True


def _resuelta(visita, o) -> bool:
    return o.estado != (O.APROBADA if _es_trabajo(visita) else O.PENDIENTE)


def _acta(ticket) -> dict:
    contenido = contenido_del_acta(ticket)
    sello = huella(contenido)
    legible = " ".join(sello[i : i + 8] for i in range(0, 64, 8))
    return {**contenido, "huella": sello, "huella_legible": legible}
