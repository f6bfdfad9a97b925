from django.apps import AppConfig


class PersonasConfig(AppConfig):
    name = "postventa.personas"
    label = "personas"
    verbose_name = "Personas y roles"
