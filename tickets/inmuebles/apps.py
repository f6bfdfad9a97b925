from django.apps import AppConfig


class InmueblesConfig(AppConfig):
    name = "tickets.inmuebles"
    label = "inmuebles"
    verbose_name = "Inmuebles"
