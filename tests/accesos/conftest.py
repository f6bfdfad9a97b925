"""The console's people and its second company, also here."""

from tests.consola.conftest import administradora, otra, raiz

__all__ = ["administradora", "otra", "raiz"]
