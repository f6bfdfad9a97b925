from django.apps import AppConfig


class VisitasConfig(AppConfig):
    name = "postventa.visitas"
    label = "visitas"
    verbose_name = "Visitas"
