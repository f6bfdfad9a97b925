"""Which verbs are possible now, for whom and what is missing: the same for every room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from postventa.consola.salas import ConsolaDeSala
from postventa.expedientes.salas import Sala
from postventa.personas.actores import Actor
from postventa.tramitacion.acciones import guarda_incumplida


@dataclass(frozen=True)
class Verbo:
    """A verb of an object. `falta` says what keeps it from being fired; empty if nothing does."""

    objeto: str
    instancia: Model
    verbo: str
    etiqueta: str
    falta: str = ""
    formulario: Any = None

    @property
    def clave(self) -> str:
        """How a link names it: `observacion-12-aprobar`."""
        return f"{self.objeto}-{self.instancia.pk}-{self.verbo}"


def verbos_posibles(
    sala: Sala,
    consola: ConsolaDeSala,
    caso: Model,
    partes: Mapping[str, Iterable[Model]],
    actor: Actor,
    ahora,
) -> list[Verbo]:
    """Verbs of the case and its parts whose machine allows them from here and that `actor` may
    fire, in the order in which the room lists its forms. A guard that does not hold keeps the verb
    with its reason; verbs without a form have no screen and are left out, and so are annotations
    that cannot be made now."""
    verbos = []
    for (nombre, verbo), formulario in consola.formularios.items():
        ficha = sala.objetos[nombre]
        for instancia in partes.get(nombre, ()) if ficha.padre else (caso,):
            if not _cabe(ficha, instancia, verbo, actor, ahora):
                continue
            if _es_de_otro(ficha, consola, instancia, verbo):
                continue
            verbos.append(
                Verbo(
                    nombre,
                    instancia,
                    verbo,
                    formulario.etiqueta_para(instancia) or ficha.etiqueta(verbo),
                    _falta(ficha, consola, formulario, instancia, verbo, ahora),
                )
            )
    return verbos


def _cabe(ficha, instancia, verbo, actor, ahora) -> bool:
    if anotacion := ficha.anotaciones.get(verbo):
        return not anotacion.impide(instancia, ahora) and anotacion.permiso(actor, instancia)
    transicion = getattr(instancia, verbo)._django_fsm.get_transition(instancia.estado)
    permiso = ficha.permisos.get(verbo)
    return transicion is not None and permiso is not None and permiso(actor, instancia)


def _es_de_otro(ficha, consola, instancia, verbo) -> bool:
    guarda = None if verbo in ficha.anotaciones else guarda_incumplida(instancia, verbo)
    return guarda is not None and guarda.__name__ in consola.ajenas


def _falta(ficha, consola, formulario, instancia, verbo, ahora) -> str:
    guarda = None if verbo in ficha.anotaciones else guarda_incumplida(instancia, verbo)
    if guarda is not None and guarda.__name__ not in consola.tecleadas:
        return ficha.guardas.get(guarda.__name__, "Aún no se puede.")
    return formulario.falta_para(instancia, ahora)
