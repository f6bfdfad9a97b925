from django.apps import AppConfig


class AvisosConfig(AppConfig):
    name = "postventa.avisos"
    label = "avisos"
    verbose_name = "Avisos"

    def ready(self):
        from anymail.signals import tracking

        from postventa.avisos.rebotes import al_saberse

        # How the mail library hands over what a provider tells of what it sent.
        tracking.connect(al_saberse, dispatch_uid="avisos.al_saberse")
