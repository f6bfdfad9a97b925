"""The site with a page more for each floor: of a submission and of a list."""

from bench.piso import enviar
from bench.piso_lista import SITIO, desnuda
from django.urls import include, path

from postventa.urls import handler500

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [
    path("piso/", enviar),
    path("piso/admin/", SITIO.urls),
    path("piso/<cual>/", desnuda),
    path("", include("postventa.urls")),
]
