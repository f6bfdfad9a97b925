"""The whole site: console under /consola/, one portal per company under /<empresa>/."""

from django.contrib import admin
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.urls import include, path

from postventa.consola import agenda_propia

handler403 = "postventa.portal.errores.sin_permiso"
handler404 = "postventa.portal.errores.no_encontrada"
handler500 = "postventa.portal.errores.error_interno"


def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request):
    """The process answers and reaches its database; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("sin base de datos", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("consola/", include("postventa.consola.acceso.urls")),
    path("consola/", admin.site.urls),
    path("correo-entrante/", include("postventa.entrada.urls")),
    path("agenda/<slug:llave>.ics", agenda_propia.calendario, name="agenda_propia"),
    path("icalma/", include("tickets.icalma.urls"), {"empresa": "icalma"}),
    path("ingevec/", include("tickets.ingevec.urls"), {"empresa": "ingevec"}),
    path("capera/", include("reclamos.urls"), {"empresa": "capera"}),
    path("comteco/sala/", include("comteco.recepcion.urls")),
    path("", include("postventa.portal.urls")),
]
