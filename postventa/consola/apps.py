from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConsolaConfig(AppConfig):
    name = "postventa.consola"
    label = "consola"
    verbose_name = "Consola"

    def ready(self):
        from postventa.consola.voz import hablar_como_la_consola

        hablar_como_la_consola()


class ConsolaAdminConfig(AdminConfig):
    """The admin, with our site in place of Django's default one."""

    default_site = "postventa.consola.sitio.ConsolaSite"
