from django.apps import AppConfig


class PlazosConfig(AppConfig):
    name = "postventa.plazos"
    label = "plazos"
    verbose_name = "Plazos"
