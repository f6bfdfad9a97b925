"""The site with one more page: the floor of a submission."""

from bench.piso import enviar
from django.urls import include, path

from postventa.urls import handler500

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [path("piso/", enviar), path("", include("postventa.urls"))]
