"""Icalma's own pages for owners, below /icalma/."""

from django.urls import path

from tickets.icalma.vistas import (
    caso,
    conformidad,
    envio,
    firma,
    inasistencia,
    no_fui_yo,
    papeles,
    requerimiento,
    visita,
)

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
    path("caso/<slug:publico>/firma/no-conforme/", conformidad.no_conforme, name="no_conforme"),
    path("caso/<slug:publico>/acta/", firma.acta_firmada, name="acta"),
    path("caso/<slug:publico>/no-fui-yo/<slug:sello>/", no_fui_yo.no_fui_yo, name="no_fui_yo"),
    path("caso/<slug:publico>/algo-mas/", papeles.algo_mas, name="algo_mas"),
    path("caso/<slug:publico>/documento/<slug:tipo>/", papeles.documento, name="documento"),
    path(
        "caso/<slug:publico>/documento/<slug:tipo>/<int:ordinal>/",
        papeles.documento,
        name="documento_ordinal",
    ),
    path("caso/<slug:publico>/visita/<int:visita>/confirmar/", visita.confirmar, name="confirmar"),
    path("caso/<slug:publico>/visita/<int:visita>/hora/", visita.cambiar, name="cambiar_hora"),
    path("caso/<slug:publico>/visita/<int:visita>/reemplazo/", visita.reemplazo, name="reemplazo"),
    path("caso/<slug:publico>/visita/<int:visita>/visita.ics", visita.calendario, name="ics"),
    path("caso/<slug:publico>/visita/<int:visita>/objetar/", inasistencia.objetar, name="objetar"),
]
