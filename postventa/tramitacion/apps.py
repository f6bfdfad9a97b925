from django.apps import AppConfig


class TramitacionConfig(AppConfig):
    name = "postventa.tramitacion"
    label = "tramitacion"
    verbose_name = "Tramitación"
