"""Settings of the measurements: as in production, on a database of their own."""

from pathlib import Path

import django

from postventa.settings.test import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "bench.rutas"
# In production nobody asks the database what time it is, and pages come from compiled templates.
RELOJ_MOVIBLE = False
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
# Django's own admin pages, in whose place the console's stand: the floor of a list.
DE_DJANGO = {"NAME": "piso", "DIRS": [Path(django.__file__).parent / "contrib/admin/templates"]}
TEMPLATES = [*TEMPLATES, TEMPLATES[0] | DE_DJANGO | {"APP_DIRS": False}]  # noqa: F405
