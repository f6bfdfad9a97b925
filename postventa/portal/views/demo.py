"""The mails that the demonstration sent, for who has no mailbox at hand. Refused elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parseaddr
from functools import wraps
from pathlib import Path
from zoneinfo import ZoneInfo

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from postventa.calendario.palabras import fecha_en_palabras
from postventa.empresas.models import Empresa

# Django's file backend ends every message with this line.
FIN = b"-" * 79 + b"\n"
MAXIMO = 100
POLITICA_DEL_MARCO = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)


@dataclass
class Correo:
    """One mail as it left."""

    numero: int
    asunto: str
    para: str
    de: str
    cuando: str
    texto: str
    html: str


def solo_demo(vista: Callable) -> Callable:
    """404 wherever DEMO is off, as if the page did not exist."""

    @wraps(vista)
    def puerta(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return require_safe(vista)(request, *args, **kwargs)

    return never_cache(puerta)


@solo_demo
def correos(request: HttpRequest) -> HttpResponse:
    """The latest mails, newest first."""
    return render(request, "portal/demo_correos.html", {"correos": leer()[:MAXIMO]})


@solo_demo
@csp_update({"frame-src": ["'self'"]})
def correo(request: HttpRequest, numero: int) -> HttpResponse:
    """One mail: its text, and the HTML part in a frame that can do nothing."""
    return render(request, "portal/demo_correo.html", {"correo": _uno(numero)})


@solo_demo
@xframe_options_sameorigin
def correo_html(request: HttpRequest, numero: int) -> HttpResponse:
    """The HTML part alone, for the frame: its own style and nothing else."""
    # A link of the mail opens in the window, not inside the frame.
    html = _uno(numero).html.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": POLITICA_DEL_MARCO})


def _uno(numero: int) -> Correo:
    encontrado = next((c for c in leer() if c.numero == numero), None)
    if encontrado is None:
        raise Http404
    return encontrado


def leer() -> list[Correo]:
    """Every mail of the file backend's folder, newest first; numbered from the oldest."""
    carpeta = Path(settings.EMAIL_FILE_PATH)
    # Its names only tell seconds.
    archivos = sorted(carpeta.glob("*.log"), key=lambda a: (a.stat().st_mtime_ns, a.name))
    crudos = [
        parte for archivo in archivos for parte in archivo.read_bytes().split(FIN) if parte.strip()
    ]
    zonas = dict(Empresa.objects.values_list("remitente", "zona"))
    return [_leer_uno(n, crudo, zonas) for n, crudo in enumerate(crudos, 1)][::-1]


def _cuando(instante: datetime, zona: str | None) -> str:
    """On the wall of the company that wrote; one that this site no longer has gets UTC, said so."""
    if zona is None:
        return f"{fecha_en_palabras(instante, UTC, con_anio=True)} (UTC)"
    return fecha_en_palabras(instante, ZoneInfo(zona), con_anio=True)


def _leer_uno(numero: int, crudo: bytes, zonas: dict[str, str]) -> Correo:
    mensaje = message_from_bytes(crudo.lstrip(), policy=policy.default)
    texto, html = (mensaje.get_body((clase,)) for clase in ("plain", "html"))
    fecha, de = mensaje["Date"], str(mensaje["From"] or "")
    return Correo(
        numero=numero,
        asunto=str(mensaje["Subject"] or ""),
        para=str(mensaje["To"] or ""),
        de=de,
        cuando=_cuando(fecha.datetime, zonas.get(parseaddr(de)[1])) if fecha else "",
        texto=texto.get_content() if texto else "",
        html=html.get_content() if html else "",
    )
