"""Brings the database up to date: tables, shared data, and the demo if there is none yet."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postventa.settings.dev")

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("cargar_base")
    # The manual's story begins with nobody's case but its own.
    casos = [] if "--sin-casos" in sys.argv[1:] else ["--con-casos"]
    call_command("cargar_demo", "--si-vacia", *casos)
    # What fell due while nothing ran, and the first sign of life, without waiting for beat.
    from postventa.tramitacion.barrido import barrer

    barrer()
