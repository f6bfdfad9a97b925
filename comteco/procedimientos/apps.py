from django.apps import AppConfig


class ProcedimientosConfig(AppConfig):
    name = "comteco.procedimientos"
    label = "procedimientos"
    verbose_name = "COMTECO, post venta"

    def ready(self):
        from comteco.procedimientos.sala import SALA
        from comteco.procedimientos.siembra import sembrar
        from postventa.expedientes.salas import registrar
        from postventa.tramitacion.siembra import al_sembrar

        registrar(SALA)
        al_sembrar(sembrar)
