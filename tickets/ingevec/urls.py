"""Ingevec's own pages for owners, below /ingevec/."""

from django.urls import path

from tickets.ingevec.vistas import caso, contacto, envio, solicitud, urgencia

app_name = "ingevec"

urlpatterns = [
    path("solicitud/", solicitud.elegir_unidad, name="solicitud"),
    path("solicitud/<int:unidad>/", urgencia.preguntar, name="urgencia"),
    path("solicitud/<int:unidad>/urgente/", urgencia.urgente, name="urgente"),
    path("solicitud/<int:unidad>/que/", solicitud.requerimientos, name="requerimientos"),
    path("solicitud/<int:unidad>/foto/", solicitud.foto, name="foto"),
    path("solicitud/<int:unidad>/consulta/", solicitud.consulta, name="consulta"),
    path("solicitud/<int:unidad>/visita/", contacto.visita, name="visita"),
    path("solicitud/<int:unidad>/revisar/", envio.revisar, name="revisar"),
    path("caso/<slug:publico>/recibido/", envio.recibido, name="recibido"),
    path("caso/<slug:publico>/conformidad/", caso.conformidad, name="conformidad"),
    path("caso/<slug:publico>/visita/<int:visita>/hora/", caso.cambiar, name="cambiar_hora"),
    path("caso/<slug:publico>/visita/<int:visita>/visita.ics", caso.calendario, name="ics"),
]
