# Without this import, `shared_task.delay()` would look for an AMQP server.
from postventa.celery import app as celery_app

__all__ = ["celery_app"]
