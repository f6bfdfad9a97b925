from django.apps import AppConfig


class TablerosConfig(AppConfig):
    name = "postventa.tableros"
    label = "tableros"
    verbose_name = "Tableros"
