"""How large a mail may be: asked before anything of it is read (TM-19)."""

from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

BYTES = 12 * 1024 * 1024


def con_tope(vista):
    """Wrap a webhook: 411 without a length, 413 above the limit, and never more memory than it."""

    @csrf_exempt
    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        largo = request.META.get("CONTENT_LENGTH") or ""
        if not largo.isdecimal():
            return HttpResponse("falta el largo", status=411, content_type="text/plain")
        if int(largo) > BYTES:
            return HttpResponse("demasiado grande", status=413, content_type="text/plain")
        # Read here, so that this limit stands and not the one of forms.
        request._body = request.read(int(largo))
        try:
            return vista(request, *args, **kwargs)
        except RequestDataTooBig:
            return HttpResponse("demasiado grande", status=413, content_type="text/plain")

    return envuelta
