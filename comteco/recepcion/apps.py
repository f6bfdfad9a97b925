from django.apps import AppConfig


class RecepcionConfig(AppConfig):
    name = "comteco.recepcion"
    label = "recepcion"
    verbose_name = "COMTECO, sala de atención"

    def ready(self):
        from comteco.recepcion.demo import DEMO
        from comteco.recepcion.sala import SALA
        from comteco.recepcion.siembra import sembrar
        from postventa.expedientes.salas import registrar
        from postventa.tramitacion import demo, siembra

        registrar(SALA)
        demo.registrar(DEMO)
        siembra.registrar(sembrar)
