"""Icalma's own pages for owners, below /icalma/."""

from django.urls import path

from tickets.icalma.vistas import caso, envio, firma, requerimiento

app_name = "icalma"

urlpatterns = [
    path("requerimiento/", requerimiento.elegir_unidad, name="requerimiento"),
    path("requerimiento/<int:unidad>/", requerimiento.observaciones, name="observaciones"),
    path("requerimiento/<int:unidad>/foto/", requerimiento.foto, name="foto"),
    path("requerimiento/<int:unidad>/vaciar/", requerimiento.vaciar, name="vaciar"),
    path("requerimiento/<int:unidad>/revisar/", envio.revisar, name="revisar"),
    path("caso/<slug:publico>/recibido/", envio.recibido, name="recibido"),
    path("caso/<slug:publico>/observacion/<int:observacion>/", caso.responder, name="responder"),
    path("caso/<slug:publico>/firma/", firma.firma, name="firma"),
    path("caso/<slug:publico>/firma/codigo/", firma.pedir_codigo, name="firma_codigo"),
    path("caso/<slug:publico>/acta/", firma.acta_firmada, name="acta"),
]
