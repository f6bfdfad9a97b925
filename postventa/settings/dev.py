"""`make run`: everything embedded under var/, no server to install, no secret to invent.

Pages look as in production (DEBUG off); DEBUG=1 brings Django's error pages.
"""

import os
import secrets

from postventa.settings import base
from postventa.settings.base import *  # noqa: F403
from postventa.settings.bases_de_datos import postgres, sqlite

VAR_DIR = base.VAR_DIR
VAR_DIR.mkdir(parents=True, exist_ok=True)


def clave_local():
    """This checkout's own secret key: made once, whoever of web, worker and beat comes first."""
    archivo = VAR_DIR / "clave"
    if not archivo.exists():
        nueva = VAR_DIR / f"clave.{os.getpid()}"
        nueva.touch(mode=0o600)
        nueva.write_text(secrets.token_urlsafe(50))
        try:
            os.link(nueva, archivo)
        except FileExistsError:
            pass
        nueva.unlink()
    return archivo.read_text()


SECRET_KEY = base.env.str("SECRET_KEY", "") or clave_local()
DEBUG = base.env.bool("DEBUG", False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
PUERTO = base.env.int("PUERTO", 8000)
SITE_URL = base.env.str("SITE_URL", f"http://127.0.0.1:{PUERTO}")
DEMO = True
RELOJ_MOVIBLE = True
# Whoever moves the demo's clock sees at once what fell due meanwhile.
RELOJ_AL_MOVER = ["postventa.tramitacion.barrido.barrer"]

DATABASES = {
    "default": postgres()
    if base.env.str("DATABASE_URL", "")
    else sqlite(VAR_DIR / "postventa.sqlite3"),
}

# No collectstatic: whitenoise finds the files where they are written.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

EMAIL_PROVIDER = base.env.str("EMAIL_PROVIDER", "archivo")
EMAIL_BACKEND = base.backend_de_correo(EMAIL_PROVIDER)

COLA = VAR_DIR / "cola"
if base.env.str("REDIS_URL", ""):
    CELERY_BROKER_URL = base.env.str("REDIS_URL")
    CELERY_BROKER_TRANSPORT_OPTIONS = base.TRANSPORTE_REDIS
else:
    for carpeta in ("mensajes", "control"):
        (COLA / carpeta).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT = "postventa.cola:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(COLA / "mensajes"),
        "data_folder_out": str(COLA / "mensajes"),
        "control_folder": str(COLA / "control"),
        "polling_interval": 0.2,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
