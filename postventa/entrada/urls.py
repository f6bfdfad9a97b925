"""Where mail providers post what arrives: one address for each that the settings name."""

from importlib import import_module

from django.conf import settings
from django.urls import re_path

from postventa.entrada.tope import con_tope


def vista_de(proveedor: str):
    """The mail library's inbound view of a provider; LookupError if it knows none."""
    try:
        modulo = import_module(f"anymail.webhooks.{proveedor}")
    except ModuleNotFoundError:
        raise LookupError(f"CORREO_ENTRANTE nombra un proveedor desconocido: {proveedor}") from None
    for nombre, vista in vars(modulo).items():
        if nombre.endswith("InboundWebhookView") and vista.__module__ == modulo.__name__:
            return vista
    raise LookupError(f"{proveedor} no recibe correos")


urlpatterns = [
    re_path(
        f"^{proveedor}/(inbound(_mime)?/)?$",
        con_tope(vista_de(proveedor).as_view()),
        name=f"entrada_{proveedor}",
    )
    for proveedor in settings.CORREO_ENTRANTE
]
