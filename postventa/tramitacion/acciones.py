"""THE DOOR: the only way in which an object of the domain changes state.

Whoever asks (portal, console, Celery, import) calls `tramitar`. Lock order everywhere: what the
room locks first (a unit), cases by pk, clocks.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models, transaction
from django_fsm import TransitionNotAllowed

from postventa.avisos import outbox
from postventa.calendario import hora
from postventa.expedientes import bitacora
from postventa.expedientes.models import Expediente, Situacion
from postventa.expedientes.salas import Objeto, Sala, sala_de, todas
from postventa.personas.actores import SISTEMA, Actor
from postventa.plazos import reloj
from postventa.plazos.calculo import espera_de_apertura
from postventa.plazos.models import ABIERTOS
from postventa.plazos.semanas import tocar_las_de, tocar_vencidos
from postventa.sentencias import Escritura, Valor, actualizar
from postventa.tramitacion.errores import Conflicto, NoAutorizado

# What every act reads of its case, in the one query that loads it.
DEL_CASO = (
    "empresa__calendario",
    "empresa__jornada",
    "sede__empresa__calendario",
    "sede__empresa__jornada",
    "sede__calendario_propio",
    "sede__jornada_propia",
    "cliente",
    "responsable",
)

# What the door writes on the case's common row at the end of every act.
COPIADOS = (
    "etapa",
    "situacion",
    "proximo_vence_en",
    "cerrado_en",
    "cadena_largo",
    "cadena_cabeza",
)


@dataclass
class Tramite:
    """One entry through the door: the locked case and what must be told at the end."""

    sala: Sala
    caso: Any
    ahora: datetime
    canal: str
    avisos: list = field(default_factory=list)
    # Who answered for it when it came in; None of a case that is being born.
    de: int | None = None

    @property
    def plazos(self) -> list:
        """The case's clocks; what the door opens is added here."""
        return reloj.plazos_de(self.caso)

    @cached_property
    def apertura(self) -> datetime | None:
        """When the case's place opens next; None if it is open."""
        return espera_de_apertura(self.caso.sede, self.ahora)

    def abiertos(self, codigo: str) -> list:
        """Clocks of the case of that code that have not stopped."""
        return [p for p in self.plazos if p.codigo == codigo and p.estado in ABIERTOS]


def tramitar(
    objeto: models.Model,
    verbo: str,
    por: Any,
    *,
    canal: str = "consola",
    ahora: datetime | None = None,
    visto: int | None = None,
    savepoint: bool = True,
    **datos: Any,
):
    """Fire `verbo` on `objeto` (a case or a part of one) and return the case, saved.

    `por` is a Usuario, a Cliente or an Actor. `visto` is the `cadena_largo` of the page that the
    person was looking at: if the case moved since, nothing is done. Raises NoAutorizado,
    Conflicto or DatosInvalidos; then nothing has been written: without a `savepoint`, once the
    caller's own transaction is undone by it.
    """
    return _por_la_puerta(_paso, objeto, verbo, por, canal, ahora, visto, datos, savepoint)


def anotar(
    objeto: models.Model,
    que: str,
    por: Any,
    *,
    canal: str = "consola",
    ahora: datetime | None = None,
    visto: int | None = None,
    **datos: Any,
):
    """Add the fact `que` to `objeto`, whose state stays as it is; return the case, saved.

    The same door as `tramitar`, with the same lock, audit, messages and refusals.
    """
    return _por_la_puerta(_nota, objeto, que, por, canal, ahora, visto, datos)


def _por_la_puerta(
    como: Callable, objeto, que: str, por, canal, ahora, visto, datos: dict, savepoint=True
):
    actor = Actor.de(por)
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic(savepoint=savepoint):
        tramite = _entrar(objeto, que, ahora, canal)
        if visto is not None and visto != tramite.caso.cadena_largo:
            raise Conflicto(
                "El caso cambió mientras mirabas esta página. Revisa cómo está ahora e inténtalo "
                "de nuevo.",
                tramite.caso.etapa,
            )
        como(tramite, objeto, que, actor, datos)
        _salir(tramite)
    return tramite.caso


