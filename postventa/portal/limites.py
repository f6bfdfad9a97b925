"""Every figure of the access, in one file (dominio 12.7, TM-02, TM-05, TM-07)."""

from datetime import timedelta

SESION_INACTIVA = timedelta(minutes=30)
SESION_MAXIMA = timedelta(hours=12)
# The session's last use is written down at most this often.
SESION_ANOTAR = timedelta(minutes=1)

CODIGO_VIVE = timedelta(minutes=10)
CODIGO_INTENTOS = 5

VENTANA = timedelta(hours=1)
# Codes asked for in an hour: by one document from one network, by one document from anywhere,
# by one network, and by a whole company's customers together.
POR_DOCUMENTO_Y_RED = 3
POR_DOCUMENTO = 10
POR_RED = 30
POR_EMPRESA = 600
# Once the whole company is being swept, what each network still gets: the sweeper is slowed
# down and a customer at home still comes in.
POR_RED_EN_BARRIDO = 3
