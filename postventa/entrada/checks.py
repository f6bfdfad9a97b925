"""An open door for mail needs its secret."""

from django.conf import settings
from django.core.checks import Error


def revisar_secreto(app_configs=None, **kwargs) -> list[Error]:
    """System check: providers may post only with the secret that they were given."""
    abiertas = settings.CORREO_ENTRANTE or settings.CORREO_RASTREADO
    if abiertas and not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return [
            Error(
                "CORREO_ENTRANTE o CORREO_RASTREADO abren una puerta y falta "
                "ANYMAIL_WEBHOOK_SECRET: cualquiera podría publicar en ella.",
                id="entrada.E001",
            )
        ]
    return []