def _entrar(objeto, verbo, ahora, canal) -> Tramite:
    """Lock in the house's order and only then read."""
    if isinstance(objeto, Expediente) and objeto._state.adding:
        sala = sala_de(objeto.tipo)
        sala.bloquear(sala.nombre_de(objeto), objeto, verbo)
        objeto.plazos_en_mano = []
        return Tramite(sala, objeto, ahora, canal)
    sala, expediente_id = sala_y_caso(objeto)
    sala.bloquear(sala.nombre_de(objeto), objeto, verbo)
    Expediente.objects.select_for_update(no_key=True).only("pk").get(pk=expediente_id)
    ficha = sala.caso
    caso = ficha.modelo.objects.select_related(*DEL_CASO, *ficha.relacionados).get(pk=expediente_id)
    return Tramite(sala, caso, ahora, canal, de=caso.responsable_id)


def sala_y_caso(objeto) -> tuple[Sala, int]:
    """Room and case id of a case or of a part of one; LookupError if no room knows it."""
    if isinstance(objeto, Expediente):
        return sala_de(objeto.tipo), objeto.pk
    for sala in todas():
        for ficha in sala.objetos.values():
            if ficha.padre and isinstance(objeto, ficha.modelo):
                expediente_id = getattr(objeto, f"{ficha.padre}_id")
                tipo = Expediente.objects.values_list("tipo", flat=True).get(pk=expediente_id)
                return sala_de(tipo), expediente_id
    raise LookupError(f"{type(objeto).__name__} no es parte de un expediente")


def _paso(tramite: Tramite, objeto, verbo: str, actor: Actor, datos: dict) -> None:
    """One transition and all that follows from it, on the case already locked."""
    nombre = tramite.sala.nombre_de(objeto)
    ficha = tramite.sala.objetos[nombre]
    fresco = _releer(tramite, ficha, objeto)
    exigir_permiso(ficha, fresco, verbo, actor)
    acto = ficha.actos.get(verbo)
    antes = fresco.estado
    exigir_origen(ficha, fresco, verbo)
    if acto and acto.preparar:
        acto.preparar(fresco, tramite, actor, datos)
    _transitar(ficha, fresco, verbo, {**datos, "ahora": tramite.ahora})
    _guardar(tramite, fresco)
    if acto and acto.completar:
        acto.completar(fresco, tramite, actor, datos)
    _registrar(tramite, nombre, fresco, verbo, antes, actor, datos)
    _mover_relojes(tramite, nombre, fresco, verbo, actor)
    if tramite.caso.situacion == Situacion.CERRADO:
        reloj.cancelar(_que_terminan(tramite), tramite.ahora, actor.nombre)
    if acto and acto.fijar:
        acto.fijar(fresco, tramite, actor, datos)
    _encolar(tramite, nombre, fresco, verbo, datos)
    _consecuencias(tramite, nombre, fresco, verbo, datos)


def _nota(tramite: Tramite, objeto, que: str, actor: Actor, datos: dict) -> None:
    """One annotation, its clocks and what it is told: the state stays where it is."""
    nombre = tramite.sala.nombre_de(objeto)
    ficha = tramite.sala.objetos[nombre]
    fresco = _releer(tramite, ficha, objeto)
    anotacion = ficha.anotaciones.get(que)
    if anotacion is None:
        raise Conflicto(f"No existe la anotación «{que}».", fresco.estado)
    if not anotacion.permiso(actor, fresco):
        raise NoAutorizado(f"No puedes hacer esto: {anotacion.etiqueta.lower()}.")
    if motivo := anotacion.impide(fresco, tramite.ahora):
        raise Conflicto(motivo, fresco.estado)
    anotacion.escribir(fresco, tramite, actor, datos)
    _guardar(tramite, fresco)
    _registrar(tramite, nombre, fresco, que, fresco.estado, actor, datos)
    _mover_relojes(tramite, nombre, fresco, que, actor)
    _encolar(tramite, nombre, fresco, que, datos)
    _consecuencias(tramite, nombre, fresco, que, datos)


