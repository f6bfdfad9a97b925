"""What gunicorn serves. `postventa.celery` has already chosen the settings if nobody had."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
