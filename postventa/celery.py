"""The Celery application and the whole timetable of beat.

Every periodic task is a sweep: it looks in the database for what is due, so that a tick that is
lost, late or doubled changes nothing but latency.
"""

import os

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

# manage.py, `make run` and the tests name their own; a process that forgets gets the strict one.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postventa.settings.prod")

app = Celery("postventa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.add_defaults(lambda: settings.REDBEAT)
app.autodiscover_tasks()

# Tests that watch beat itself cannot wait a minute for it.
CADA_S = float(os.environ.get("BARRIDO_CADA_S") or 60)
CADA_MINUTO = {"schedule": CADA_S, "options": {"expires": 55}}


def cada_noche(hora, minuto):
    """Once a night; the hour is UTC (Chile is at -3 or -4, Peru at -5, Bolivia at -4)."""
    return {"schedule": crontab(hour=hora, minute=minuto), "options": {"expires": 6 * 3600}}


app.conf.beat_schedule = {
    "barrer-plazos": {"task": "tramitacion.barrer_plazos", **CADA_MINUTO},
    "recalcular-plazos": {"task": "tramitacion.recalcular_plazos", **CADA_MINUTO},
    "barrer-avisos": {"task": "avisos.barrer", **CADA_MINUTO},
    "barrer-consola": {"task": "consola.barrer", **CADA_MINUTO},
    "aplicar-cargas": {"task": "inmuebles.aplicar_pedidas", **CADA_MINUTO},
    "latido-de-beat": {"task": "tramitacion.latido_beat", **CADA_MINUTO},
    "anclar-bitacora": {"task": "expedientes.anclar", **cada_noche(6, 10)},
    "purgar-vencidos": {"task": "expedientes.purgar", **cada_noche(6, 40)},
    "olvidar-entrantes": {"task": "entrada.olvidar", **cada_noche(7, 0)},
    "purgar-portal": {"task": "portal.purgar", **cada_noche(6, 50)},
    "olvidar-cargas": {"task": "inmuebles.olvidar_cargas", **cada_noche(6, 55)},
    "sellar-semanas": {"task": "tableros.sellar", **cada_noche(7, 20)},
    "purgar-accesos": {"task": "accesos.purgar", **cada_noche(7, 0)},
}
