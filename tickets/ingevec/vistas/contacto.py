"""Whom to call and, for what is inspected, on which of the offered hours (G-02, G-03, R7)."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from postventa.calendario import hora
from postventa.calendario.palabras import fecha_en_palabras
from postventa.portal import sesion
from tickets.ingevec.borrador import (
    BORRADORES,
    LLAMAR,
    contacto_de,
    es_consulta,
    hora_de,
    tiene_pedido,
)
from tickets.ingevec.forms import FormVisita
from tickets.ingevec.horas_web import Horas, horas_para
from tickets.ingevec.portal import PASOS
from tickets.ingevec.vistas.comun import ir
from tickets.inmuebles.paginas import instante_de, por_dia, unidad_o_404, valor


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def visita(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """The page of the hour; a consulta asks here only for the contact."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    borrador = BORRADORES.buscar_o_nuevo(request.cliente, unidad, ahora)
    if not tiene_pedido(borrador):
        return ir("requerimientos", unidad)
    horas = Horas(())
    if not es_consulta(borrador):
        horas = horas_para(unidad.proyecto_id, ahora, ahora, cliente=request.cliente)
    if request.method != "POST":
        inicial = {**contacto_de(borrador, request.cliente), "hora": borrador.datos.get("hora")}
        form = FormVisita(initial=inicial, hay_horas=bool(horas.cupos))
        return pagina(request, unidad, borrador, horas, form)
    form = FormVisita(request.POST, hay_horas=bool(horas.cupos))
    if not form.is_valid():
        return pagina(request, unidad, borrador, horas, form, status=422)
    datos = form.cleaned_data
    elegida = instante_de(datos["hora"])
    sirve = datos["hora"] == LLAMAR or elegida in horas.comienzos
    with BORRADORES.editar(request.cliente, unidad, ahora) as (borrador, _):
        borrador.datos["contacto"] = {c: datos[c] for c in ("llamante", "telefonos")}
        borrador.datos["hora"] = datos["hora"] if sirve else ""
    if sirve:
        return ir("revisar", unidad)
    return hora_perdida(request, unidad, borrador, horas, elegida)


def hora_perdida(request, unidad, borrador, horas: Horas, elegida: datetime | None):
    """Somebody took that hour: the next one comes chosen and nothing is asked again."""
    siguiente = horas.siguiente_a(elegida) if elegida else None
    aviso = "Esa hora ya no está libre."
    if siguiente:
        cuando = fecha_en_palabras(siguiente, unidad.proyecto.tz)
        aviso = f"Esa hora se acaba de ocupar. La siguiente libre es el {cuando}: quedó elegida."
    inicial = {
        **contacto_de(borrador, request.cliente),
        "hora": siguiente and valor(siguiente),
    }
    form = FormVisita(initial=inicial, hay_horas=bool(horas.cupos))
    return pagina(request, unidad, borrador, horas, form, aviso, 409)


def pagina(request, unidad, borrador, horas: Horas, form, aviso="", status=200) -> HttpResponse:
    contexto = {
        "unidad": unidad,
        "form": form,
        "es_consulta": es_consulta(borrador),
        "dias": por_dia(horas.comienzos, unidad.proyecto.tz),
        "por_que_no": horas.por_que_no,
        "LLAMAR": LLAMAR,
        "aviso": aviso,
        "hay_errores": bool(aviso or form.errors),
        "pasos": PASOS,
        "guardada": hora_de(borrador) is not None,
    }
    return render(request, "ingevec/visita.html", contexto, status=status)
