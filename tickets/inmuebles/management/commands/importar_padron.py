"""Load units and owners from a file, as the console does: first a report, then --aplicar."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.tramitacion.errores import Rechazo
from tickets.inmuebles.models import ResultadoFila
from tickets.inmuebles.padron import aplicacion, carga, listas


class Command(BaseCommand):
    help = "Revisa una planilla de propietarios y, con --aplicar, escribe lo que cambia."

    def add_arguments(self, parser):
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--empresa", required=True, help="Código de la empresa")
        parser.add_argument("--aplicar", action="store_true", help="Escribe lo revisado.")

    def handle(self, archivo, empresa, aplicar, **_):
        duena = Empresa.objects.filter(codigo=empresa).first()
        if duena is None:
            raise CommandError(f"No hay una empresa con el código «{empresa}».")
        ahora = hora.ahora()
        try:
            nueva = carga.revisar(duena, None, archivo.name, archivo.read_bytes(), ahora)
            self._contar(nueva)
            if aplicar and nueva.totales["por_escribir"]:
                aplicacion.pedir(nueva, None, nueva.version, ahora)
                while not aplicacion.aplicar(nueva, ahora):
                    pass
                nueva.refresh_from_db()
                self.stdout.write(f"{nueva}: {listas.resumen(nueva).lower()}")
        except OSError as error:
            raise CommandError(f"No se pudo leer el archivo: {error.strerror}.") from None
        except Rechazo as error:
            raise CommandError(error.mensaje) from None

    def _contar(self, nueva):
        for tipo in ResultadoFila:
            self.stdout.write(f"{tipo.label}: {nueva.totales[tipo.value]}")
        malas = nueva.filas.filter(resultado=ResultadoFila.RECHAZADA).order_by("numero")
        for numero, motivos in malas.values_list("numero", "motivos")[:50]:
            self.stdout.write(f"  fila {numero}: {' '.join(motivos)}")
