"""The hall's public pages, below /comteco/sala/: its television and the page of a number."""

from django.urls import path

from comteco.recepcion.vistas import ficha, panel

app_name = "sala"

urlpatterns = [
    path("panel/<slug:llave>/", panel.panel, name="panel"),
    path("panel/<slug:llave>/llamadas/", panel.llamadas, name="llamadas"),
    path("ficha/<slug:publico>/", ficha.ficha, name="ficha"),
    path("ficha/<slug:publico>/qr.svg", ficha.qr, name="qr"),
]
