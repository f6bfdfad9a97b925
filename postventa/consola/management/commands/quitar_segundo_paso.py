from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from postventa.accesos import factor
from postventa.calendario import hora
from postventa.consola.acceso import avisar
from postventa.empresas.models import Empresa
from postventa.expedientes.bitacora import anotar_cambio
from postventa.personas.models import Usuario


class Command(BaseCommand):
    help = (
        "Quita el segundo paso de una cuenta cuando no hay otra persona que pueda hacerlo en la "
        "consola, cierra sus sesiones y lo deja escrito."
    )

    def add_arguments(self, parser):
        parser.add_argument("usuario")

    @transaction.atomic
    def handle(self, usuario, **opciones):
        persona = Usuario.objects.filter(username=usuario).first()
        if persona is None:
            raise CommandError(f"No hay una cuenta {usuario}.")
        if not factor.quitar(persona):
            raise CommandError(f"{usuario} no tiene un segundo paso.")
        ahora = hora.ahora()
        suyas = Empresa.objects.filter(membresias__usuario=persona).distinct()
        for empresa in [*suyas] or [None]:
            detalle = {"segundo paso": ["activo", "quitado en el servidor"]}
            anotar_cambio(empresa, persona, "factor", None, ahora, detalle)
        avisar.de_quitado(persona, None, "No había otra persona que pudiera hacerlo.", ahora)
        self.stdout.write(f"Quitado: {usuario} entra con su clave y activa otro.")
