from django.apps import AppConfig


class CalendarioConfig(AppConfig):
    name = "postventa.calendario"
    label = "calendario"
    verbose_name = "Calendarios y horarios"
