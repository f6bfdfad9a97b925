"""Every figure of the staff's door, in one file (TM-30, TM-31)."""

from datetime import timedelta

from django.conf import settings

# Wrong passwords or second factors are counted this long after the last one, then forgotten.
VENTANA = settings.AXES_COOLOFF_TIME
# Of one account from one address; of one address, whatever the account; of one account, from
# anywhere, which a browser where that person has come in before is not asked about.
POR_CUENTA_Y_DIRECCION = 5
POR_DIRECCION = 30
POR_CUENTA = 20
# A browser is remembered this long after its last entry.
EQUIPO_CONOCIDO = timedelta(days=90)

SESION_INACTIVA = timedelta(minutes=settings.CONSOLA_INACTIVA_MIN)
SESION_MAXIMA = timedelta(hours=10)
# The session's last use is written down at most this often.
SESION_ANOTAR = timedelta(minutes=1)

# How long alerts and attempts are kept.
SE_GUARDAN = timedelta(days=30)
