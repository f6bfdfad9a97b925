"""CAPERA's own pages for customers, below /capera/."""

from django.urls import path

from reclamos.vistas import libro, manifestar

app_name = "capera"

urlpatterns = [
    path("libro-de-reclamaciones/", libro.libro, name="libro"),
    path("reclamo/<slug:publico>/", manifestar.reclamo, name="reclamo"),
    path("reclamo/<slug:publico>/enviado/", libro.enviado, name="enviado"),
    path("reclamo/<slug:publico>/<slug:tipo>-<int:ordinal>.pdf", libro.papel, name="papel"),
    path("reclamo/<slug:publico>/hoja/", libro.hoja, name="hoja"),
]
