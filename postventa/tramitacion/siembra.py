"""First rows of an installation: companies and policies, from `fixtures/`. Safe to repeat."""

import json
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from postventa.calendario.models import Calendario, Jornada
from postventa.empresas.models import Empresa
from postventa.plazos.models import PoliticaPlazo

# What the rooms add, each told the companies by their code: rows of theirs that every installation
# of that company has.
_DE_LAS_SALAS: list[Callable[[dict[str, Empresa]], None]] = []


def registrar(sembrador: Callable[[dict[str, Empresa]], None]) -> None:
    """Add a room's own first rows. Called by the rooms when Django starts."""
    if sembrador not in _DE_LAS_SALAS:
        _DE_LAS_SALAS.append(sembrador)


def leer(nombre: str) -> list[dict]:
    """Rows of a fixture file."""
    return json.loads((settings.BASE_DIR / "fixtures" / nombre).read_text())


@transaction.atomic
def sembrar() -> tuple[int, int]:
    """Create the companies and policies that are missing; return how many of each.

    Never touches a row that exists: it may have been edited in the console.
    """
    calendarios = {c.codigo: c for c in Calendario.objects.all()}
    jornadas = {j.codigo: j for j in Jornada.objects.all()}
    empresas = nuevas = 0
    for fila in leer("empresas.json"):
        fila["calendario"] = calendarios[fila["calendario"]]
        fila["jornada"] = jornadas[fila["jornada"]]
        empresas += Empresa.objects.get_or_create(codigo=fila.pop("codigo"), defaults=fila)[1]
    por_codigo = {e.codigo: e for e in Empresa.objects.all()}
    for fila in leer("politicas.json"):
        cual = {"empresa": por_codigo[fila.pop("empresa")], "codigo": fila.pop("codigo")}
        # Any version: an edited policy has several, and none of them is ours to touch.
        if not PoliticaPlazo.objects.filter(**cual).exists():
            PoliticaPlazo.objects.create(**cual, **fila)
            nuevas += 1
    for sembrador in _DE_LAS_SALAS:
        sembrador(por_codigo)
    return empresas, nuevas
