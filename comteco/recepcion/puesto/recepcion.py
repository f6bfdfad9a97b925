"""Reception on one screen: search, route, check, hand out the number; or inform in one click."""

from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comteco.recepcion import direccionamiento, ingreso
from comteco.recepcion.models import Atencion, Ficha, Funcionario, Unidad
from comteco.recepcion.permisos import RECIBEN
from comteco.recepcion.puesto import alli
from comteco.recepcion.puesto.forms import FormTramite, FormVisita
from comteco.recepcion.turnos import hay_meson
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento
from postventa.consola.toma.marco import nonce_de
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado, Rechazo

AJENA = "A la sala de COMTECO la recibe Informes."


@require_http_methods(["GET", "HEAD", "POST"])
def recepcion(request):
    """Each button says what it does: `informar`, `tramite` or `visita`."""
    alli.exigir(request.user, RECIBEN, AJENA)
    sede = alli.elegida(request, alli.sedes_de(request.user, RECIBEN))
    if sede is None:
        return alli.responder(request, "sin_sala.html", {"title": "Recibir en la sala"})
    elegido = _elegido(request, sede)
    if request.method != "POST":
        return _pagina(request, sede, elegido)
    return _recibir(request, sede, elegido)


def _elegido(request, sede):
    """What was chosen of the search: a row of the table, a unit or an official; or nothing."""
    datos = request.POST if request.method == "POST" else request.GET
    dia = momento(request).astimezone(sede.tz).date()
    filas = {
        "destino": direccionamiento.vigentes(sede.empresa_id, dia),
        "unidad": Unidad.objects.filter(empresa_id=sede.empresa_id, es_activa=True),
        "funcionario": Funcionario.objects.filter(
            unidad__empresa_id=sede.empresa_id, es_activo=True
        ).select_related("unidad"),
    }
    for clase, consulta in filas.items():
        pk = datos.get(clase, "")
        if pk.isdecimal() and len(pk) < 18:
            if fila := consulta.filter(pk=pk).first():
                return clase, fila
    return "", None


def _recibir(request, sede, elegido):
    que = request.POST.get("que")
    clase, fila = elegido
    como = {"nonce": nonce_de(request), "ahora": momento(request)}
    form = None
    try:
        if que == "informar":
            tema = fila.pedido if clase == "destino" else request.POST.get("q", "")
            ingreso.informar(sede, request.user, tema=tema, **como)
            messages.success(request, "Anotado: recibió información general y su folleto.")
            return HttpResponseRedirect(_url(sede))
        if que == "tramite" and clase == "destino":
            form = FormTramite(request.POST)
            if not form.is_valid():
                return _pagina(request, sede, elegido, form, 422)
            hecha = ingreso.direccionar(sede, request.user, destino=fila, **form.datos(), **como)
        elif que == "visita" and clase in ("unidad", "funcionario"):
            form = FormVisita(request.POST)
            if not form.is_valid():
                return _pagina(request, sede, elegido, form, 422)
            hecha = ingreso.acreditar(sede, request.user, lugar=fila, **form.datos(), **como)
        else:
            conflicto = "Eso ya no está en la tabla: busca otra vez."
            return _pagina(request, sede, ("", None), status=409, conflicto=conflicto)
    except NoAutorizado as rechazo:
        return admin.site.rechazo(request, 403, rechazo.mensaje)
    except DatosInvalidos as rechazo:
        form.con_rechazo(rechazo.campos)
        return _pagina(request, sede, elegido, form, 422)
    except Rechazo as rechazo:
        return _pagina(
            request, sede, elegido, form, status=rechazo.status, conflicto=rechazo.mensaje
        )
    return HttpResponseRedirect(reverse("admin:sala_entregada", args=[hecha.pk]))


def _url(sede, **consulta) -> str:
    return f"{reverse('admin:sala_recepcion')}?{urlencode({'sede': sede.pk, **consulta})}"


