"""The people of the console and the company of canaries, also for the homes."""

from tests.consola.conftest import administradora, otra, raiz

__all__ = ["administradora", "otra", "raiz"]
