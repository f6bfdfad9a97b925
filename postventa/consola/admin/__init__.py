"""Admins of every shared model; the rooms above bring their own."""

from django.contrib import admin
from django.contrib.auth.models import Group

from postventa.consola.admin import (  # noqa: F401
    calendario,
    clientes,
    empresas,
    entrada,
    personas,
    plazos,
    recalculos,
    registros,
    visitas,
)

# Roles follow from Membresia: groups would be a second, silent way to grant something.
if admin.site.is_registered(Group):
    admin.site.unregister(Group)