def _pagina(request, sede, elegido, form=None, status=200, **mas):
    datos = request.POST if request.method == "POST" else request.GET
    q, (clase, fila) = datos.get("q", "").strip()[:80], elegido
    ahora = momento(request)
    dia = ahora.astimezone(sede.tz).date()
    if fila is not None and form is None:
        form = FormTramite() if clase == "destino" else FormVisita()
    contexto = {
        "title": "Recibir en la sala",
        "sede": sede,
        "sedes": alli.sedes_de(request.user, RECIBEN),
        "q": q,
        "destinos": direccionamiento.buscar(sede.empresa_id, dia, q),
        "lugares": [
            (type(f)._meta.model_name, f, direccionamiento.ubicado(f))
            for f in direccionamiento.localizar(sede.empresa_id, q)
        ],
        "clase": clase,
        "elegido": fila,
        "ubicado": direccionamiento.ubicado(fila) if clase in ("unidad", "funcionario") else "",
        "da_ficha": clase == "destino"
        and bool(fila.prefijo)
        and hay_meson(sede.pk, fila.unidad, fila.prefijo),
        "f": form,
        "nonce": nonce_de(request) if request.method == "POST" else uuid4(),
        "fuera": _credenciales_fuera(sede),
        "cuenta": _cuenta(sede, dia),
        "tz": sede.tz,
        **mas,
    }
    return alli.responder(request, "recepcion.html", contexto, status)


def _credenciales_fuera(sede) -> list[Atencion]:
    fuera = Atencion.objects.filter(
        sede=sede, credencial_dada_en__isnull=False, credencial_devuelta_en__isnull=True
    )
    fuera = fuera.order_by("credencial_dada_en", "pk")
    return list(fuera.only("pk", "credencial", "lugar", "credencial_dada_en"))


def _cuenta(sede, dia) -> dict:
    """How many were received today, each way."""
    folio = f"{sede.empresa.prefijo_folio}-S{dia:%Y%m%d}-"
    suyas = Atencion.objects.filter(sede=sede, folio__startswith=folio).order_by()
    estados = list(suyas.values_list("estado", flat=True))
    return {
        "todas": len(estados),
        "info": estados.count("END_INFO"),
        "visita": estados.count("END_VISITA"),
        "pendiente": estados.count("END_PENDIENTE"),
        "ficha": estados.count("END_FICHA"),
    }


def _suya_o_404(request, pk) -> Atencion:
    sedes = alli.sedes_de(request.user, RECIBEN)
    suyas = acotar(Atencion.objects.filter(sede__in=sedes), request.user)
    atencion = suyas.select_related("sede__empresa", "destino__unidad").filter(pk=pk).first()
    if atencion is None:
        raise Http404
    return atencion


@require_safe
def entregada(request, pk):
    """What to tell the customer: the number and how the panel works, or what is missing."""
    alli.exigir(request.user, RECIBEN, AJENA)
    atencion = _suya_o_404(request, pk)
    contexto = {
        "title": atencion.get_estado_display(),
        "atencion": atencion,
        "ficha": Ficha.objects.filter(atencion=atencion, viene_de=None).first(),
        "url_otra": _url(atencion.sede),
    }
    return alli.responder(request, "entregada.html", contexto)


@require_safe
def imprimir(request, pk):
    """The number on paper."""
    alli.exigir(request.user, RECIBEN, AJENA)
    atencion = _suya_o_404(request, pk)
    ficha = Ficha.objects.filter(atencion=atencion, viene_de=None).first()
    if ficha is None:
        raise Http404
    contexto = {"title": f"Ficha {ficha}", "atencion": atencion, "ficha": ficha}
    return alli.responder(request, "imprimir.html", {**contexto, "tz": atencion.sede.tz})


@require_POST
def devolver(request, pk):
    """A visitor's credential came back."""
    alli.exigir(request.user, RECIBEN, AJENA)
    atencion = _suya_o_404(request, pk)
    try:
        anotar(atencion, "devolver_credencial", request.user, canal="sala", ahora=momento(request))
        messages.success(request, f"Volvió la credencial {atencion.credencial}.")
    except Rechazo as rechazo:
        messages.error(request, rechazo.mensaje)
    return HttpResponseRedirect(_url(atencion.sede))
