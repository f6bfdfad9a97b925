from django.apps import AppConfig


class TramitacionConfig(AppConfig):
    name = "postventa.tramitacion"
    label = "tramitacion"
    verbose_name = "Tramitación"

    def ready(self):
        from django.core.checks import register

        from postventa.avisos.correo import al_enviar
        from postventa.tramitacion import alertas
        from postventa.tramitacion.checks import revisar_salas

        register(revisar_salas)
        al_enviar(f"plazo_{alertas.ADVERTENCIA}", alertas.al_advertir)
        al_enviar(f"plazo_{alertas.VENCIMIENTO}", alertas.al_vencer)
        al_enviar(alertas.RESUMEN, alertas.al_resumir)
