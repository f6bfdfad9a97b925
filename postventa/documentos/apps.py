from django.apps import AppConfig


class DocumentosConfig(AppConfig):
    name = "postventa.documentos"
    label = "documentos"
    verbose_name = "Documentos"
