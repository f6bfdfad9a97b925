"""The link of the mails: a fresh code opens one complaint, and there its complainant says whether
they agree with the answer (C-13). Looking, which mail scanners do, changes and sends nothing."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from postventa.calendario import hora
from postventa.expedientes.salas import sala_de
from postventa.personas.actores import Actor
from postventa.portal import codigos, historia, sesion
from postventa.portal.forms import FormCodigo
from postventa.portal.models import Proposito
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Rechazo
from reclamos.flujo import EstadoReclamo as E
from reclamos.forms import FormManifestar
from reclamos.models import Canal, Reclamo
from reclamos.portal import contexto_caso
from reclamos.vistas.comun import CODIGO, abierto, abrir, reclamo_o_404

CAMBIO = "El caso cambió mientras usted miraba esta página. Revise cómo está ahora."
TERMINO = "El plazo para decirnos si está conforme ya terminó."
POR_CARTA = (
    "La respuesta va por carta. Desde el día en que salga corre su plazo para decirnos si está "
    "conforme."
)
YA_DICHO = (E.CONFORME, E.DISCONFORME)


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.de_empresa
def reclamo(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """One complaint, to who proves to read the mail that it was written with."""
    caso = reclamo_o_404(empresa, publico)
    if abierto(request, caso) != CODIGO:
        return _abrir(request, caso)
    if request.method == "POST" and "resultado_de" in request.POST:
        return _manifestar(request, caso)
    return _pagina(request, caso, FormManifestar(initial={"visto": caso.cadena_largo}))


# --- the code


def _abrir(request, caso: Reclamo) -> HttpResponse:
    desafio = codigos.pendiente(request, caso.empresa, Proposito.CASO, caso.publico)
    if request.method != "POST":
        return _llave(request, caso, desafio, FormCodigo())
    if "codigo" not in request.POST:
        return _pedir(request, caso)
    form = FormCodigo(request.POST)
    if not form.is_valid():
        return _llave(request, caso, desafio, form, 422)
    if desafio is None:
        form.add_error("codigo", "Primero pida un código: lo enviamos a su correo.")
        return _llave(request, caso, desafio, form, 422)
    try:
        codigos.comprobar(request, desafio, form.cleaned_data["codigo"])
        with transaction.atomic():
            codigos.consumir(desafio)
    except codigos.CodigoErrado as error:
        form.add_error(None if error.terminado else "codigo", error.mensaje)
        return _llave(request, caso, desafio, form, error.status, error.terminado)
    codigos.olvidar(request, Proposito.CASO)
    abrir(request, caso, CODIGO)
    return redirect("capera:reclamo", caso.publico)


def _pedir(request, caso: Reclamo) -> HttpResponse:
    """Mail a code that opens this complaint and nothing else, to the mail written in it."""
    try:
        codigos.pedir(
            request,
            empresa=caso.empresa,
            sede=caso.sede,
            cliente=caso.cliente,
            numero=f"reclamo:{caso.publico}",
            proposito=Proposito.CASO,
            referencia=caso.publico,
            a=("", caso.contacto.correo),
        )
    except codigos.Demasiados as error:
        form = FormCodigo({})
        form.errors.clear()
        form.add_error(None, f"{error.mensaje} Después puede pedir otro.")
        desafio = codigos.pendiente(request, caso.empresa, Proposito.CASO, caso.publico)
        return _llave(request, caso, desafio, form, error.status)
    return redirect("capera:reclamo", caso.publico)


def _llave(request, caso, desafio, form, status=200, terminado=False) -> HttpResponse:
    contexto = {
        "form": form,
        "pedido": desafio is not None and desafio.usado_en is None and not terminado,
        "lugar": caso.empresa,
    }
    return render(request, "capera/abrir.html", contexto, status=status)


# --- what the complainant says


def _manifestar(request, caso: Reclamo) -> HttpResponse:
    form = FormManifestar(request.POST)
    if not contexto_caso(caso, request)["espera"]:
        return _pagina(request, caso, form, aviso=_por_que_no(caso), status=409)
    if not form.is_valid():
        return _pagina(request, caso, form, status=422)
    datos = form.cleaned_data
    contacto = caso.contacto
    try:
        tramitar(
            caso,
            datos["resultado"],
            Actor("cliente", contacto.nombre, cliente=caso.cliente, documento=caso.cliente.numero),
            canal=Canal.WEB,
            visto=datos["visto"],
            motivo=datos["motivo"],
        )
    except Rechazo as error:
        caso = reclamo_o_404(caso.empresa, caso.publico)
        form.data = {**form.data.dict(), "visto": caso.cadena_largo}
        aviso = CAMBIO if contexto_caso(caso, request)["espera"] else _por_que_no(caso)
        return _pagina(request, caso, form, aviso=aviso, status=error.status)
    return redirect("capera:reclamo", caso.publico)


def _por_que_no(caso: Reclamo) -> str:
    if caso.estado in YA_DICHO:
        return "Ya nos dijo si está conforme. Lo anotado se ve aquí abajo."
    if caso.por_despachar:
        return POR_CARTA
    if caso.estado in (E.RESPONDIDA, E.SILENCIO, E.ARCHIVADA):
        return TERMINO
    return CAMBIO


def _pagina(request, caso, form, aviso="", status=200) -> HttpResponse:
    sala = sala_de(caso.tipo)
    contexto = {
        **contexto_caso(caso, request),
        "caso": caso,
        "form": form,
        "aviso": aviso,
        "hay_errores": bool(aviso),
        "estado": historia.estado_de(sala, caso),
        "hitos": historia.hitos(sala, caso, hora.ahora()),
        "termino": not aviso and caso.estado == E.RESPONDIDA and _por_que_no(caso),
    }
    return render(request, "capera/reclamo.html", contexto, status=status)
