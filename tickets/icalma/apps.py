from django.apps import AppConfig


class IcalmaConfig(AppConfig):
    name = "tickets.icalma"
    label = "icalma"
    verbose_name = "Icalma"

    def ready(self):
        from postventa.expedientes.salas import registrar
        from tickets.icalma.sala import SALA

        registrar(SALA)
