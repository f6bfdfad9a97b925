from django.apps import AppConfig


class IngevecConfig(AppConfig):
    name = "tickets.ingevec"
    label = "ingevec"
    verbose_name = "Ingevec"

    def ready(self):
        from postventa.expedientes.salas import registrar
        from tickets.ingevec.sala import SALA

        registrar(SALA)
