from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "postventa.portal"
    label = "portal"
    verbose_name = "Portal"
