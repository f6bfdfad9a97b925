from django.apps import AppConfig


class EmpresasConfig(AppConfig):
    name = "postventa.empresas"
    label = "empresas"
    verbose_name = "Empresas y sedes"
