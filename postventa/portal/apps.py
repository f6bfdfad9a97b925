from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "postventa.portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self):
        from postventa.avisos import correo
        from postventa.portal import checks, codigos  # noqa: F401

        correo.al_enviar(codigos.TIPO_AVISO, codigos.al_enviar)
