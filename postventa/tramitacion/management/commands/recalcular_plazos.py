from django.core.management.base import BaseCommand, CommandError

from postventa.calendario.palabras import contar, vence_en_palabras
from postventa.personas.models import Usuario
from postventa.tramitacion.recalculo import aplicar, revisiones


class Command(BaseCommand):
    help = (
        "Muestra los plazos en curso que un cambio de calendario mueve, con su fecha de antes y la "
        "de ahora. Con --aplicar los mueve y lo anota en la bitácora de cada caso."
    )

    def add_arguments(self, parser):
        parser.add_argument("--aplicar", action="store_true", help="mueve los plazos")
        parser.add_argument("--por", metavar="USUARIO", help="quién lo pide (con --aplicar)")
        parser.add_argument("--motivo", default="", help="por qué (con --aplicar)")

    def handle(self, aplicar, por, motivo, **opciones):
        if not aplicar:
            self._mostrar()
            return
        if not (por and motivo):
            raise CommandError("Di quién lo pide y por qué: --por usuario --motivo «Ley 21.999».")
        usuario = Usuario.objects.filter(username=por, is_active=True).first()
        if usuario is None:
            raise CommandError(f"No hay un usuario activo {por!r}.")
        self._aplicar(usuario, motivo)

    def _mostrar(self):
        total = 0
        for revision in revisiones():
            total += 1
            antes, despues = (
                vence_en_palabras(instante, revision.sede.tz, con_anio=True)
                for instante in (revision.antes, revision.despues)
            )
            nombre = revision.plazo.politica.nombre
            self.stdout.write(f"{revision.plazo.folio}  {nombre}: vencía {antes}; vence {despues}.")
        self.stdout.write(f"{contar(total, 'plazo se mueve', 'plazos se mueven')}.")

    def _aplicar(self, usuario, motivo):
        movidos = aplicar(usuario, motivo)
        self.stdout.write(f"{contar(movidos, 'plazo movido', 'plazos movidos')}.")
