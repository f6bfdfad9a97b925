"""Checking the answers, sending them once, and the page that says what was promised."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from postventa.calendario import hora
from postventa.calendario.palabras import fecha_en_palabras
from postventa.plazos.por_que import por_que
from postventa.portal import sesion
from postventa.tramitacion.errores import DatosInvalidos, Rechazo
from tickets.ingevec.borrador import (
    BORRADORES,
    contacto_de,
    es_consulta,
    hora_de,
    huella,
    para_ingresar,
    tiene_pedido,
    tras_la_consulta,
)
from tickets.ingevec.horas_web import HoraPerdida, horas_para
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Solicitud
from tickets.ingevec.portal import PASOS
from tickets.ingevec.vistas.comun import (
    a_recibido,
    ir,
    nada_que_enviar,
    solicitud_o_404,
)
from tickets.ingevec.vistas.contacto import hora_perdida
from tickets.inmuebles.borrador import descartar, esta_vacia
from tickets.inmuebles.paginas import FormularioViejo, unidad_o_404, url_del_caso, uuid_de

OTRA_VENTANA = "Cambió su solicitud en otra ventana. Revise cómo quedó y envíela."
PREFIERE_LLAMADO = "Por la web: ninguna de las horas ofrecidas le acomoda."


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def revisar(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """The answers before they are sent, and their sending."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    aviso, status = "", 200
    if request.method == "POST":
        nonce = uuid_de(request.POST.get("nonce", ""))
        try:
            enviada = _enviar(request, unidad, nonce, ahora)
        except HoraPerdida:
            return _otra_hora(request, unidad, ahora)
        except Rechazo as error:
            aviso, status = error.mensaje, error.status
        else:
            return a_recibido(enviada) if enviada else nada_que_enviar(request, unidad, nonce)
    borrador = BORRADORES.buscar_o_nuevo(request.cliente, unidad, ahora)
    if not tiene_pedido(borrador):
        return ir("requerimientos", unidad)
    if not borrador.datos.get("hora"):
        return ir("visita", unidad)
    return _pagina(request, unidad, borrador, ahora, aviso, status)


@transaction.atomic
def _enviar(request, unidad, nonce, ahora) -> Solicitud | None:
    """Turn the draft into its solicitud: all or nothing; None if that form has no draft."""
    # The customer first, as whoever writes in another tab: their requests are counted below.
    borrador = BORRADORES.a_solas(request.cliente, unidad, ahora)
    if borrador is None or borrador.nonce != nonce or not tiene_pedido(borrador):
        return None
    if request.POST.get("huella") != huella(borrador):
        raise FormularioViejo(OTRA_VENTANA)
    campos = {
        "nonce": nonce,
        "canal": "web",
        "ahora": ahora,
        **contacto_de(borrador, request.cliente),
    }
    if es_consulta(borrador):
        return _consulta(request.cliente, unidad, borrador, campos)
    requerimientos, fotos, sueltas = para_ingresar(borrador)
    campos |= {"requerimientos": requerimientos, "fotos": fotos}
    enviada = _con_su_hora(request.cliente, unidad, borrador, campos)
    descartar(borrador, sueltas)
    return enviada


def _consulta(cliente, unidad, borrador, campos) -> Solicitud:
    enviada = ingresar(unidad, cliente, cliente, consulta=borrador.datos["consulta"], **campos)
    if borrador.datos["requerimientos"] or not esta_vacia(borrador.datos["en_curso"]):
        tras_la_consulta(borrador)
    else:
        descartar(borrador, list(borrador.adjuntos.all()))
    return enviada


def _con_su_hora(cliente, unidad, borrador, campos) -> Solicitud:
    """In the chosen hour, with whoever is still free then; HoraPerdida if nobody is."""
    elegida, ahora = hora_de(borrador), campos["ahora"]
    if elegida is None:
        horas = horas_para(unidad.proyecto_id, ahora, ahora, cliente=cliente)
        por_que_no = horas.por_que_no if not horas.cupos else PREFIERE_LLAMADO
        return ingresar(unidad, cliente, cliente, sin_hora=por_que_no, **campos)
    for cupo in horas_para(unidad.proyecto_id, ahora, ahora).en(elegida):
        try:
            hora_y_quien = {"inicia_en": cupo.inicio, "persona": cupo.inspector}
            return ingresar(unidad, cliente, cliente, cupo=hora_y_quien, **campos)
        except DatosInvalidos as error:
            if "inicia_en" not in error.campos:
                raise
    raise HoraPerdida("Esa hora se acaba de ocupar.")


def _otra_hora(request, unidad, ahora) -> HttpResponse:
    with BORRADORES.editar(request.cliente, unidad, ahora) as (borrador, _):
        perdida = hora_de(borrador)
        borrador.datos["hora"] = ""
    horas = horas_para(unidad.proyecto_id, ahora, ahora)
    return hora_perdida(request, unidad, borrador, horas, perdida)


def _pagina(request, unidad, borrador, ahora, aviso, status) -> HttpResponse:
    elegida = hora_de(borrador)
    contexto = {
        "unidad": unidad,
        "borrador": borrador,
        "huella": huella(borrador),
        "consulta": borrador.datos.get("consulta", ""),
        "agregados": borrador.datos["requerimientos"],
        "contacto": contacto_de(borrador, request.cliente),
        "cuando": elegida and fecha_en_palabras(elegida, unidad.proyecto.tz),
        "aviso": aviso,
        "hay_errores": bool(aviso),
        "pasos": PASOS,
    }
    return render(request, "ingevec/revisar.html", contexto, status=status)


@require_safe
@sesion.con_cliente
def recibido(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """What was received and what happens next, with its date in words."""
    solicitud = solicitud_o_404(request, publico)
    plazo = solicitud.plazos.filter(codigo="inspeccion").select_related("politica__jornada").last()
    visita = solicitud.visitas.select_related("persona").order_by("pk").last()
    requerimientos = list(solicitud.requerimientos.prefetch_related("fotos"))
    tz = solicitud.sede.tz
    contexto = {
        "solicitud": solicitud,
        "visita": visita,
        "cuando": visita and fecha_en_palabras(visita.inicia_en, tz),
        "hasta": visita and f"{visita.termina_en.astimezone(tz):%H:%M}",
        "porque": None if visita or not plazo else por_que(plazo, solicitud.sede),
        "cantidad": len(requerimientos),
        "cantidad_fotos": sum(len(r.fotos.all()) for r in requerimientos),
        "url_caso": url_del_caso(solicitud),
    }
    return render(request, "ingevec/recibido.html", contexto)
