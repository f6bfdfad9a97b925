"""Where a request comes from, as far as it can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def direccion(request: HttpRequest) -> str:
    """Client address. Of X-Forwarded-For only what our own proxies wrote is believed (TM-32).

    With `PROXIES_CONFIABLES` n, each of our n proxies appended what it saw, so the client stands
    n places from the end; whatever is before that, anybody may have written.
    """
    confiables = settings.PROXIES_CONFIABLES
    if confiables:
        saltos = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(saltos) >= confiables:
            return saltos[-confiables].strip()
    return request.META.get("REMOTE_ADDR", "")


def red(request: HttpRequest) -> str:
    """Network of the client: /24 of IPv4, /64 of IPv6; "" when there is no address to read."""
    try:
        ip = ip_address(direccion(request))
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    prefijo = 24 if ip.version == 4 else 64
    return str(ip_network(f"{ip}/{prefijo}", strict=False))


def de_quien_cuenta(request: HttpRequest) -> str | None:
    """Address under which the staff's failures are counted: of IPv6, the whole /64 of a client."""
    try:
        ip = ip_address(direccion(request))
    except ValueError:
        return None
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or ip_network(f"{ip}/64", strict=False).network_address)
    return str(ip)
