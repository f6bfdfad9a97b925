from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand
from django.db import transaction

from postventa.consola.acceso.adaptadores import cofre


class Command(BaseCommand):
    help = (
        "Guarda los secretos del segundo paso con la SECRET_KEY de hoy. Hazlo antes de quitar la "
        "anterior de SECRET_KEY_FALLBACKS."
    )

    @transaction.atomic
    def handle(self, **opciones):
        hechos, perdidos, llaves = 0, [], cofre()
        for fila in Authenticator.objects.select_for_update().select_related("user"):
            for campo in {"secret", "seed"} & set(fila.data):
                try:
                    fila.data[campo] = llaves.rotate(fila.data[campo].encode()).decode()
                    hechos += 1
                except InvalidToken:
                    perdidos.append(fila.user.username)
            fila.save(update_fields=["data"])
        self.stdout.write(f"Guardados de nuevo: {hechos}.")
        for cuenta in sorted(set(perdidos)):
            self.stdout.write(f"No se puede leer el de {cuenta}: quítalo para que active otro.")
