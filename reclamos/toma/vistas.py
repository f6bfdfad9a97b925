"""The reception's pages: find who complains, write it down, and what follows once it is saved."""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_safe

from postventa.consola.alcances import acotar
from postventa.consola.busqueda import digitos_de
from postventa.consola.contexto import momento
from postventa.consola.toma.marco import nonce_de
from postventa.expedientes import subidas
from postventa.personas.documentos import TipoDocumento
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado, Rechazo
from postventa.tramitacion.fotos import CAMPO, SinEspacio, con_fotos, limpias
from reclamos.models import Reclamo
from reclamos.toma import de_correo, pagina
from reclamos.toma.forms import FormRecepcion
from reclamos.toma.guardar import YaRegistrado, guardar
from reclamos.toma.lectura import leer_al_final, plazos_de

# Field of the door's refusal -> field of this form.
EQUIVALE = {"informado_en": "informado", "recibida_en": "recibida_el", "contacto": "domicilio"}
NO_CABEN = f"Una recepción lleva hasta {subidas.POR_OBSERVACION} archivos."


def exigir_puesto(request) -> None:
    if not pagina.reciben(request.user):
        raise PermissionDenied("Las quejas y reclamos de CAPERA los recibe su personal.")


@require_safe
def buscar(request):
    """Find who complains; a single one is chosen at once."""
    exigir_puesto(request)
    q, correo = request.GET.get("q", "").strip()[:80], de_correo.correo_de(request)
    seguir = {"correo": correo.pk} if correo else {}
    halladas, hay_mas = pagina.buscar(request.user, q, **seguir) if q else (None, False)
    # What a mail says of itself chooses nobody: its From line proves nothing.
    if halladas and len(halladas) == 1 and not correo:
        return HttpResponseRedirect(halladas[0].url)
    consulta = {**({"q": q} if q else {}), **seguir}
    nueva = reverse("admin:capera_recepcion_nueva") + (
        f"?{urlencode(consulta)}" if consulta else ""
    )
    contexto = {"halladas": halladas, "hay_mas": hay_mas, "q": q, "correo": correo}
    return _responder(request, {**contexto, "url_nueva": nueva})


def _enorme(request, error, pk=None):
    """Unread, so that what was typed is only in the browser: its Back button brings it."""
    exigir_puesto(request)
    mensaje = f"{error.mensaje} Vuelve atrás, elige menos y guarda: lo escrito sigue ahí."
    return _responder(request, {"halladas": None, "q": "", "conflicto": mensaje}, error.status)


@con_fotos(_enorme)
@require_http_methods(["GET", "HEAD", "POST"])
def recepcion(request, pk=None):
    """One screen, of a person on file or of a new one. Each button says what it wants; `guardar`
    saves."""
    exigir_puesto(request)
    cliente = None
    if pk is not None:
        cliente = pagina.cliente_de(request.user, pk, request.GET.get("llave", ""))
        if cliente is None:
            raise Http404
    correo = de_correo.correo_de(request)
    formulario = _formulario(request, cliente, correo)
    if request.method != "POST":
        return _pagina(request, formulario, correo)
    if "guardar" not in request.POST:
        formulario.is_valid()
        return _pagina(request, formulario, correo)
    return _guardar(request, formulario, correo)


def _formulario(request, cliente, correo) -> FormRecepcion:
    sedes = pagina.sedes_de(request.user)
    comun = {
        "cliente": cliente,
        "sedes": sedes,
        "plantel": pagina.plantel(),
        "usuario": request.user,
        "ahora": momento(request),
        "correo": correo,
    }
    if request.method == "POST":
        return FormRecepcion(request.POST, **comun)
    inicial = {"reclamante": cliente.nombre if cliente else ""}
    if correo:
        inicial |= de_correo.inicial(correo, list(sedes))
    elif cliente is None:
        inicial |= _de_lo_buscado(request.GET.get("q", "").strip()[:80])
    return FormRecepcion(initial=inicial, **comun)


def _de_lo_buscado(q: str) -> dict:
    """Whom nobody found, as they were looked for: a document, a telephone or a name."""
    if q.isdecimal() and len(q) == 8:
        return {"numero": q}
    if q.isdecimal() and len(q) == 11:
        return {"tipo_documento": TipoDocumento.RUC, "numero": q}
    return {"telefono": q} if digitos_de(q) else {"nombre": q}


