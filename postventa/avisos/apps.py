from django.apps import AppConfig


class AvisosConfig(AppConfig):
    name = "postventa.avisos"
    label = "avisos"
    verbose_name = "Avisos"
