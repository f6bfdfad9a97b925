"""Settings of the measurements: as in production, on a database of their own."""

from postventa.settings.test import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "bench.rutas"
# In production nobody asks the database what time it is, and pages come from compiled templates.
RELOJ_MOVIBLE = False
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
