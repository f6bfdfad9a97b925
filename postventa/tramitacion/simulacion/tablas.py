"""The tables that hang from a case, found by themselves, and writing many rows of each at once."""

import json
from collections.abc import Iterable
from functools import cache

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from postventa.entrada.models import CorreoEntrante
from postventa.expedientes.models import Adjunto, Expediente
from postventa.tramitacion.models import PlazoRecalculado

# Files, mail that came in, revisions of clocks: nothing of a simulation has any.
SIN_USO = (Adjunto, CorreoEntrante, PlazoRecalculado)


@cache
def dependientes(caso: type[Expediente]) -> dict[type[models.Model], str]:
    """Every model whose rows belong to one case of that kind, with the look-up of the case's id.

    A row belongs to what it cannot be without; of what it may point at (another case, the clock
    that covers it) it is no part.
    """
    caminos = {Expediente: "pk", caso: "pk"}
    cola = [Expediente, caso]
    for modelo in cola:
        for relacion in modelo._meta.get_fields(include_hidden=True):
            if not relacion.auto_created or relacion.concrete or relacion.many_to_many:
                continue
            hijo, llave = relacion.related_model, relacion.field
            ajena = llave.null and modelo is not Expediente
            if hijo in caminos or ajena or issubclass(hijo, (Expediente, *SIN_USO)):
                continue
            raiz = modelo in (Expediente, caso)
            caminos[hijo] = llave.name if raiz else f"{llave.name}__{caminos[modelo]}"
            cola.append(hijo)
    return caminos


def leer(modelo, camino: str, caso_id: int) -> dict[int, dict]:
    """{id: row} of a case, each row by attribute."""
    campos = [f.attname for f in modelo._meta.local_concrete_fields]
    filas = modelo._base_manager.filter(**{camino: caso_id}).order_by("pk").values(*campos)
    return {fila[modelo._meta.pk.attname]: fila for fila in filas}


def ids(modelo, cuantos: int) -> list[int]:
    """Keys that nobody else will take, in order."""
    if not cuantos:
        return []
    tabla, columna = modelo._meta.db_table, modelo._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{tabla}"', columna, cuantos],
            )
            return sorted(pk for (pk,) in cursor.fetchall())
        cursor.execute(f'SELECT COALESCE(MAX("{columna}"), 0) FROM "{tabla}"')  # noqa: S608
        ultimo = cursor.fetchone()[0]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [tabla])
        ultimo = max([ultimo, *(seq for (seq,) in cursor.fetchall())])
        return list(range(ultimo + 1, ultimo + 1 + cuantos))


def escribir(modelo, filas: Iterable[dict]) -> None:
    """Store rows whose keys are already given."""
    filas = list(filas)
    if not filas:
        return
    campos = modelo._meta.local_concrete_fields
    tabla = connection.ops.quote_name(modelo._meta.db_table)
    columnas = ", ".join(connection.ops.quote_name(f.column) for f in campos)
    if connection.vendor == "postgresql":
        _copiar(tabla, columnas, [(f.attname, _es_json(f)) for f in campos], filas)
        return
    marcas = ", ".join(["%s"] * len(campos))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {tabla} ({columnas}) VALUES ({marcas})",  # noqa: S608
            [[f.get_db_prep_save(fila[f.attname], connection) for f in campos] for fila in filas],
        )


def _copiar(tabla, columnas, campos, filas) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {tabla} ({columnas}) FROM STDIN") as copia,
    ):
        for fila in filas:
            copia.write_row(
                [_json(fila[campo]) if es_json else fila[campo] for campo, es_json in campos]
            )


def _es_json(campo) -> bool:
    return isinstance(campo, models.JSONField)


def _json(valor) -> str | None:
    return None if valor is None else json.dumps(valor, cls=DjangoJSONEncoder, ensure_ascii=False)
