from django.apps import AppConfig


class RecepcionConfig(AppConfig):
    name = "comteco.recepcion"
    label = "recepcion"
    verbose_name = "COMTECO, sala de atención"

    def ready(self):
        from comteco.recepcion.demo import DEMO
        from postventa.tramitacion import demo

        demo.registrar(DEMO)
