"""One's own visits in one's own calendar: the address with its key, and the page that makes it."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from postventa.calendario import hora
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento, zona_de
from postventa.consola.salas import todas
from postventa.visitas import ics, llaves
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita

SE_HACEN = (V.COORDINADA, V.EN_CURSO, V.REALIZADA)
ANTES, DESPUES, LARGO = timedelta(days=14), timedelta(days=120), 500
QUE = {Visita.Tipo.INSPECCION: "Inspección", Visita.Tipo.TRABAJO: "Trabajos"}


@require_safe
@never_cache
def calendario(request, llave):
    """The feed. No session: the key in the address is all; a wrong one is nothing at all."""
    persona = llaves.persona_de(llave)
    if persona is None:
        raise Http404
    ahora = hora.ahora()
    dominio = urlsplit(settings.SITE_URL).hostname or "postventa"
    contenido = ics.agenda_de(_eventos(persona, ahora), dominio, ahora)
    respuesta = HttpResponse(contenido, content_type="text/calendar; charset=utf-8")
    respuesta["Content-Disposition"] = 'inline; filename="visitas.ics"'
    # The address is a secret: no page that it leads to is told of it, no robot keeps it.
    respuesta["Referrer-Policy"] = "no-referrer"
    respuesta["X-Robots-Tag"] = "none"
    return respuesta


def _eventos(persona, ahora: datetime):
    """Place and hour, of the companies where that person works today."""
    visitas = acotar(Visita.objects.all(), persona).filter(
        persona=persona,
        estado__in=SE_HACEN,
        inicia_en__gte=ahora - ANTES,
        inicia_en__lt=ahora + DESPUES,
    )
    filas = list(visitas.select_related("expediente__sede").order_by("inicia_en")[:LARGO])
    lugares: dict[int, str] = {}
    for consola in todas():
        ids = [v.expediente_id for v in filas if v.expediente.tipo == consola.tipo]
        lugares |= consola.donde(ids) if ids else {}
    for v in filas:
        sede = v.expediente.sede
        lugar = lugares.get(v.expediente_id, sede.nombre)
        direccion = ", ".join(filter(None, (lugar, sede.direccion, sede.comuna)))
        yield v, f"{QUE[v.tipo]}: {lugar}", direccion


@require_http_methods(["GET", "HEAD", "POST"])
def llave(request):
    """Make, replace or revoke one's own key. The address is shown once: only its digest stays."""
    direccion = ""
    accion = request.POST.get("accion", "")
    if accion == "crear":
        nueva = llaves.crear(request.user, momento(request))
        ruta = reverse("agenda_propia", args=[nueva])
        direccion = settings.SITE_URL.rstrip("/") + ruta
    elif accion == "revocar":
        llaves.revocar(request.user)
    contexto = {
        **admin.site.each_context(request),
        "title": "Mi agenda en el calendario",
        "direccion": direccion,
        "llave": llaves.llave_de(request.user),
        "revocada": accion == "revocar",
        "zona": zona_de(request.user),
    }
    return TemplateResponse(request, "consola/agenda_llave.html", contexto)
