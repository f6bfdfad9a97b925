from django.apps import AppConfig


class AccesosConfig(AppConfig):
    name = "postventa.accesos"
    label = "accesos"
    verbose_name = "Accesos"
