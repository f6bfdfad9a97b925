"""What a board needs beside its figures, in one statement: names, places, terms, seals, pulse."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    F,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim

from postventa.plazos.models import Latido, PoliticaPlazo, SemanaTocada
from postventa.tableros.hechos import en_utc, unir
from postventa.tableros.lugares import Lugar, Lugares, medida_de_la_sede
from postventa.tableros.models import Sello

NOMBRE = Coalesce(
    NullIf(Trim(Concat("first_name", Value(" "), "last_name")), Value("")),
    F("username"),
    output_field=TextField(),
)
SEDE, PERSONA, POLITICA, SELLO, MARCA, LATIDO = "sede", "persona", "politica", "sello", "marca", "l"


class Politica(NamedTuple):
    """A clock's term as its policy in force says it."""

    nombre: str
    cantidad: int
    unidad: str


class Fichas:
    """Read at once and looked up by id."""

    def __init__(self, filas: list[tuple]):
        por_clase: dict[str, list[tuple]] = {}
        for clase, *fila in filas:
            por_clase.setdefault(clase, []).append(fila)

        def de(clase):
            return por_clase.get(clase, [])

        self.sedes = {pk: nombre for pk, _, nombre, _, _ in de(SEDE)}
        self.empresa_de = {pk: empresa for pk, empresa, *_ in de(SEDE)}
        self.lugares = Lugares({pk: Lugar.leer(mas) for pk, _, _, mas, _ in de(SEDE)})
        self.personas = {pk: nombre for pk, _, nombre, _, _ in de(PERSONA)}
        self.politicas = {}
        for _, empresa, nombre, mas, _ in de(POLITICA):
            codigo, cantidad, unidad = mas.split("|")
            self.politicas[empresa, codigo] = Politica(nombre, int(cantidad), unidad)
        self.sellos = {empresa: _sello(nombre) for _, empresa, nombre, _, _ in de(SELLO)}
        self.marcas: dict[int, list[datetime]] = {}
        for _, empresa, _, _, de_en in de(MARCA):
            self.marcas.setdefault(empresa, []).append(en_utc(de_en))
        self.latidos = {nombre: en_utc(visto) for _, _, nombre, _, visto in de(LATIDO)}

    @classmethod
    def leer(cls, empresas: list[int], sedes: QuerySet, personas: QuerySet) -> "Fichas":
        """Those of these companies; `sedes` and `personas` are already cut to who looks."""
        vigentes = PoliticaPlazo.objects.filter(es_vigente=True, empresa_id__in=empresas)
        termino = Concat("codigo", Value("|"), _texto(F("cantidad")), Value("|"), "unidad",
                         output_field=TextField())  # fmt: skip
        marcas = SemanaTocada.objects.filter(empresa_id__in=empresas)
        sellos = Sello.objects.filter(empresa_id__in=empresas)
        return cls(
            unir([
                _fila(LATIDO, Latido.objects.all(), "nombre", visto="visto_en"),
                _fila(SEDE, sedes, "nombre", medida_de_la_sede(), "pk", "empresa_id"),
                _fila(PERSONA, personas, NOMBRE, pk="pk"),
                _fila(POLITICA, vigentes, "nombre", termino, "pk", "empresa_id"),
                _fila(SELLO, sellos, _de_hasta(), en="empresa_id"),
                _fila(MARCA, marcas, Value(""), en="empresa_id", visto="de_en").distinct(),
            ])
        )  # fmt: skip


def _texto(valor):
    return Cast(F(valor) if isinstance(valor, str) else valor, TextField())


def _fila(clase, consulta, nombre, mas=None, pk="", en="", visto=""):
    def numero(campo):
        return Cast(F(campo) if campo else Value(0), BigIntegerField())

    return consulta.order_by().values_list(
        Cast(Value(clase), TextField()),
        numero(pk),
        numero(en),
        _texto(nombre),
        _texto(Value("") if mas is None else mas),
        Cast(F(visto) if visto else Value(None), DateTimeField()),
    )


def _de_hasta():
    desde, hasta = (
        Coalesce(_texto(campo), Value(""), output_field=TextField()) for campo in ("desde", "hasta")
    )
    partes = (desde, Value("|"), hasta, Value("|"), _texto("forma"))
    return Concat(*partes, output_field=TextField())


def _sello(texto: str):
    desde, hasta, forma = texto.split("|")
    return (date.fromisoformat(desde), date.fromisoformat(hasta), forma) if desde else None
