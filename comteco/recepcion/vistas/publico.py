"""What every page of the hall that nobody logs in to has: no trace, and a limit to guessing."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache

from comteco.recepcion.models import Tanteo
from postventa.accesos.red import red
from postventa.calendario import hora
from postventa.portal.limites import POR_RED, VENTANA


class Inventada(Exception):
    """No page of the hall has that address."""


def publica(vista: Callable) -> Callable:
    """Neither kept nor indexed. An address that does not exist is 404, and 429 once a network has
    asked for too many; those that exist open all the same, for a whole hall shares its network."""

    @never_cache
    @wraps(vista)
    def envuelta(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            respuesta = vista(request, *args, **kwargs)
        except Inventada as inventada:
            if not _son_demasiadas(request):
                raise Http404(str(inventada)) from None
            texto = "Demasiadas direcciones que no existen. Pida la suya en Informes."
            respuesta = HttpResponse(texto, content_type="text/plain; charset=utf-8", status=429)
            respuesta["Retry-After"] = str(int(VENTANA.total_seconds()))
        respuesta["X-Robots-Tag"] = "none"
        return respuesta

    return envuelta


def _son_demasiadas(request) -> bool:
    """Count one more of this network and hour, up to the limit; no address is written down."""
    ahora = hora.ahora()
    esta_hora = ahora.replace(minute=0, second=0, microsecond=0)
    huella = salted_hmac("sala.tanteo", red(request), algorithm="sha256").hexdigest()
    fila, es_nueva = Tanteo.objects.get_or_create(huella=huella, hora=esta_hora)
    if es_nueva:
        Tanteo.objects.filter(hora__lt=ahora - timedelta(days=1)).delete()
        return False
    if fila.cuantas >= POR_RED:
        return True
    Tanteo.objects.filter(pk=fila.pk).update(cuantas=F("cuantas") + 1)
    return False
