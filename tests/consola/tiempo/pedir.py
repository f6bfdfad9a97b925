"""Asking for a revision as the page's form does."""

from uuid import uuid4

from postventa.tramitacion import recalculo_masivo
from postventa.tramitacion.recalculo_masivo import huella


def pedido(motivo="Ley 21.999", **mas):
    return {"motivo": motivo, "vista": huella(), "clave": str(uuid4()), **mas}


def aplicar(web, url, **mas):
    """Post the form and let the worker work; the address of the revision's page."""
    respuesta = web.post(url, pedido(**mas))
    assert respuesta.status_code == 302
    recalculo_masivo.barrer()
    return respuesta.url
