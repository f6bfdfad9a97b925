"""Every list of the console has an order of its own: pages of an unordered one repeat rows."""

import pytest
from django.contrib import admin
from django.test import RequestFactory


@pytest.mark.parametrize("ficha", admin.site._registry.values(), ids=lambda f: f.opts.label)
def test_cada_lista_tiene_un_orden(ficha, raiz):
    request = RequestFactory().get("/")
    request.user = raiz
    assert ficha.get_queryset(request).ordered
    # What its page reads is ordered to the last row, whatever the column that somebody chose.
    for ruta in ("/", "/?o=1"):
        request = RequestFactory().get(ruta)
        request.user = raiz
        orden = ficha.get_changelist_instance(request).queryset.query.order_by
        assert orden[-1] in ("pk", "-pk", "id", "-id") or _es_unico(ficha.model, orden)


def _es_unico(modelo, orden) -> bool:
    """True if one of those columns never repeats."""
    nombres = {str(campo).lstrip("-") for campo in orden}
    return any(campo.unique for campo in modelo._meta.concrete_fields if campo.name in nombres)