def _registrar(tramite, nombre, objeto, verbo, antes, actor, datos) -> None:
    bitacora.anotar(
        tramite.caso,
        objeto=nombre,
        objeto_id=objeto.pk,
        verbo=verbo,
        antes=antes,
        despues=objeto.estado,
        actor=actor,
        canal=tramite.canal,
        ahora=tramite.ahora,
        datos={k: _anotable(v) for k, v in datos.items()},
    )


def _releer(tramite, ficha: Objeto, objeto):
    """The locked case itself, or its part read again under the lock and tied to it."""
    if not ficha.padre:
        return tramite.caso
    if objeto._state.adding:
        fresco = objeto
    else:
        fresco = ficha.modelo.objects.get(**{"pk": objeto.pk, f"{ficha.padre}_id": tramite.caso.pk})
    setattr(fresco, ficha.padre, tramite.caso)
    return fresco


def exigir_permiso(ficha: Objeto, objeto, verbo: str, actor: Actor) -> None:
    """Raise NoAutorizado unless `actor` may fire `verbo` on `objeto`."""
    permiso = ficha.permisos.get(verbo)
    if permiso is None or not permiso(actor, objeto):
        raise NoAutorizado(f"No puedes hacer esto: {ficha.etiqueta(verbo).lower()}.")


def exigir_origen(ficha: Objeto, objeto, verbo: str) -> None:
    """Raise Conflicto if the machine has no such verb from where the object is now."""
    if objeto._state.adding and objeto.estado:
        # Nothing is born halfway: an unsaved part cannot slip into a case (I-20).
        raise Conflicto("Eso no es parte de este caso.", objeto.estado)
    if not hasattr(getattr(objeto, verbo, None), "_django_fsm"):
        raise Conflicto(f"No existe la acción «{verbo}».", objeto.estado)
    if getattr(objeto, verbo)._django_fsm.get_transition(objeto.estado) is None:
        raise Conflicto(
            f"Ya no se puede: {ficha.etiqueta(verbo).lower()}. "
            f"Ahora está en «{objeto.get_estado_display()}».",
            objeto.estado,
        )


def guarda_incumplida(objeto, verbo: str) -> Callable | None:
    """First guard of `verbo` that does not hold on `objeto`; None if all do."""
    transicion = getattr(objeto, verbo)._django_fsm.get_transition(objeto.estado)
    return next((c for c in transicion.conditions or () if not c(objeto)), None)


def _transitar(ficha: Objeto, objeto, verbo: str, datos: dict) -> None:
    guarda = guarda_incumplida(objeto, verbo)
    if guarda is not None:
        raise Conflicto(ficha.guardas.get(guarda.__name__, "Aún no se puede."), objeto.estado)
    try:
        getattr(objeto, verbo)(**datos)
    except TransitionNotAllowed:
        raise Conflicto("Ya no se puede hacer eso en este caso.", objeto.estado) from None


def _guardar(tramite, objeto) -> None:
    """Save the object; of a stored case only its own table, as the door writes the parent."""
    caso = tramite.caso
    if objeto is not caso:
        objeto.save()
        return
    caso.etapa, caso.situacion = caso.estado, tramite.sala.situacion(caso)
    if caso._state.adding:
        caso.creado_en = caso.creado_en or tramite.ahora
        caso.save(force_insert=True)
        return
    caso.save(update_fields=[f.name for f in caso._meta.local_concrete_fields if not f.primary_key])


