from django.apps import AppConfig


class ProcedimientosConfig(AppConfig):
    name = "comteco.procedimientos"
    label = "procedimientos"
    verbose_name = "COMTECO, post venta"

    def ready(self):
        from comteco.procedimientos.demo import abrir_casos
        from comteco.procedimientos.sala import SALA
        from comteco.procedimientos.siembra import sembrar
        from postventa.expedientes.salas import registrar
        from postventa.tramitacion import demo, siembra

        registrar(SALA)
        siembra.registrar(sembrar)
        demo.registrar_casos("comteco", abrir_casos)
