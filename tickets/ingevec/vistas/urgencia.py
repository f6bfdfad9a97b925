"""The first question, and the short way of what cannot wait (G-14, G-15, G-16)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from postventa.calendario import hora
from postventa.portal import sesion
from postventa.tramitacion.errores import Rechazo
from tickets.ingevec.borrador import BORRADORES, contacto_de, para_ingresar
from tickets.ingevec.forms import FormUrgencia, FormUrgente
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Requerimiento, Solicitud, Urgencia
from tickets.ingevec.palabras import CUIDADOS
from tickets.ingevec.portal import ICONOS, PASOS
from tickets.ingevec.vistas.comun import a_recibido, ir, nada_que_enviar
from tickets.inmuebles.borrador import descartar
from tickets.inmuebles.paginas import unidad_o_404, uuid_de


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def preguntar(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """Is it urgent? Asked before anything else, in the document's words."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    form = FormUrgencia(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dicha = form.cleaned_data["urgencia"]
        urgencia = "" if dicha == FormUrgencia.NO else dicha
        with BORRADORES.editar(request.cliente, unidad, ahora) as (borrador, _):
            borrador.datos["urgencia"] = urgencia
        return ir("urgente" if urgencia else "requerimientos", unidad)
    borrador = BORRADORES.buscar_o_nuevo(request.cliente, unidad, ahora)
    dicha = borrador.datos.get("urgencia")
    contexto = {
        "unidad": unidad,
        "form": form,
        "opciones": [
            (valor, nombre, ICONOS.get(valor, "alerta")) for valor, nombre in Urgencia.choices
        ],
        "dicha": FormUrgencia.NO if dicha == "" else dicha,
        "pasos": PASOS,
    }
    return render(request, "ingevec/urgencia.html", contexto, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def urgente(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """The telephones to call now, and one form that is sent at once, without an hour."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    form, status = FormUrgente(request.POST or None), 422
    if request.method == "POST" and form.is_valid():
        nonce = uuid_de(request.POST.get("nonce", ""))
        try:
            enviada = _enviar(request, unidad, nonce, form.cleaned_data, ahora)
        except Rechazo as error:
            form.add_error(None, error.mensaje)
            status = error.status
        else:
            return a_recibido(enviada) if enviada else nada_que_enviar(request, unidad, nonce)
    borrador = BORRADORES.buscar_o_nuevo(request.cliente, unidad, ahora)
    if not form.is_bound and not borrador.datos.get("urgencia"):
        return ir("urgencia", unidad)
    if not form.is_bound:
        escrito = borrador.datos["en_curso"]
        form = FormUrgente(initial={**contacto_de(borrador, request.cliente), **escrito})
    contexto = {
        "unidad": unidad,
        "form": form,
        "que": dict(Urgencia.choices).get(borrador.datos.get("urgencia"), ""),
        "cuidado": CUIDADOS.get(borrador.datos.get("urgencia"), ""),
        "agregados": len(borrador.datos["requerimientos"]),
        "nonce": borrador.nonce,
        "pasos": PASOS[:3],
    }
    return render(request, "ingevec/urgente.html", contexto, status=status if form.errors else 200)


@transaction.atomic
def _enviar(request, unidad, nonce, escrito: dict, ahora) -> Solicitud | None:
    """Send it with what had been added before; None if that form has no draft (any more)."""
    # The customer first, as whoever writes in another tab: their requests are counted below.
    borrador = BORRADORES.a_solas(request.cliente, unidad, ahora)
    if borrador is None or borrador.nonce != nonce or not borrador.datos.get("urgencia"):
        return None
    agregados, fotos, sueltas = para_ingresar(borrador)
    urgente = Requerimiento(descripcion=escrito["descripcion"], recinto=escrito["recinto"])
    enviada = ingresar(
        unidad,
        request.cliente,
        request.cliente,
        nonce=nonce,
        canal="web",
        llamante=escrito["llamante"],
        telefonos=escrito["telefonos"],
        requerimientos=[urgente, *agregados],
        urgencia=borrador.datos["urgencia"],
        fotos={posicion + 1: suyas for posicion, suyas in fotos.items()},
        ahora=ahora,
    )
    descartar(borrador, sueltas)
    return enviada