def _anotable(valor):
    """What the audit keeps of a piece of data: rows by their key."""
    if isinstance(valor, models.Model):
        return valor.pk
    if isinstance(valor, dict):
        return {str(k): _anotable(v) for k, v in valor.items()}
    if isinstance(valor, (list, tuple, set, models.QuerySet)):
        return [_anotable(v) for v in valor]
    return valor


def _mover_relojes(tramite, nombre, objeto, verbo, actor) -> None:
    for fila in tramite.sala.cierra:
        if (fila.objeto, fila.verbo) == (nombre, verbo):
            for plazo in fila.cuales(objeto, tramite.abiertos(fila.codigo)):
                hasta = fila.cumplido_en(objeto) if fila.cumplido_en else tramite.ahora
                hasta = min(hasta, plazo.vence_en) if fila.hasta_vencer else hasta
                cuenta = fila.cuenta_en(objeto) if fila.cuenta_en else hasta
                reloj.cumplir([plazo], hasta, actor.nombre, cuenta)
    for fila in tramite.sala.abre:
        if (fila.objeto, fila.verbo) == (nombre, verbo) and fila.cuando(objeto):
            abrir = reloj.continuar if fila.continua else reloj.abrir
            desde = fila.desde(objeto) if fila.desde else tramite.ahora
            plazo = abrir(tramite.caso, fila.codigo, desde, tramite.plazos)
            tramite.plazos.append(plazo)
            tocar_vencidos([plazo], tramite.ahora)
            if fila.al_abrir:
                fila.al_abrir(objeto, plazo)


def _que_terminan(tramite) -> list:
    """Clocks of a case that ended, but for those that the room lets run on."""
    siguen = {fila.codigo for fila in tramite.sala.abre if fila.sigue(tramite.caso)}
    return [plazo for plazo in tramite.plazos if plazo.codigo not in siguen]


def _encolar(tramite, nombre, objeto, verbo, datos) -> None:
    hechos = {}
    for fila in tramite.sala.avisos:
        if (fila.objeto, fila.verbo) == (nombre, verbo) and fila.cuando(objeto, datos):
            # Several messages may tell the same facts: they are worked out once.
            if fila.contexto not in hechos:
                hechos[fila.contexto] = fila.contexto(objeto, datos)
            tramite.avisos += outbox.preparar(
                tramite.caso,
                fila.tipo,
                fila.para(objeto, datos),
                hechos[fila.contexto],
                tramite.ahora,
                tramite.apertura if fila.en_horario else None,
            )


def _consecuencias(tramite, nombre, objeto, verbo, datos) -> None:
    """Derived effects re-enter the door in the same transaction, done by Sistema."""
    derivar = tramite.sala.consecuencias.get((nombre, verbo))
    for otro, otro_verbo, otros_datos in derivar(objeto, datos) if derivar else ():
        if isinstance(otro, Expediente) and otro.pk != tramite.caso.pk:
            # A refusal there undoes this act too: no savepoint of its own.
            como = {"canal": tramite.canal, "ahora": tramite.ahora, "savepoint": False}
            tramitar(otro, otro_verbo, SISTEMA, **como, **otros_datos)
        else:
            _paso(tramite, otro, otro_verbo, SISTEMA, otros_datos)


_COPIAR = Escritura(
    lambda: actualizar(
        Expediente.objects.filter(pk=Valor("pk", models.BigIntegerField())), *COPIADOS
    )
)


def _salir(tramite: Tramite) -> None:
    """Copy up to the case what lists need, and leave the messages in the outbox."""
    caso = tramite.caso
    caso.proximo_vence_en = reloj.proximo_vencimiento(tramite.plazos)
    if caso.situacion == Situacion.CERRADO and caso.cerrado_en is None:
        caso.cerrado_en = tramite.ahora
    _COPIAR.hacer(pk=caso.pk, **{campo: getattr(caso, campo) for campo in COPIADOS})
    if tramite.de != caso.responsable_id and caso.creado_en < tramite.ahora:
        tocar_las_de(caso, tramite.plazos, tramite.ahora)
    outbox.encolar(tramite.avisos)
