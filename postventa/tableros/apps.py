from django.apps import AppConfig


class TablerosConfig(AppConfig):
    name = "postventa.tableros"
    label = "tableros"
    verbose_name = "Tableros"

    def ready(self):
        from postventa.tableros.sellos import olvidar
        from postventa.tramitacion.simulacion.registro import al_terminar

        al_terminar(olvidar)
