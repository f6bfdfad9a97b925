"""Hours as the wall shows them, for the tests of what is offered."""

from tests.conftest import SANTIAGO

LUNES, MARTES, MIERCOLES, JUEVES, VIERNES = range(5)


def en_pared(cupos, zona=SANTIAGO):
    """["25 09:00", ...]: day of the month and hour of each one."""
    return [f"{c.inicio.astimezone(zona):%d %H:%M}" for c in cupos]


def dias(cupos, zona=SANTIAGO):
    """The dates of the hours, each once, in order."""
    return list(dict.fromkeys(c.inicio.astimezone(zona).date().isoformat() for c in cupos))
