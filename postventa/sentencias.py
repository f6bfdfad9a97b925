"""Statements of every request, written once.

Django builds and compiles a queryset anew each time it is used, which takes longer than the
database takes to answer it. Those here compile it at the first use and from then on only give it
values: the same statement, the same rows, the same models. For the few that are hot; any other is
better off as a plain queryset.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import Value
from django.db.models.query import ModelIterable, QuerySet, get_related_populators
from django.db.models.sql import DeleteQuery, Query, UpdateQuery
from django.db.transaction import TransactionManagementError


class Valor(Value):
    """The place in a queryset of a value that each use gives by its name.

    In a condition never None, for `= NULL` is never true; an integer from outside must fit its
    column.
    """

    def __init__(self, nombre: str, campo: models.Field):
        super().__init__(None, output_field=campo)
        self.nombre = nombre

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def preparado(self, valores: dict, conexion):
        return self.output_field.get_db_prep_value(valores[self.nombre], connection=conexion)


def con_valores(parametros: Iterable, valores: dict, conexion) -> list:
    """The parameters of a compiled statement, each `Valor` filled in."""
    return [p.preparado(valores, conexion) if type(p) is Valor else p for p in parametros]


def actualizar(queryset: QuerySet, *campos: str) -> Query:
    """The update of those fields of its rows, each to the `Valor` of its name, for `Escritura`."""
    query = queryset.query.chain(UpdateQuery)
    modelo = queryset.model._meta
    query.add_update_values({campo: Valor(campo, modelo.get_field(campo)) for campo in campos})
    return query


def borrar(queryset: QuerySet) -> Query:
    """The deletion of its rows alone, for `Escritura`: what hangs from them must be gone."""
    query = queryset.query.clone()
    query.__class__ = DeleteQuery
    return query


class Escritura:
    """An update or a deletion, as the function that writes it (`actualizar`, `borrar`)."""

    def __init__(self, escribir: Callable[[], Query]):
        self._escribir = escribir
        self._escrita: tuple[str, tuple] | None = None

    def hacer(self, **valores: Any) -> int:
        """Run it; return how many rows it wrote."""
        if self._escrita is None:
            self._escrita = self._escribir().get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
        sql, parametros = self._escrita
        conexion = connections[DEFAULT_DB_ALIAS]
        with conexion.cursor() as cursor:
            cursor.execute(sql, con_valores(parametros, valores, conexion))
            return cursor.rowcount


class Retiro:
    """A deletion, as the function that writes its queryset, that gives the rows that it took.

    It locks them as a reading that ends by deleting them would: a row that another is writing is
    waited for and taken as it was left, if it still is one of those.
    """

    def __init__(self, escribir: Callable[[], QuerySet]):
        self._escribir = escribir
        self._escrita: _Escrita | None = None

    def todas(self, **valores: Any) -> list[models.Model]:
        if self._escrita is None:
            queryset = self._escribir().order_by()
            self._escrita = _Escrita(queryset)
            self._escrita.devolver(borrar(queryset))
        return self._escrita.leer(valores)

    def una(self, **valores: Any):
        """The first of its rows, or None."""
        return next(iter(self.todas(**valores)), None)


def devolver(query: Query, *campos: str) -> list[tuple]:
    """Run an update or a deletion; the values of those columns, as they are stored, of its rows."""
    compilador = query.get_compiler(using=DEFAULT_DB_ALIAS)
    sql, parametros = compilador.as_sql()
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_con_regreso(sql, query.model, campos), parametros)
        return cursor.fetchall()


def _con_regreso(sql: str, modelo: type[models.Model], campos: Iterable[str]) -> str:
    de = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columnas = [modelo._meta.get_field(campo).column for campo in campos]
    return f"{sql} RETURNING {', '.join(de(columna) for columna in columnas)}"


class Lectura:
    """A queryset, as the function that writes it, with a `Valor` for whatever changes."""

    def __init__(self, escribir: Callable[[], QuerySet]):
        self._escribir = escribir
        self._escrita: _Escrita | None = None

    def todas(self, **valores: Any) -> list:
        """Its rows: instances with what `select_related` names, or tuples of a `values_list`."""
        if self._escrita is None:
            self._escrita = _Escrita(self._escribir())
        return self._escrita.leer(valores)

    def una(self, **valores: Any):
        """The first of its rows, or None; the queryset says how many it asks for."""
        return next(iter(self.todas(**valores)), None)


class _Escrita:
    """One compiled queryset and how its rows become what they are. Belongs to no connection."""

    def __init__(self, queryset: QuerySet):
        self.base, self.bloquea = queryset.db, queryset.query.select_for_update
        compilador = queryset.query.get_compiler(using=self.base)
        self.sql, self.parametros = compilador.as_sql()
        columnas = compilador.select
        self.conversiones = compilador.get_converters([columna for columna, *_ in columnas])
        self.modelo = None
        if issubclass(queryset._iterable_class, ModelIterable):
            ficha = compilador.klass_info
            suyas = ficha["select_fields"]
            self.modelo, self.tramo = ficha["model"], slice(suyas[0], suyas[-1] + 1)
            self.campos = [columna.target.attname for columna, *_ in columnas[self.tramo]]
            self.relacionados = get_related_populators(ficha, columnas, self.base)
            self.anotados = compilador.annotation_col_map.items()

    def devolver(self, query: Query) -> None:
        """From now on, its rows are those that this one takes."""
        self.sql, self.parametros = query.get_compiler(using=self.base).as_sql()
        self.sql = _con_regreso(self.sql, self.modelo, self.campos)

    def leer(self, valores: dict) -> list:
        conexion = connections[self.base]
        if self.bloquea and not conexion.in_atomic_block:
            raise TransactionManagementError("Una lectura que bloquea va en una transacción.")
        with conexion.cursor() as cursor:
            cursor.execute(self.sql, con_valores(self.parametros, valores, conexion))
            filas = cursor.fetchall()
        if self.conversiones:
            filas = [self._convertida(fila, conexion) for fila in filas]
        return [self._instancia(fila) for fila in filas] if self.modelo else filas

    def _convertida(self, fila, conexion) -> tuple:
        fila = list(fila)
        for lugar, (convertidores, expresion) in self.conversiones.items():
            for convertir in convertidores:
                fila[lugar] = convertir(fila[lugar], expresion, conexion)
        return tuple(fila)

    def _instancia(self, fila) -> models.Model:
        instancia = self.modelo.from_db(self.base, self.campos, fila[self.tramo])
        for relacionado in self.relacionados:
            relacionado.populate(fila, instancia)
        for nombre, lugar in self.anotados:
            setattr(instancia, nombre, fila[lugar])
        return instancia