def _guardar(request, formulario, correo):
    errores = {} if formulario.is_valid() else {c: e[0] for c, e in formulario.errors.items()}
    fotos, ahora = [], momento(request)
    try:
        fotos = limpias(request, subidas.POR_OBSERVACION, NO_CABEN, con_pdf=True)
    except DatosInvalidos as rechazo:
        errores |= rechazo.campos
    except Rechazo as rechazo:
        return _pagina(
            request, formulario, correo, status=rechazo.status, conflicto=rechazo.mensaje
        )
    if errores:
        return _con_errores(request, formulario, correo, errores)
    try:
        reclamo = _en_disco(request, formulario, nonce_de(request), ahora, fotos, correo)
    except NoAutorizado as rechazo:
        return admin.site.rechazo(request, 403, rechazo.mensaje)
    except YaRegistrado as rechazo:
        otro = _formulario(request, rechazo.cliente, correo)
        return _pagina(request, otro, correo, status=409, conflicto=rechazo.mensaje)
    except DatosInvalidos as rechazo:
        campos = {EQUIVALE.get(c, c): mensaje for c, mensaje in rechazo.campos.items()}
        return _con_errores(request, formulario, correo, campos)
    except Rechazo as rechazo:
        return _pagina(
            request, formulario, correo, status=rechazo.status, conflicto=rechazo.mensaje
        )
    return HttpResponseRedirect(reverse("admin:capera_recepcion_lista", args=[reclamo.pk]))


def _en_disco(request, *datos) -> Reclamo:
    try:
        return guardar(request, *datos)
    except OSError as error:
        if not subidas.sin_espacio(error):
            raise
        raise SinEspacio(subidas.SIN_ESPACIO) from error


def _con_errores(request, formulario, correo, errores):
    """In the order of the page, each beside its field."""
    orden = [*formulario.fields, CAMPO]
    en_orden = sorted(errores.items(), key=lambda e: orden.index(e[0]) if e[0] in orden else 0)
    anclas = [(f"c-{campo}", mensaje) for campo, mensaje in en_orden]
    return _pagina(request, formulario, correo, status=422, fallas=errores, errores=anclas)


def _pagina(request, formulario, correo, *, status=200, **mas):
    if request.method == "POST":
        mas["nonce"] = nonce_de(request)
    if request.FILES or getattr(request, "fotos_rechazadas", ()):
        mas["fotos_otra_vez"] = True
    contexto = pagina.contexto_de(request.user, formulario, momento(request), correo=correo, **mas)
    return _responder(request, contexto, status)


def _responder(request, contexto, status=200):
    url_toma, cliente = reverse("admin:capera_recepcion"), contexto.get("cliente")
    guardar_en = reverse("admin:capera_recepcion_nueva")
    if cliente:
        guardar_en = pagina.url_de(request.user, cliente.pk)
    correo = contexto.get("correo")
    contexto = {
        **admin.site.each_context(request),
        "title": "Recibir una queja o reclamo",
        "icono_toma": "documento",
        "url_toma": url_toma,
        "url_guardar": guardar_en,
        "url_nueva": reverse("admin:capera_recepcion_nueva"),
        "busqueda": pagina.BUSQUEDA,
        "con_fotos": True,
        "caben": subidas.POR_OBSERVACION,
        "acepta": subidas.ACEPTA_CON_PDF,
        "consigo": {"correo": correo.pk} if correo else {},
        **contexto,
    }
    plantilla = "consola/reclamos/toma.html"
    return TemplateResponse(request, plantilla, contexto, status=status)


@require_safe
def lista(request, pk):
    """It is saved: the code to tell, what happens next and by when."""
    exigir_puesto(request)
    propios = acotar(Reclamo.objects.filter(recibida_por=request.user), request.user)
    reclamo = propios.select_related("sede__empresa", "cliente").filter(id=pk).first()
    if reclamo is None:
        raise Http404
    plazos = plazos_de(reclamo.sede, reclamo.recibida_en, reclamo.es_consumidor)
    contexto = {
        **admin.site.each_context(request),
        "title": f"{reclamo.get_clase_display()} {reclamo.codigo}",
        "caso": reclamo,
        "tz": reclamo.sede.tz,
        "plazos": [] if reclamo.resuelta_en else plazos,
        "leer": leer_al_final(reclamo, plazos),
        "url_formulario": _url_formulario(reclamo),
        "url_toma": reverse("admin:capera_recepcion"),
        "url_caso": reverse("admin:reclamos_reclamo_change", args=[reclamo.pk]),
        "adjuntos": list(reclamo.adjuntos.order_by("pk")),
    }
    return TemplateResponse(request, "consola/reclamos/toma_lista.html", contexto)


def _url_formulario(reclamo) -> str:
    """Where annex 1 is printed: once it is in writing, and where the console prints it."""
    if not (reclamo.formalizada_en or reclamo.resuelta_en):
        return ""
    try:
        return reverse("admin:reclamos_reclamo_documento", args=[reclamo.pk, "formulario"])
    except NoReverseMatch:
        return ""
