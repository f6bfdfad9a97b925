from django.apps import AppConfig


class ExpedientesConfig(AppConfig):
    name = "postventa.expedientes"
    label = "expedientes"
    verbose_name = "Expedientes"
