from django.apps import AppConfig


class EntradaConfig(AppConfig):
    name = "postventa.entrada"
    label = "entrada"
    verbose_name = "Correo que llega"

    def ready(self):
        from anymail.signals import inbound
        from django.core.checks import register

        from postventa.entrada.checks import revisar_secreto
        from postventa.entrada.recepcion import al_llegar

        # How the mail library hands over the mail that a provider posts.
        inbound.connect(al_llegar, dispatch_uid="entrada.al_llegar")
        register(revisar_secreto)
