"""The key of a hall's panel: the address of a television that nobody logs in to.

Only its hash is stored, so it is shown once; with another one, or without any, the
television tells nothing new and says so.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from comteco.recepcion.models import SalaDeEspera


def dar(sala: SalaDeEspera, ahora: datetime) -> str:
    """A new key, which revokes the former one."""
    llave = secrets.token_urlsafe(32)
    sala.llave_huella, sala.llave_dada_en = _huella(llave), ahora
    sala.save(update_fields=["llave_huella", "llave_dada_en"])
    return llave


def quitar(sala: SalaDeEspera) -> None:
    sala.llave_huella, sala.llave_dada_en = "", None
    sala.save(update_fields=["llave_huella", "llave_dada_en"])


def sala_de(llave: str) -> SalaDeEspera | None:
    """The hall that a key opens, while its place is active."""
    salas = SalaDeEspera.objects.select_related("sede__empresa")
    return salas.filter(llave_huella=_huella(llave), sede__es_activa=True).first()


def _huella(llave: str) -> str:
    # No salt: nobody guesses 256 random bits, and the row must be found by it.
    return sha256(llave.encode()).hexdigest()
