"""What may be done in a visit now, and what its page shows."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from postventa.calendario.palabras import fecha_corta
from postventa.expedientes.salas import sala_de
from postventa.personas.actores import Actor
from postventa.visitas.flujo import EstadoVisita as V
from tickets.ingevec.dia import forms as f
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.flujo import con_estado
from tickets.inmuebles.garantia import garantia_de

DE_VISITA = {
    "ingreso": (f.Ingreso, "iniciar"),
    "ausencia": (f.Ausencia, "registrar_inasistencia_cliente"),
    "terminar": (f.Terminar, "realizar"),
}
DE_REQUERIMIENTO = {
    R.PENDIENTE: ("diagnosticar", f.Diagnosticar, "corresponder"),
    R.CORRESPONDE: ("ejecutar", f.Ejecutar, "ejecutar"),
}


@dataclass
class Tarea:
    """One requerimiento on the screen, with its form if something can be done with it now."""

    r: Any
    garantia: Any
    formulario: Any = None
    accion: str = ""
    abierta: bool = False


def formularios_de(visita, usuario) -> dict[str, tuple]:
    """Action -> (form, object) of what this person may do in this visit now."""
    solicitud, actor = visita.expediente, Actor.de(usuario)
    if visita != solicitud.ultima_visita():
        return {}
    posibles = {
        accion: (clase, visita)
        for accion, (clase, verbo) in DE_VISITA.items()
        if _cabe("visita", visita, verbo, actor)
    }
    if visita.estado != V.EN_CURSO:
        return posibles
    en_obra = solicitud.estado == E.EN_EJECUCION
    for r in solicitud.requerimientos.all():
        accion, clase, verbo = DE_REQUERIMIENTO.get(r.estado, ("", None, ""))
        # What is covered is executed once the works have begun, never in the inspection.
        if (
            accion
            and (r.estado == R.PENDIENTE or en_obra)
            and _cabe("requerimiento", r, verbo, actor)
        ):
            posibles[f"{accion}-{r.pk}"] = (clase, r)
    posibles |= _del_caso(solicitud, actor)
    return posibles


def _del_caso(solicitud, actor) -> dict:
    corresponden = bool(con_estado(solicitud, R.CORRESPONDE))
    pendientes = bool(con_estado(solicitud, R.PENDIENTE))
    posibles = {}
    if solicitud.estado == E.ATENCION_INMEDIATA and corresponden and not pendientes:
        if _cabe("solicitud", solicitud, "iniciar_trabajos", actor):
            posibles["reparar"] = (f.EmpezarTrabajos, solicitud)
    if solicitud.estado == E.EN_EJECUCION and corresponden:
        if _cabe("solicitud", solicitud, "interrumpir_trabajos", actor):
            posibles["otra"] = (f.OtraVisita, solicitud)
    return posibles


def _cabe(nombre, instancia, verbo, actor) -> bool:
    ficha = sala_de("ingevec").objetos[nombre]
    transicion = getattr(instancia, verbo)._django_fsm.get_transition(instancia.estado)
    return transicion is not None and ficha.permisos[verbo](actor, instancia)


def contexto(visita, usuario, ahora, *, atado=None, accion="") -> dict:
    """What the template needs; `atado` is the form of `accion` as it was posted and refused."""
    solicitud = visita.expediente
    hechos = {
        nombre: atado
        if nombre == accion and atado is not None
        else clase(
            None, caso=solicitud, objeto=objeto, usuario=usuario, ahora=ahora,
            auto_id=f"{nombre}_%s",
        )
        for nombre, (clase, objeto) in formularios_de(visita, usuario).items()
    }  # fmt: skip
    tareas = [_tarea(r, solicitud, hechos) for r in _suyos(visita)]
    _abrir_una(tareas, accion)
    listos = sum(t.r.estado not in (R.PENDIENTE, _por_hacer(solicitud)) for t in tareas)
    return {
        "visita": visita,
        "caso": solicitud,
        "tz": solicitud.sede.tz,
        "es_trabajo": visita.tipo == visita.Tipo.TRABAJO,
        "es_vieja": visita != solicitud.ultima_visita(),
        "f": hechos,
        "accion": accion,
        "tareas": tareas,
        "listos": listos,
        "falta_ausencia": f.Ausencia.falta_para(visita, ahora),
        "falta_terminar": f.Terminar.falta_para(visita, ahora) if "terminar" in hechos else "",
        "cuando": fecha_corta(visita.inicia_en, solicitud.sede.tz, ahora),
        "nueva_clave": uuid4,
    }


def _por_hacer(solicitud) -> str:
    """What waits in a visit of works; in a diagnosis, only what has none."""
    en_obra = solicitud.estado in (E.TRABAJOS_AGENDADOS, E.EN_EJECUCION)
    return R.CORRESPONDE if en_obra else R.PENDIENTE


def _suyos(visita) -> list:
    """What the visit is for, and what joined it on the way."""
    todos = list(visita.expediente.requerimientos.all())
    if visita.tipo != visita.Tipo.TRABAJO:
        return todos
    return [r for r in todos if r.estado in (R.CORRESPONDE, R.EJECUTADO, R.CONFORME)]


def _tarea(r, solicitud, hechos) -> Tarea:
    accion = next((a for a in hechos if a.endswith(f"-{r.pk}")), "")
    garantia = garantia_de(solicitud.unidad, r.clase) if r.clase else None
    return Tarea(r, garantia, hechos.get(accion), accion)


def _abrir_una(tareas, accion) -> None:
    """One open at a time: the one just refused, or the first that waits."""
    con_formulario = [t for t in tareas if t.formulario]
    elegida = next((t for t in con_formulario if t.accion == accion), None)
    if elegida or con_formulario:
        (elegida or con_formulario[0]).abierta = True
