"""pytest: SQLite in memory, or the PostgreSQL and Redis that DATABASE_URL and REDIS_URL name."""

import tempfile
from pathlib import Path

from postventa.settings import base
from postventa.settings.base import *  # noqa: F403
from postventa.settings.bases_de_datos import postgres, sqlite

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = base.env.str("SITE_URL", "http://testserver")
DEMO = True
RELOJ_MOVIBLE = True

# Tests that run side by side keep their files apart, as pytest-django does their databases.
VAR_DIR = base.env.path(
    "VAR_DIR", Path(tempfile.gettempdir()) / "postventa-pruebas"
) / base.env.str("PYTEST_XDIST_WORKER", "")
MEDIA_ROOT = VAR_DIR / "adjuntos"
EMAIL_FILE_PATH = VAR_DIR / "correos"
STATIC_ROOT = VAR_DIR / "static"

DATABASES = {"default": postgres() if base.env.str("DATABASE_URL", "") else sqlite(":memory:")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

EMAIL_PROVIDER = base.env.str("EMAIL_PROVIDER", "")
EMAIL_BACKEND = (
    base.backend_de_correo(EMAIL_PROVIDER)
    if EMAIL_PROVIDER
    else "django.core.mail.backends.locmem.EmailBackend"
)

CORREO_ENTRANTE = ["mailgun", "postmark"]
CORREO_RASTREADO = ["mailgun", "postmark"]
ANYMAIL = {
    **base.ANYMAIL,
    "WEBHOOK_SECRET": "proveedor:secreto-de-prueba",
    "MAILGUN_WEBHOOK_SIGNING_KEY": "firma-de-prueba",
}

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# A test that wants hints on a real queue switches them on for the processes it starts.
CELERY_PISTAS = base.env.bool("CELERY_PISTAS", False)
REDIS_URL = base.env.str("REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "memory://"
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = base.TRANSPORTE_REDIS
    CELERY_BEAT_SCHEDULER = "redbeat.RedBeatScheduler"
    CELERY_BEAT_MAX_LOOP_INTERVAL = 1
    REDBEAT = base.redbeat(REDIS_URL)
