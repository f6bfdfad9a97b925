"""Keys of the feeds of visits: 256 random bits, shown once, revoked by making another or none."""

import secrets
from datetime import datetime
from hashlib import sha256

from postventa.personas.models import Usuario
from postventa.visitas.models import LlaveDeAgenda

BYTES = 32


def crear(persona: Usuario, ahora: datetime) -> str:
    """Make the person's key and return it, this once; the one they had serves no more."""
    llave = secrets.token_urlsafe(BYTES)
    LlaveDeAgenda.objects.update_or_create(
        persona=persona, defaults={"huella": _huella(llave), "creada_en": ahora}
    )
    return llave


def revocar(persona: Usuario) -> None:
    LlaveDeAgenda.objects.filter(persona=persona).delete()


def llave_de(persona: Usuario) -> LlaveDeAgenda | None:
    return LlaveDeAgenda.objects.filter(persona=persona).first()


def persona_de(llave: str) -> Usuario | None:
    """Whose key it is; nobody's if it is not one, or if that person works here no more."""
    fila = (
        LlaveDeAgenda.objects.filter(
            huella=_huella(llave), persona__is_active=True, persona__is_staff=True
        )
        .select_related("persona")
        .first()
    )
    return fila.persona if fila else None


def _huella(llave: str) -> str:
    # No salt: nobody guesses 256 random bits, and the row must be found by it.
    return sha256(llave.encode()).hexdigest()
