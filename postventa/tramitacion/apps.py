from django.apps import AppConfig


class TramitacionConfig(AppConfig):
    name = "postventa.tramitacion"
    label = "tramitacion"
    verbose_name = "Tramitación"

    def ready(self):
        from django.core.checks import register

        from postventa.tramitacion.checks import revisar_salas

        register(revisar_salas)
