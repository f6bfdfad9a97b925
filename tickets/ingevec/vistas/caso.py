"""What an owner answers on a case: another hour for an inspection, and whether they are content."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from postventa.calendario import hora
from postventa.calendario.palabras import fecha_en_palabras
from postventa.portal import sesion
from postventa.portal.errores import rechazo
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from tickets.ingevec import evento
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.flujo import con_estado
from tickets.ingevec.forms import CONFORME, FormConformidad, FormOtraHora
from tickets.ingevec.horas_web import HoraPerdida, Horas, horas_para
from tickets.ingevec.panel import se_cambia
from tickets.ingevec.vistas.comun import solicitud_o_404
from tickets.inmuebles.paginas import descarga_de, por_dia, url_del_caso, valor, visita_de

NO_SE_CAMBIA = "Esta visita ya empezó o ya no está agendada: no se puede cambiar de hora por aquí."
CAMBIO = "La solicitud cambió mientras miraba esta página. Revise cómo está ahora."
NO_ESPERA = "Esta solicitud no espera su conformidad."


def visita_o_404(request: HttpRequest, publico: str, pk: int):
    """(solicitud, visit of it), reached through the owner."""
    solicitud = solicitud_o_404(request, publico)
    return solicitud, visita_de(solicitud, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def cambiar(request: HttpRequest, empresa, publico: str, visita: int) -> HttpResponse:
    """Choose another hour of the original term (G-T03)."""
    ahora = hora.ahora()
    solicitud, visita = visita_o_404(request, publico, visita)
    if not se_cambia(solicitud, visita, ahora):
        return rechazo(request, Conflicto(NO_SE_CAMBIA), url_del_caso(solicitud), caso=solicitud)
    horas = horas_para(solicitud.sede_id, solicitud.llamada_en, ahora, salvo=visita)
    if request.method != "POST":
        return _horas(request, solicitud, visita, horas)
    form = FormOtraHora(request.POST)
    if not form.is_valid():
        return _horas(request, solicitud, visita, horas, form=form, status=422)
    inicia = form.cleaned_data["inicia"]
    try:
        _mover(request, solicitud, visita, horas, inicia, form.cleaned_data["visto"], ahora)
    except HoraPerdida:
        horas = horas_para(solicitud.sede_id, solicitud.llamada_en, ahora, salvo=visita)
        return _ocupada(request, solicitud, visita, horas, inicia)
    except Conflicto:
        return rechazo(request, Conflicto(CAMBIO), url_del_caso(solicitud), caso=solicitud)
    return HttpResponseRedirect(f"{url_del_caso(solicitud)}#visita")


def _mover(request, solicitud, visita, horas: Horas, inicia, visto, ahora) -> None:
    for cupo in horas.en(inicia, visita.persona):
        try:
            tramitar(
                solicitud,
                "reagendar_inspeccion",
                request.cliente,
                canal="web",
                ahora=ahora,
                visto=visto,
                inicia_en=inicia,
                persona=cupo.inspector,
                motivo="La cambió el propietario",
            )
        except DatosInvalidos as error:  # taken between reading the agenda and writing in it
            if "inicia_en" not in error.campos:
                raise
        else:
            return
    raise HoraPerdida("Esa hora se acaba de ocupar.")


def _ocupada(request, solicitud, visita, horas: Horas, inicia: datetime) -> HttpResponse:
    """Somebody took that hour: the next free one comes chosen."""
    siguiente = horas.siguiente_a(inicia)
    aviso = "Esa hora ya no está libre."
    if siguiente:
        cuando = fecha_en_palabras(siguiente, solicitud.sede.tz)
        aviso = f"Esa hora se acaba de ocupar. La siguiente libre es el {cuando}: quedó elegida."
    return _horas(
        request, solicitud, visita, horas, elegida=siguiente and valor(siguiente), aviso=aviso,
        status=409,
    )  # fmt: skip


def _horas(
    request, solicitud, visita, horas: Horas, *, form=None, elegida="", aviso="", status=200
) -> HttpResponse:
    contexto = {
        "solicitud": solicitud,
        "visita": visita,
        "cuando": fecha_en_palabras(visita.inicia_en, solicitud.sede.tz),
        "dias": por_dia(horas.comienzos, solicitud.sede.tz),
        "elegida": elegida,
        "form": form or FormOtraHora(),
        "aviso": aviso,
        "hay_errores": bool(aviso or (form and form.errors)),
        "url_caso": url_del_caso(solicitud),
    }
    return render(request, "ingevec/cambiar_hora.html", contexto, status=status)


@require_safe
@sesion.con_cliente
def calendario(request: HttpRequest, empresa, publico: str, visita: int) -> HttpResponse:
    """The visit for the owner's own calendar; one that was moved comes cancelled."""
    solicitud, visita = visita_o_404(request, publico, visita)
    return descarga_de(solicitud, visita, evento.hechos)


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def conformidad(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """ "¿Quedó conforme con los trabajos?", one answer for each (G-04, G-05, G-06)."""
    solicitud = solicitud_o_404(request, publico)
    volver = url_del_caso(solicitud)
    if solicitud.estado != E.POR_LLAMAR:
        return rechazo(request, Conflicto(NO_ESPERA), volver, caso=solicitud)
    form = FormConformidad(request.POST or None, ejecutados=con_estado(solicitud, R.EJECUTADO))
    if request.method == "POST" and form.is_valid():
        try:
            _responder(solicitud, request.cliente, form)
        except Conflicto:
            error = Conflicto(CAMBIO)
            return rechazo(request, error, volver, caso=solicitud, escrito=form.motivo)
        return HttpResponseRedirect(volver)
    contexto = {"solicitud": solicitud, "form": form, "filas": form.filas, "url_caso": volver}
    status = 422 if form.errors else 200
    return render(request, "ingevec/conformidad.html", contexto, status=status)


def _responder(solicitud, cliente, form: FormConformidad) -> None:
    """Content with everything closes; anything else is noted, and the call centre calls."""
    comun = {"canal": "web", "visto": form.cleaned_data["visto"]}
    if form.disconformes:
        anotar(solicitud, "declarar_disconformidad", cliente, motivo=form.motivo, **comun)
        return
    resultados = {str(r.pk): {"resultado": CONFORME} for r in form.ejecutados}
    tramitar(solicitud, "registrar_conformidad", cliente, resultados=resultados, **comun)
