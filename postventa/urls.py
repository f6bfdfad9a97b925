"""The whole site: console under /consola/, one portal per company under /<empresa>/."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

handler500 = "postventa.portal.errores.error_interno"


def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz),
    path("consola/", admin.site.urls),
    path("icalma/", include("tickets.icalma.urls"), {"empresa": "icalma"}),
    path("", include("postventa.portal.urls")),
]
