"""Addresses that name a case: `postventa+<public id>.<seal>@...` (TM-17)."""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

from postventa.expedientes.models import Expediente

_HILO = re.compile(r"^[^+@]+\+([A-Za-z0-9_-]{16})\.([a-f0-9]{20})@", re.IGNORECASE)


def direccion(expediente: Expediente, base: str) -> str:
    """The address to which replies about a case go; `base` is the company's own."""
    usuario, _, dominio = base.partition("@")
    return f"{usuario}+{expediente.publico}.{_sello(expediente.publico)}@{dominio}"


def expediente_de(empresa, destino: str) -> Expediente | None:
    """The case that a signed address names, if it is of that company and the seal is ours."""
    partes = _HILO.match(destino)
    if not partes or not constant_time_compare(partes[2].lower(), _sello(partes[1])):
        return None
    return Expediente.objects.filter(empresa=empresa, publico=partes[1]).first()


def base_de(destino: str) -> str:
    """The address without what follows the plus sign, lower case."""
    usuario, _, dominio = destino.partition("@")
    return f"{usuario.partition('+')[0]}@{dominio}".lower()


def _sello(publico: str) -> str:
    # Hexadecimal, for some mail systems fold case.
    return salted_hmac("entrada.hilo", publico, algorithm="sha256").hexdigest()[:20]
