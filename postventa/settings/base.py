"""Settings that do not change from place to place; dev, test and prod add to them."""

import os
import zoneinfo
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env

# Time zone rules come from the locked tzdata package, never from the machine: Chile's rules change.
zoneinfo.reset_tzpath(to=[])

env = Env()
BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")

DEBUG = False
ROOT_URLCONF = "postventa.urls"
WSGI_APPLICATION = "postventa.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "personas.Usuario"
CSRF_FAILURE_VIEW = "postventa.portal.errores.pagina_vencida"
# Only staff logs in by Django; a `next` of another site is answered with the console's home.
LOGIN_REDIRECT_URL = "admin:index"

INSTALLED_APPS = [
    "postventa.consola.apps.ConsolaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "anymail",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "postventa.calendario",
    "postventa.empresas",
    "postventa.personas",
    "postventa.accesos",
    "postventa.expedientes",
    "postventa.plazos",
    "postventa.avisos",
    "postventa.entrada",
    "postventa.visitas",
    "postventa.documentos",
    "postventa.tramitacion",
    "postventa.tableros",
    # By its path: apps.py also holds the admin site's config.
    "postventa.consola.apps.ConsolaConfig",
    "postventa.portal",
    "tickets.inmuebles",
    "tickets.icalma",
    "tickets.ingevec",
    "reclamos",
    "comteco.recepcion",
    "comteco.procedimientos",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # The project's own middleware goes below this line.
    "postventa.portal.direcciones.SinNulos",
    "postventa.portal.direcciones.MetodoErrado",
    "postventa.consola.acceso.vigilancia.Vigilancia",
    # Last, as it asks: it turns a refused login into the page that says so.
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# COMTECO's own systems: who answers for each. Until one has an interface, the operator does.
COMTECO_SISTEMAS = {
    "smartflex": "comteco.procedimientos.sistemas.manual.SmartflexManual",
    "pac": "comteco.procedimientos.sistemas.manual.PacManual",
    "consultas": "comteco.procedimientos.sistemas.manual.ConsultasManual",
    "qgis": "comteco.procedimientos.sistemas.manual.QgisManual",
}

# Language and time: the screens speak Chilean Spanish, the database UTC; each Sede has its zone.
LANGUAGE_CODE = "es-cl"
LANGUAGES = [("es-cl", "Español (Chile)"), ("es", "Español")]
USE_I18N = True
FORMAT_MODULE_PATH = ["postventa.formatos"]
USE_TZ = True
TIME_ZONE = "UTC"

# Files. Attachments have no URL: a view checks the person and sends them.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "adjuntos")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Browsers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
# Django's CSRF check over https needs the Referer of our own pages.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
# A working day; the portal's own sessions end sooner, by themselves.
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# How many proxies of ours stand in front; only that many X-Forwarded-For entries are believed.
PROXIES_CONFIABLES = env.int("PROXIES_CONFIABLES", 0)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{nombre}"}
    for nombre in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Only staff logs in by Django: a password, which axes counts when it is wrong, and a second
# factor, which allauth keeps. Of allauth's pages only those of postventa.consola.acceso exist.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "account_login"
SEGUNDO_FACTOR_OBLIGATORIO = env.bool("SEGUNDO_FACTOR_OBLIGATORIO", False)
CONSOLA_INACTIVA_MIN = env.int("CONSOLA_INACTIVA_MIN", 15)
ACCOUNT_ADAPTER = "postventa.consola.acceso.adaptadores.Cuentas"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_REAUTHENTICATION_METHODS = ["password"]
# Ours count in the database, every process together; see postventa.accesos.limites.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "postventa.consola.acceso.adaptadores.Factores"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Postventa"
# A telephone half a minute late or early is right.
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
AXES_HANDLER = "postventa.accesos.guardia.Guardia"
AXES_CLIENT_IP_CALLABLE = "postventa.accesos.red.de_quien_cuenta"
AXES_LOCKOUT_CALLABLE = "postventa.consola.acceso.entrada.cerrada"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# The guard says "one" when one of its own limits is reached; the cool-off is its window.
AXES_FAILURE_LIMIT = 1
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# What axes does not write down of a request that failed; "password" it leaves out by itself.
AXES_SENSITIVE_PARAMETERS = [
    "username", "ip_address", "code", "csrfmiddlewaretoken", "next",
    "old_password", "new_password1", "new_password2",
]  # fmt: skip

# Mail: "archivo", "consola", "smtp", or the name of one of anymail's providers ("sendgrid", ...),
# whose own settings come as ANYMAIL_<NAME>.
BACKENDS_DE_CORREO = {
    "archivo": "django.core.mail.backends.filebased.EmailBackend",
    "consola": "django.core.mail.backends.console.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}


def backend_de_correo(proveedor):
    """The Django mail backend of a provider's name."""
    return BACKENDS_DE_CORREO.get(proveedor, f"anymail.backends.{proveedor}.EmailBackend")


ANYMAIL = {
    clave.removeprefix("ANYMAIL_"): valor
    for clave, valor in os.environ.items()
    if clave.startswith("ANYMAIL_")
}
# Providers that may post arriving mail to /correo-entrante/<name>/, with ANYMAIL_WEBHOOK_SECRET.
CORREO_ENTRANTE = env.list("CORREO_ENTRANTE", [])
# Those that may post what became of our mails to /correo-entrante/<name>/rastreo/, with the same.
CORREO_RASTREADO = env.list("CORREO_RASTREADO", [])
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "postventa@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_FILE_PATH = VAR_DIR / "correos"
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15

# Celery: the database is the queue of record, a message is only a hint to look now. So a
# publisher never waits (no retry, short timeouts) and a worker may be killed at any instant.
CELERY_PISTAS = True
CELERY_TIMEZONE = "UTC"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
TRANSPORTE_REDIS = {"socket_timeout": 2, "socket_connect_timeout": 2, "visibility_timeout": 900}


def redbeat(redis_url):
    """Several beats may run: the one that holds this lock speaks. postventa.celery hands it on."""
    return {
        "redbeat_redis_url": redis_url,
        "redbeat_redis_options": {"socket_timeout": 5, "socket_connect_timeout": 2},
        "redbeat_lock_timeout": 30,
    }


REDBEAT = {}

# The movable clock and the demo's conveniences exist only where these are switched on.
RELOJ_MOVIBLE = False
DEMO = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "linea": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "linea"}},
    "root": {"handlers": ["consola"], "level": env.log_level("LOG_LEVEL", "INFO")},
    # It tells every attempt; the register of alerts is for people.
    "loggers": {"axes": {"level": "ERROR"}},
}
