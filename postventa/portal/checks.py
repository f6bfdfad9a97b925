"""What must not start: a real site with the demonstration's conveniences."""

import os

from django.conf import settings
from django.core.checks import Error, register


@register
def sin_demo_en_produccion(app_configs, **kwargs):
    """DEMO shows every mail and RELOJ_MOVIBLE moves every deadline: never in production."""
    if "prod" not in os.environ.get("DJANGO_SETTINGS_MODULE", "").rpartition(".")[2]:
        return []
    return [
        Error(
            f"{nombre} está encendido con los ajustes de producción.",
            hint="Muestra datos personales o mueve los plazos: solo para demostraciones.",
            id=f"portal.E00{n}",
        )
        for n, nombre in enumerate(("DEMO", "RELOJ_MOVIBLE"), 1)
        if getattr(settings, nombre, False)
    ]
