"""Containers: PostgreSQL, Redis, https in front. Every secret comes from the environment."""

from urllib.parse import urlsplit

from postventa.settings import base
from postventa.settings.base import *  # noqa: F403
from postventa.settings.bases_de_datos import postgres

env = base.env

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
SITE_URL = env.str("SITE_URL").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", []) or [urlsplit(SITE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Never from the environment: a real site has no movable clock and no demo users.
DEMO = False
RELOJ_MOVIBLE = False

# A real site asks everybody for a second factor unless it is told otherwise.
SEGUNDO_FACTOR_OBLIGATORIO = env.bool("SEGUNDO_FACTOR_OBLIGATORIO", True)

DATABASES = {"default": postgres(env.int("DB_STATEMENT_TIMEOUT_MS", 15_000))}

# Where every process sees that a code was already used; `createcachetable` makes its table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_compartida",
    }
}

STORAGES = base.STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SEGUNDOS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMINIOS", True)
SECURE_HSTS_PRELOAD = False
if env.bool("HTTPS_TRAS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sesion"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"

EMAIL_PROVIDER = env.str("EMAIL_PROVIDER", "smtp")
EMAIL_BACKEND = base.backend_de_correo(EMAIL_PROVIDER)

REDIS_URL = env.str("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = base.TRANSPORTE_REDIS
CELERY_BEAT_SCHEDULER = "redbeat.RedBeatScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
REDBEAT = base.redbeat(REDIS_URL)
