"""The rooms' tables against their machines: a malformed room does not start.

Policy codes are data and cannot be checked here; everything that a table names in code can.
"""

from collections.abc import Iterator

from django.core.checks import Error
from django.core.exceptions import FieldDoesNotExist

from postventa.expedientes.salas import Objeto, Sala, todas


def revisar_salas(app_configs=None, **kwargs) -> list[Error]:
    """System check: everything wrong in every registered room."""
    return [error for sala in todas() for error in fallas_de(sala)]


def transiciones(modelo) -> list:
    """Transitions that a model's machine declares; empty if it has none."""
    try:
        campo = modelo._meta.get_field("estado")
    except FieldDoesNotExist:
        return []
    return list(getattr(campo, "get_all_transitions", lambda modelo: [])(modelo))


def fallas_de(sala: Sala) -> Iterator[Error]:
    """Yield what is wrong in one room."""
    casos = [nombre for nombre, objeto in sala.objetos.items() if not objeto.padre]
    if len(casos) != 1:
        yield _error(sala, f"debe tener una máquina del caso y tiene {len(casos)}: {casos}", 1)
    for nombre, objeto in sala.objetos.items():
        yield from _de_la_maquina(sala, nombre, objeto)
    yield from _de_las_tablas(sala)
    yield from _de_los_indicadores(sala)


def _de_la_maquina(sala: Sala, nombre: str, objeto: Objeto) -> Iterator[Error]:
    declaradas = transiciones(objeto.modelo)
    verbos = {t.name for t in declaradas}
    if not verbos:
        yield _error(sala, f"{nombre} no tiene transiciones sobre «estado»", 2)
        return
    for tabla in ("permisos", "etiquetas", "actos"):
        for verbo in sorted(getattr(objeto, tabla).keys() - verbos):
            yield _error(sala, f"{tabla} de {nombre} nombra un verbo que no existe: {verbo}", 3)
    for verbo in sorted(verbos - objeto.permisos.keys()):
        yield _error(sala, f"nadie tiene permiso para {nombre}.{verbo}", 4)
    for verbo in sorted(verbos - objeto.etiquetas.keys()):
        yield _error(sala, f"{nombre}.{verbo} no tiene etiqueta", 5)
    guardas = {guarda.__name__ for t in declaradas for guarda in t.conditions or ()}
    for guarda in sorted(guardas - objeto.guardas.keys()):
        yield _error(sala, f"la guarda {guarda} de {nombre} no dice qué falta", 6)
    for que in sorted(objeto.anotaciones.keys() & set(dir(objeto.modelo))):
        yield _error(sala, f"la anotación {que} de {nombre} se llama como algo de su modelo", 9)
    caminos = (*objeto.relacionados, *([objeto.padre] if objeto.padre else []))
    for camino in caminos:
        if not _es_relacion(objeto.modelo, camino):
            yield _error(sala, f"{nombre} no tiene la relación {camino}", 7)


def _es_relacion(modelo, camino: str) -> bool:
    for parte in camino.split("__"):
        try:
            campo = modelo._meta.get_field(parte)
        except FieldDoesNotExist:
            return False
        if not campo.is_relation:
            return False
        modelo = campo.related_model
    return True


def _de_las_tablas(sala: Sala) -> Iterator[Error]:
    """Rows of clocks, messages and consequences that name a verb no machine has."""
    existen = {(n, t.name) for n, o in sala.objetos.items() for t in transiciones(o.modelo)}
    notas = {(n, que) for n, o in sala.objetos.items() for que in o.anotaciones}
    filas = [
        (tabla, (fila.objeto, fila.verbo))
        for tabla in ("abre", "cierra", "avisos")
        for fila in getattr(sala, tabla)
    ]
    filas += [("consecuencias", llave) for llave in sala.consecuencias]
    for indicador in sala.indicadores:
        verbos = (*getattr(indicador, "verbos", ()), *getattr(indicador, "sin", ()))
        filas += [("indicadores", (indicador.objeto, verbo)) for verbo in verbos]
    for tabla, llave in filas:
        if llave not in existen | notas:
            yield _error(sala, f"{tabla} nombra un verbo que no existe: {'.'.join(llave)}", 8)


def _de_los_indicadores(sala: Sala) -> Iterator[Error]:
    """Measures of a clock that the room never opens, or whose good acts it does not count."""
    abre = {fila.codigo for fila in sala.abre}
    for indicador in sala.indicadores:
        plazo = getattr(indicador, "plazo", None)
        if plazo and plazo not in abre:
            yield _error(sala, f"{indicador.codigo} mide un plazo que no abre: {plazo}", 10)
        for verbo in sorted(
            {*getattr(indicador, "bien", ())} - {*getattr(indicador, "verbos", ())}
        ):
            yield _error(sala, f"{indicador.codigo} no cuenta lo que llama bien: {verbo}", 11)


def _error(sala: Sala, que: str, numero: int) -> Error:
    return Error(f"Sala {sala.tipo}: {que}", obj=sala.tipo, id=f"tramitacion.E{numero:03}")
