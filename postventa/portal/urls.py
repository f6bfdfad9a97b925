"""The customers' side. Rooms hang their own pages below `/<empresa>/` in `postventa/urls.py`."""

from django.urls import path

from postventa.portal.views import acceso, casos, demo, paginas

app_name = "portal"

urlpatterns = [
    path("", paginas.empresas, name="empresas"),
    path("demo/correos/", demo.correos, name="demo_correos"),
    path("demo/correos/<int:numero>/", demo.correo, name="demo_correo"),
    path("demo/correos/<int:numero>/html/", demo.correo_html, name="demo_correo_html"),
    path("<slug:empresa>/", paginas.inicio, name="inicio"),
    path("<slug:empresa>/contacto/", paginas.contacto, name="contacto"),
    path("<slug:empresa>/privacidad/", paginas.privacidad, name="privacidad"),
    path("<slug:empresa>/accesibilidad/", paginas.accesibilidad, name="accesibilidad"),
    path("<slug:empresa>/acceso/", acceso.acceso, name="acceso"),
    path("<slug:empresa>/codigo/", acceso.codigo, name="codigo"),
    path("<slug:empresa>/salir/", acceso.salir, name="salir"),
    path("<slug:empresa>/mis-requerimientos/", casos.lista, name="mis_requerimientos"),
    path("<slug:empresa>/caso/<slug:publico>/", casos.caso, name="caso"),
    path("<slug:empresa>/adjunto/<slug:publico>/", casos.adjunto, name="adjunto"),
]
