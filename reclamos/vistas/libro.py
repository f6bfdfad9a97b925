"""The public Libro de Reclamaciones: its form, what is said after sending, and the sheet."""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from postventa.calendario import hora
from postventa.expedientes import subidas
from postventa.portal import codigos, limites, sesion
from postventa.portal.fotos import con_fotos, estado_de
from postventa.portal.models import Proposito
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from postventa.tramitacion.fotos import CAMPO
from reclamos.documentos import SinDocumento, descargar, documentos_de, es_formulario
from reclamos.forms import DEFINICIONES, FormLibro
from reclamos.libro import Identidad, asentar, repetida_de
from reclamos.models import Reclamo
from reclamos.portal import contexto_caso, fijados_de, sedes, terminos_de
from reclamos.vistas.comun import CODIGO, ENVIO, abierto, abrir, es_suyo, reclamo_o_404

MUCHAS = (
    "Recibimos varias hojas en la última hora. Espere una hora y envíela de nuevo, o llámenos: "
    "también la recibimos por teléfono y en persona."
)

OTRA_LLAVE = "Esta página ya se había enviado. Revise lo escrito y envíela otra vez."


CON_ELLA = timedelta(minutes=1)


class FotosMalas(Exception):
    """What is wrong with the photos, in sentences."""


@sesion.de_empresa
@con_fotos
@require_http_methods(["GET", "HEAD", "POST"])
def libro(request: HttpRequest, empresa) -> HttpResponse:
    """A sheet, without an account: neither page nor status tells who is known here."""
    lugares = sedes(empresa)
    if request.method != "POST":
        unica = list(lugares[:2])
        inicial = {"nonce": uuid4(), "sede": unica[0].pk if len(unica) == 1 else None}
        return _pagina(request, FormLibro(sedes=lugares, initial=inicial))
    form = FormLibro(request.POST, sedes=lugares)
    problemas = _antes_de_leer(request)
    if not form.is_valid() or problemas:
        return _pagina(request, form, problemas, estado_de(request))
    try:
        repetida = repetida_de(form.cleaned_data["nonce"])
        reclamo = repetida or _asentar(request, empresa, form)
    except codigos.Demasiados as error:
        form.add_error(None, MUCHAS)
        return _pagina(request, form, status=error.status)
    except FotosMalas as error:
        return _pagina(request, form, error.args, 422)
    except DatosInvalidos as error:
        for campo, mensaje in error.campos.items():
            form.add_error(campo if campo in form.fields else None, mensaje)
        return _pagina(request, form, status=error.status)
    except Conflicto as error:
        # The key of another page: this one gets its own, with all that was written.
        form.data = form.data.copy() | {"nonce": str(uuid4())}
        form.add_error(None, OTRA_LLAVE)
        return _pagina(request, form, status=error.status)
    except OSError as error:
        request.disco_lleno = subidas.sin_espacio(error)
        return _pagina(request, form, [subidas.SIN_ESPACIO], estado_de(request))
    abrir(request, reclamo, ENVIO)
    return redirect("capera:enviado", reclamo.publico)


def _antes_de_leer(request) -> list[str]:
    problemas = list(request.fotos_rechazadas)
    if len(request.FILES.getlist(CAMPO)) > subidas.POR_OBSERVACION:
        problemas.append(f"Elija hasta {subidas.POR_OBSERVACION} archivos.")
    return problemas


def _asentar(request, empresa, form) -> Reclamo:
    datos = form.cleaned_data
    sede = datos["sede"]
    sede.empresa = empresa
    # Counted before any photo is decoded; apart from the codes that the same document asks for.
    codigos.pedir(
        request,
        empresa=empresa,
        sede=sede,
        cliente=None,
        numero=f"libro:{datos['documento']}:{datos['numero']}",
        proposito=Proposito.ENVIO,
        avisar=False,
    )
    ahora = hora.ahora()
    _exigir_calma(empresa, form.contacto.correo, ahora)
    quien = Identidad(datos["documento"], datos["numero"], form.contacto)
    return asentar(
        sede,
        quien,
        nonce=datos["nonce"],
        ahora=ahora,
        fotos=_fotos(request),
        **form.del_reclamo,
    )


def _exigir_calma(empresa, correo: str, ahora) -> None:
    """TM-05: nobody's mail box is filled with copies by changing document and network."""
    recientes = Reclamo.objects.filter(empresa=empresa, creado_en__gt=ahora - limites.VENTANA)
    if recientes.filter(correo_dado__iexact=correo).count() >= limites.POR_DOCUMENTO:
        raise codigos.Demasiados(MUCHAS)


def _fotos(request) -> list[subidas.Foto]:
    fotos, problemas = [], []
    for archivo in request.FILES.getlist(CAMPO):
        try:
            fotos.append(subidas.revisar(archivo, con_pdf=True))
        except ValidationError as error:
            problemas += error.messages
    if problemas:
        raise FotosMalas(*problemas)
    return fotos


def _pagina(request, form, problemas=(), status=200) -> HttpResponse:
    contexto = {
        "form": form,
        "problemas": problemas,
        "hay_errores": bool(problemas or form.errors),
        "definiciones": DEFINICIONES,
        "terminos": terminos_de(request.empresa),
        "acepta": subidas.ACEPTA_CON_PDF,
        "maximo_fotos": subidas.POR_OBSERVACION,
        "habia_fotos": bool(request.FILES),
    }
    return render(request, "capera/libro.html", contexto, status=status)


@require_safe
@sesion.de_empresa
def enviado(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """What was promised, to the browser that has just sent it."""
    reclamo = reclamo_o_404(empresa, publico)
    if not (abierto(request, reclamo) or es_suyo(request, reclamo)):
        return redirect("capera:reclamo", publico)
    return render(request, "capera/enviado.html", contexto_caso(reclamo, request))


@require_safe
@sesion.de_empresa
def hoja(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """The sheet as it was fixed, to be read and printed."""
    reclamo = reclamo_o_404(empresa, publico)
    if not (abierto(request, reclamo) or es_suyo(request, reclamo)):
        return redirect("capera:reclamo", publico)
    formulario = fijados_de(reclamo).get("formulario")
    if formulario is None:
        raise Http404("Todavía no está por escrito")
    contexto = {
        "reclamo": reclamo,
        "formulario": formulario,
        # What staff add later is theirs: of the sheet, what came with it.
        "archivos": list(
            reclamo.adjuntos.filter(creado_en__lt=reclamo.creado_en + CON_ELLA).order_by("pk")
        ),
        "papeles": documentos_de(reclamo, del_reclamante=True),
    }
    return render(request, "capera/hoja.html", contexto)


@require_safe
@sesion.de_empresa
def papel(request: HttpRequest, empresa, publico: str, tipo: str, ordinal: int) -> HttpResponse:
    """What was fixed of it, as a PDF: what is the complainant's own."""
    reclamo = reclamo_o_404(empresa, publico)
    # To have sent it shows what was sent: the answer is for who reads its mail.
    alcanza = abierto(request, reclamo) in ((ENVIO, CODIGO) if es_formulario(tipo) else (CODIGO,))
    if not (alcanza or es_suyo(request, reclamo)):
        return redirect("capera:reclamo", publico)
    try:
        nombre, contenido = descargar(reclamo, tipo, ordinal, del_reclamante=True)
    except SinDocumento as error:
        raise Http404(str(error)) from error
    respuesta = HttpResponse(contenido, content_type="application/pdf")
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre)
    return respuesta
