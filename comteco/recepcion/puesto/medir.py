"""The half-yearly indicator, and the address of each hall's television."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comteco.recepcion import llaves
from comteco.recepcion.indicador import Semestre, medir
from comteco.recepcion.permisos import MIDEN
from comteco.recepcion.puesto import alli
from postventa.consola import cambios
from postventa.consola.contexto import momento
from postventa.personas.models import Rol

SEMESTRES = 4


@require_safe
def indicador(request):
    """The last half-years of a place, this one first."""
    alli.exigir(request.user, MIDEN, "El indicador lo ve quien supervisa la Plataforma.")
    sedes = alli.sedes_de(request.user, MIDEN)
    sede = alli.elegida(request, sedes)
    filas = []
    if sede:
        semestre = Semestre.de(momento(request).astimezone(sede.tz).date())
        for _ in range(SEMESTRES):
            filas.append(medir([sede], semestre))
            semestre = semestre.anterior
    contexto = {"title": "Satisfacción con la información", "filas": filas}
    return alli.responder(request, "indicador.html", {**contexto, "sede": sede, "sedes": sedes})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def panel(request):
    """The administrator gives a television its address, or takes it away. It is shown once."""
    salas = alli.salas_que_administra(request.user, (Rol.ADMINISTRADOR,))
    if not salas:
        raise PermissionDenied("La dirección del panel la da quien administra la sede.")
    direccion, cual = "", None
    if request.method == "POST":
        cual = next((s for s in salas if str(s.pk) == request.POST.get("sala")), None)
        if cual is None:
            raise Http404
        direccion = _dar_o_quitar(request, cual)
    contexto = {"title": "Panel de la sala", "salas": salas, "direccion": direccion, "cual": cual}
    return alli.responder(request, "panel.html", contexto)


def _dar_o_quitar(request, sala) -> str:
    """The new address; "" once it is taken away."""
    if request.POST.get("que") == "quitar":
        llaves.quitar(sala)
        cambios.anotar(request, sala, "editar", {"llave del panel": ["", "revocada"]})
        return ""
    llave = llaves.dar(sala, momento(request))
    cambios.anotar(request, sala, "editar", {"llave del panel": ["", "nueva"]})
    return settings.SITE_URL.rstrip("/") + reverse("sala:panel", args=[llave])
