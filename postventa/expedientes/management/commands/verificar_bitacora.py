from django.core.management.base import BaseCommand, CommandError

from postventa.calendario.palabras import contar
from postventa.expedientes.verificacion import Cuenta, verificar


class Command(BaseCommand):
    help = (
        "Verifica la bitácora: cadenas de los casos y de las empresas, anclas de cada noche, y que "
        "repetir los movimientos dé el estado guardado. Nombra cada diferencia."
    )

    def handle(self, **opciones):
        cuenta, diferencias = Cuenta(), 0
        for falla in verificar(cuenta):
            diferencias += 1
            self.stdout.write(falla)
        self.stdout.write(
            f"Revisado: {contar(cuenta.casos, 'caso', 'casos')}, "
            f"{contar(cuenta.movimientos, 'movimiento', 'movimientos')}, "
            f"{contar(cuenta.cambios, 'cambio', 'cambios')} de datos maestros, "
            f"{contar(cuenta.anclas, 'ancla', 'anclas')}."
        )
        if diferencias:
            raise CommandError(f"Hay {contar(diferencias, 'diferencia', 'diferencias')}.")
        self.stdout.write("Sin diferencias.")
