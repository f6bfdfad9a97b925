"""Where mail providers post what arrives, and what became of what we sent: one address for each
that the settings name."""

from importlib import import_module

from django.conf import settings
from django.urls import re_path

from postventa.entrada.tope import con_tope

ENTRANTE = ("InboundWebhookView",)
# One provider posts both to a single view.
RASTREO = ("TrackingWebhookView", "CombinedWebhookView")


def vista_de(proveedor: str, clases: tuple[str, ...] = ENTRANTE):
    """The mail library's view of a provider; LookupError if it knows none."""
    try:
        modulo = import_module(f"anymail.webhooks.{proveedor}")
    except ModuleNotFoundError:
        raise LookupError(f"Los ajustes nombran un proveedor desconocido: {proveedor}") from None
    for nombre, vista in vars(modulo).items():
        if nombre.endswith(clases) and vista.__module__ == modulo.__name__:
            return vista
    que = "recibe correos" if clases is ENTRANTE else "dice qué fue de los que envía"
    raise LookupError(f"{proveedor} no {que}")


urlpatterns = [
    re_path(
        f"^{proveedor}/(inbound(_mime)?/)?$",
        con_tope(vista_de(proveedor).as_view()),
        name=f"entrada_{proveedor}",
    )
    for proveedor in settings.CORREO_ENTRANTE
] + [
    re_path(
        f"^{proveedor}/rastreo/$",
        con_tope(vista_de(proveedor, RASTREO).as_view()),
        name=f"rastreo_{proveedor}",
    )
    for proveedor in settings.CORREO_RASTREADO
]
