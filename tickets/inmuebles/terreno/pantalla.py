"""What a room says of its on-site screen, and what the page shows: one part at a time."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db.models import Prefetch

from postventa.calendario.palabras import fecha_corta
from postventa.consola.alcances import acotar
from postventa.expedientes import subidas
from postventa.expedientes.salas import sala_de
from postventa.personas.actores import Actor
from postventa.tramitacion.acciones import DEL_CASO
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita

GUIONES = (
    "js/reducir.js",
    "js/terreno_fallas.js",
    "js/terreno_guardadas.js",
    "js/terreno_fotos.js",
    "js/terreno.js",
)


@dataclass
class Tarea:
    """One thing that the visit is for, as it is read on a phone, with its form if it can be
    decided or done now. `notas` are read while it is; `dichos`, afterwards: (label, text)."""

    parte: Any
    titulo: str
    nombre: str
    lugar: str = ""
    relato: str = ""
    garantia: dict | None = None
    notas: list[tuple[str, str]] = field(default_factory=list)
    dichos: list[tuple[str, str]] = field(default_factory=list)
    formulario: Any = None
    accion: str = ""
    abierta: bool = False


class Pantalla:
    """The frame of the on-site screen. A room says the rest in a subclass, with one instance."""

    tipo = ""
    modelo: type
    # Related name of the parts of its case, and the field of a part that leads back to it.
    partes, vuelta = "", ""
    plantilla = ""
    pildora = ""
    # Page of the case in the console, and of a file of it.
    url_caso, url_adjunto = "", ""
    # Action -> (form, verb) over the visit itself.
    de_visita: dict[str, tuple] = {}
    # Actions over a part: they may carry photos.
    de_parte: tuple[str, ...] = ()
    lee_ademas: tuple = ()

    # --- what the room answers

    def accion_de(self, visita, parte) -> tuple | None:
        """(action, form, verb) that this part waits for in this visit; None if nothing."""
        raise NotImplementedError

    def del_caso(self, visita, actor) -> dict[str, tuple]:
        """Action -> (form, object) of what else may be done now."""
        return {}

    def suyas(self, visita) -> list:
        """The parts that the visit is for, and what joined it on the way."""
        raise NotImplementedError

    def esta_lista(self, visita, parte) -> bool:
        raise NotImplementedError

    def tarea(self, visita, parte) -> Tarea:
        raise NotImplementedError

    def actua(self, visita, usuario) -> bool:
        """Whether this person may do anything in this visit, before looking at each verb."""
        return True

    def completar(self, acto, request) -> None:
        """Add to an act what only the request knows."""

    def mas(self, visita, formularios, usuario) -> dict:
        """What only the room's template needs."""
        return {}

    # --- the frame

    def visita(self, usuario, pk) -> Visita | None:
        """A visit of one's own companies and places, tied to its case read once; None if it is
        not there."""
        propios = acotar(self.modelo.objects.all(), usuario).filter(visitas__pk=pk)
        caso = (
            propios.select_related(*DEL_CASO, "unidad")
            .prefetch_related(
                Prefetch("visitas", Visita.objects.select_related("persona")),
                f"{self.partes}__fotos",
                f"{self.partes}__fotos_personal",
                *self.lee_ademas,
            )
            .first()
        )
        if caso is None:
            return None
        for parte in self.partes_de(caso):
            setattr(parte, self.vuelta, caso)
        visita = next(v for v in caso.visitas.all() if v.pk == pk)
        visita.expediente = caso
        return visita

    def partes_de(self, caso) -> list:
        return list(getattr(caso, self.partes).all())

    def formularios_de(self, visita, usuario) -> dict[str, tuple]:
        """Action -> (form, object) of what this person may do in this visit now."""
        if visita != visita.expediente.ultima_visita() or not self.actua(visita, usuario):
            return {}
        actor = Actor.de(usuario)
        posibles = {
            accion: (clase, visita)
            for accion, (clase, verbo) in self.de_visita.items()
            if self.cabe(visita, verbo, actor)
        }
        for parte in self.suyas(visita) if visita.estado == V.EN_CURSO else ():
            accion, clase, verbo = self.accion_de(visita, parte) or ("", None, "")
            if accion and self.cabe(parte, verbo, actor):
                posibles[f"{accion}-{parte.pk}"] = (clase, parte)
        return posibles | self.del_caso(visita, actor)

    def cabe(self, instancia, verbo, actor) -> bool:
        """The machine goes from here by that verb, and this actor may fire it."""
        sala = sala_de(self.tipo)
        ficha = sala.objetos[sala.nombre_de(instancia)]
        transicion = getattr(instancia, verbo)._django_fsm.get_transition(instancia.estado)
        return transicion is not None and ficha.permisos[verbo](actor, instancia)

    def lleva_fotos(self, accion: str) -> bool:
        return accion.partition("-")[0] in self.de_parte

    def contexto(self, visita, usuario, ahora, *, atado=None, accion="") -> dict:
        """What the template needs; `atado` is the form of `accion` as it was posted and refused."""
        caso, tz = visita.expediente, visita.expediente.sede.tz
        hechos = {
            nombre: atado
            if nombre == accion and atado is not None
            else clase(
                None, caso=caso, objeto=objeto, usuario=usuario, ahora=ahora,
                auto_id=f"{nombre}_%s",
            )
            for nombre, (clase, objeto) in self.formularios_de(visita, usuario).items()
        }  # fmt: skip
        tareas = [self._tarea(visita, parte, hechos) for parte in self.suyas(visita)]
        _abrir_una(tareas, accion)
        listas = sum(self.esta_lista(visita, t.parte) for t in tareas)
        ausencia, terminar = hechos.get("ausencia"), hechos.get("terminar")
        return {
            "visita": visita,
            "caso": caso,
            "tz": tz,
            "es_trabajo": visita.tipo == visita.Tipo.TRABAJO,
            "es_vieja": visita != caso.ultima_visita(),
            "f": hechos,
            "accion": accion,
            "tareas": tareas,
            "listas": listas,
            "falta_ausencia": ausencia.falta_para(visita, ahora) if ausencia else "",
            "falta_terminar": terminar.falta_para(visita, ahora) if terminar else "",
            "cuando": fecha_corta(visita.inicia_en, tz, ahora),
            "nueva_clave": uuid4,
            "guiones": GUIONES,
            "pildora": self.pildora,
            "adjunto": self.url_adjunto,
            "acepta": subidas.ACEPTA,
            "maximo_fotos": subidas.POR_OBSERVACION,
            **self.mas(visita, hechos, usuario),
        }

    def _tarea(self, visita, parte, hechos) -> Tarea:
        tarea = self.tarea(visita, parte)
        tarea.accion = next((a for a in hechos if a.endswith(f"-{parte.pk}")), "")
        tarea.formulario = hechos.get(tarea.accion)
        return tarea


def _abrir_una(tareas, accion) -> None:
    """One open at a time: the one just refused, or the first that waits."""
    con_formulario = [t for t in tareas if t.formulario]
    elegida = next((t for t in con_formulario if t.accion == accion), None)
    if elegida or con_formulario:
        (elegida or con_formulario[0]).abierta = True
