"""The audit of master data: what a form changed, old and new, on the company's own chain."""

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from postventa.consola.alcances import empresa_id_de
from postventa.consola.contexto import momento
from postventa.empresas.models import Empresa
from postventa.expedientes.bitacora import anotar_cambio
from postventa.personas.models import Usuario

# Never written down, not even hashed.
SECRETOS = {"password", "password1", "password2"}


def anotar(request, objeto, accion: str, detalle: dict) -> None:
    """Write one change on the chain of every company it belongs to (shared data: of none)."""
    for empresa in _empresas(objeto):
        anotar_cambio(empresa, objeto, accion, request.user, momento(request), detalle)


def de_formulario(form, es_nuevo: bool) -> dict:
    """Field to `[antes, despues]` of what a ModelForm changed (only `despues` when it is new)."""
    return {
        campo: ["", _valor(form.cleaned_data.get(campo))]
        if es_nuevo
        else [_antes(form, campo), _valor(form.cleaned_data.get(campo))]
        for campo in form.changed_data
        if campo not in SECRETOS and campo != "DELETE"
    }


def de_objeto(objeto) -> dict:
    """Every field of a row that is about to go."""
    return {
        f.name: [_valor(getattr(objeto, f.attname)), ""]
        for f in objeto._meta.concrete_fields
        if f.name not in SECRETOS
    }


def de_valores(campos: dict) -> dict:
    """Field to `[antes, despues]`, of values as a model holds them."""
    return {c: [_valor(antes), _valor(despues)] for c, (antes, despues) in campos.items()}


def _empresas(objeto):
    if isinstance(objeto, Usuario):
        suyas = list(Empresa.objects.filter(membresias__usuario=objeto).distinct().order_by("pk"))
        return suyas or [None]
    empresa_id = empresa_id_de(objeto)
    return [Empresa.objects.get(pk=empresa_id) if empresa_id else None]


def _antes(form, campo):
    inicial = form.initial.get(campo)
    try:
        return _valor(form.fields[campo].to_python(inicial))
    except (ValidationError, TypeError, KeyError):
        return _valor(inicial)


def _valor(valor):
    if valor is None:
        return ""
    if isinstance(valor, Model):
        return f"{valor} (n.º {valor.pk})"
    if isinstance(valor, (list, tuple, set, QuerySet)):
        return [_valor(v) for v in valor]
    return valor if isinstance(valor, (bool, int)) else str(valor)
