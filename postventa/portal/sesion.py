"""Who is on the other side: the customer's session and the doors of the portal's views.

Sessions and codes run on real time, not on the product's movable clock: a demonstration that
jumps two days ahead must neither end them nor lengthen them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from urllib.parse import urlsplit

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from postventa.empresas.models import Empresa, Sede
from postventa.expedientes.salas import sala_de_empresa
from postventa.personas.models import Cliente
from postventa.portal.limites import SESION_ANOTAR, SESION_INACTIVA, SESION_MAXIMA
from postventa.sentencias import Lectura, Valor

CLAVE = "portal"
# What else of a customer a room keeps in the session, gone with it: key -> its company's code.
_DE_LAS_SALAS: dict[str, str] = {}


def cerrar_tambien(clave: str, empresa: str) -> None:
    """Register a key under which a company's room remembers what this browser has opened."""
    _DE_LAS_SALAS[clave] = empresa


def hay_algo_abierto(request: HttpRequest) -> bool:
    """This browser shows something of somebody in this company: came in or not."""
    suyas = (c for c, empresa in _DE_LAS_SALAS.items() if empresa == request.empresa.codigo)
    # The page of an error may come before either is known.
    sesion, entro = getattr(request, "session", {}), getattr(request, "cliente", None) is not None
    return entro or any(sesion.get(clave) for clave in suyas)


def iniciar(request: HttpRequest, empresa: Empresa, sede: Sede, cliente: Cliente) -> None:
    """Open the customer's session under a new key: one planted before is worth nothing."""
    request.session.cycle_key()
    ahora = timezone.now().timestamp()
    request.session[CLAVE] = {
        "cliente": cliente.pk,
        "empresa": empresa.pk,
        "sede": sede.pk,
        "desde": ahora,
        "visto": ahora,
    }


def terminar(request: HttpRequest) -> None:
    """End the customer's session; a member of staff in the same browser stays in the console."""
    for clave in (CLAVE, *_DE_LAS_SALAS):
        request.session.pop(clave, None)
    if request.session.is_empty() or not request.session.get("_auth_user_id"):
        request.session.flush()
    else:
        request.session.cycle_key()


def cliente_de(
    request: HttpRequest, empresa: Empresa, conocido: Cliente | None = None
) -> Cliente | None:
    """The customer whose session this is, in that company; None if there is none, or it ended.

    `conocido` is the session's customer where the caller has read the row. Idle for
    SESION_INACTIVA it ends. At most once a minute it is looked up again whether the person may
    still enter (a flat may have been sold).
    """
    datos = request.session.get(CLAVE)
    if not datos or datos["empresa"] != empresa.pk:
        return None
    ahora = timezone.now()
    if _vencio(datos, ahora):
        terminar(request)
        return None
    cliente = conocido or Cliente.objects.filter(pk=datos["cliente"], empresa=empresa).first()
    if cliente is None:
        terminar(request)
        return None
    if ahora.timestamp() - datos["visto"] >= SESION_ANOTAR.total_seconds():
        if not _sigue_pudiendo(empresa, datos["sede"], cliente):
            terminar(request)
            return None
        request.session[CLAVE] = {**datos, "visto": ahora.timestamp()}
    return cliente


def sede_de(request: HttpRequest) -> int | None:
    """Id of the place that the customer chose on entering."""
    return request.session.get(CLAVE, {}).get("sede")


def _vencio(datos: dict, ahora: datetime) -> bool:
    def hace(clave: str) -> timedelta:
        return timedelta(seconds=ahora.timestamp() - datos[clave])

    return hace("visto") > SESION_INACTIVA or hace("desde") > SESION_MAXIMA


def _sigue_pudiendo(empresa: Empresa, sede_id: int, cliente: Cliente) -> bool:
    sala = sala_de_empresa(empresa.codigo)
    sede = Sede.objects.select_related("empresa").filter(pk=sede_id, es_activa=True).first()
    if not (sala and sede):
        return False
    tipo = [cliente.tipo_documento] if sala.portal.documentos else []
    return sala.portal.identificar(sede, cliente.numero, *tipo) == cliente


def empresa_o_404(codigo: str) -> Empresa:
    """The active company of that code, with what its hours need."""
    empresas = Empresa.objects.select_related("calendario", "jornada")
    empresa = empresas.filter(codigo=codigo, es_activa=True).first()
    if empresa is None:
        raise Http404("No existe esa empresa")
    return empresa


def _con_su_empresa(request: HttpRequest, codigo: str) -> Cliente | None:
    """The session's customer with the active company of that code, in one query."""
    datos = request.session.get(CLAVE)
    if not datos:
        return None
    return _DE_LA_SESION.una(cliente=datos["cliente"], empresa=datos["empresa"], codigo=codigo)


# Every page of the customers' side begins with it.
_DE_LA_SESION = Lectura(
    lambda: Cliente.objects.select_related("empresa__calendario", "empresa__jornada").filter(
        pk=Valor("cliente", models.BigIntegerField()),
        empresa_id=Valor("empresa", models.BigIntegerField()),
        empresa__codigo=Valor("codigo", models.CharField()),
        empresa__es_activa=True,
    )
)


def de_empresa(vista: Callable) -> Callable:
    """Public page of a company: `view(request, empresa: Empresa, ...)`; 404 if there is none.

    Sets `request.empresa`, `request.cliente` (None without a session) and forbids caching.
    """

    @wraps(vista)
    def puerta(request, empresa: str, *args, **kwargs) -> HttpResponse:
        conocido = _con_su_empresa(request, empresa)
        request.empresa = conocido.empresa if conocido else empresa_o_404(empresa)
        request.cliente = cliente_de(request, request.empresa, conocido)
        return _sin_copias(vista(request, request.empresa, *args, **kwargs))

    return puerta


def con_cliente(vista: Callable) -> Callable:
    """Page of a customer who came in: without a session, to the access page and back here."""

    @wraps(vista)
    def puerta(request, empresa: Empresa, *args, **kwargs) -> HttpResponse:
        if request.cliente is None:
            return HttpResponseRedirect(url_de_acceso(request, empresa))
        return vista(request, empresa, *args, **kwargs)

    return de_empresa(puerta)


def url_de_acceso(request: HttpRequest, empresa: Empresa) -> str:
    """The access page, with where to go afterwards: only a page that can be asked for again."""
    acceso = reverse("portal:acceso", args=[empresa.codigo])
    if request.method not in ("GET", "HEAD"):
        return acceso
    return f"{acceso}?{urlencode({'next': request.get_full_path()})}"


def camino_local(empresa: Empresa, camino: str | None) -> str:
    """`camino` if it is a page of that company on this site, else ""."""
    if not camino or not camino.isprintable() or not camino.startswith(f"/{empresa.codigo}/"):
        return ""
    try:
        # An address with `..` or `//` starts like ours and ends elsewhere: it names no page.
        resolve(urlsplit(camino).path)
    except Resolver404:
        return ""
    return camino if url_has_allowed_host_and_scheme(camino, allowed_hosts=None) else ""


def _sin_copias(respuesta: HttpResponse) -> HttpResponse:
    """Nothing of these pages stays in a shared computer (TM-31)."""
    add_never_cache_headers(respuesta)
    patch_cache_control(respuesta, no_store=True, private=True)
    return respuesta
