"""The intake's pages: find the home, take the call, read out what was agreed."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from postventa.consola.contexto import momento
from postventa.consola.toma.lectura import cuando_leido
from postventa.consola.toma.marco import Hallada, cuantas_filas, nonce_de
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado, Rechazo
from tickets.ingevec.cupos import Cupo, siguiente
from tickets.ingevec.eleccion import valor_de
from tickets.ingevec.models import Solicitud
from tickets.ingevec.personas import en_turno
from tickets.ingevec.puestos import acotar_a, atienden
from tickets.ingevec.toma import de_correo, pagina
from tickets.ingevec.toma.forms import FILAS, MAXIMO, NUEVA, PREGUNTAS, FormLlamada, filas_de
from tickets.ingevec.toma.guardar import guardar
from tickets.ingevec.toma.lectura import CUANDO, frases_de
from tickets.inmuebles.busqueda import BUSQUEDA

# Field of the door's refusal -> field of this form.
EQUIVALE = {"inicia_en": "cupo", "persona": "cupo", "excepcion": "cupo",
            "motivo_excepcion": "motivo", "requerimientos": "r1-descripcion"}  # fmt: skip
DE_LA_HORA = {"inicia_en", "persona", "excepcion"}


def exigir_puesto(request) -> None:
    if not atienden(request.user):
        raise PermissionDenied("Las llamadas de Ingevec las toma su call center.")


@require_safe
def buscar(request):
    """Find a home; a single one is chosen at once."""
    exigir_puesto(request)
    q, ahora = request.GET.get("q", "").strip()[:80], momento(request)
    halladas, hay_mas = pagina.buscar(request.user, q, ahora) if q else (None, False)
    correo = de_correo.correo_de(request)
    seguir = f"?correo={correo.pk}" if correo else ""
    if halladas and len(halladas) == 1:
        ruta = reverse("admin:ingevec_llamada_unidad", args=[halladas[0].pk])
        return HttpResponseRedirect(ruta + seguir)
    filas = None if halladas is None else [_hallada(u, seguir) for u in halladas]
    return _responder(request, {"halladas": filas, "hay_mas": hay_mas, "q": q, "correo": correo})


def _hallada(unidad, seguir="") -> Hallada:
    duenios = ", ".join(p.cliente.nombre for p in unidad.duenios) or "Sin propietario registrado"
    return Hallada(
        f"{unidad.proyecto.nombre}, {unidad.nombre}",
        duenios,
        reverse("admin:ingevec_llamada_unidad", args=[unidad.pk]) + seguir,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def llamada(request, pk):
    """The call about one home. Each button of the form says what it wants; `guardar` saves."""
    exigir_puesto(request)
    ahora = momento(request)
    unidad = pagina.unidad_de(request.user, pk, ahora)
    if unidad is None:
        raise Http404
    if request.method != "POST":
        return _pagina(request, unidad, *_en_blanco(request, unidad, ahora))
    formulario, filas = _atados(request, unidad, ahora)
    if "guardar" not in request.POST:
        return _pagina(request, unidad, formulario, filas)
    if errores := _errores(formulario, filas):
        return _con_errores(request, unidad, formulario, filas, errores)
    dichas = [fila for fila in filas if fila.is_valid() and not fila.esta_vacia]
    try:
        solicitud = guardar(request, unidad, formulario, dichas, nonce_de(request), ahora)
    except NoAutorizado as rechazo:
        return admin.site.rechazo(request, 403, rechazo.mensaje)
    except DatosInvalidos as rechazo:
        return _rechazada(request, unidad, formulario, filas, rechazo)
    except Rechazo as rechazo:
        return _pagina(
            request, unidad, formulario, filas, status=rechazo.status, conflicto=rechazo.mensaje
        )
    return HttpResponseRedirect(reverse("admin:ingevec_llamada_lista", args=[solicitud.pk]))


def _en_blanco(request, unidad, ahora):
    duenios = [p.cliente for p in unidad.duenios]
    unico = duenios[0] if duenios else None
    inicial = {
        "cliente": unico.pk if unico else NUEVA,
        "llamante": unico.nombre if unico else "",
        "telefonos": unico.telefono if unico else "",
    }
    hoy = ahora.astimezone(unidad.proyecto.tz).date()
    filas = filas_de(None, pagina.clases_de(unidad, hoy), FILAS)
    if correo := de_correo.correo_de(request):
        dicho, filas[0].initial = de_correo.inicial(correo)
        inicial |= dicho
    return FormLlamada(duenios=duenios, initial=inicial), filas


def _atados(request, unidad, ahora):
    hoy = ahora.astimezone(unidad.proyecto.tz).date()
    cuantas = cuantas_filas(request, FILAS, MAXIMO)
    clases = pagina.clases_de(unidad, hoy)
    mas = "mas" in request.POST and cuantas < MAXIMO
    formulario = FormLlamada(request.POST, duenios=[p.cliente for p in unidad.duenios])
    return formulario, filas_de(request.POST, clases, cuantas + mas)


def _errores(formulario, filas) -> dict[str, str]:
    """Field -> what to do about it, in the order of the page."""
    errores = {}
    for campo, suyos in formulario.errors.as_data().items():
        for error in suyos:
            nombre = "urgencia" if error.code == "urgencia" else campo
            errores[nombre] = error.messages[0]
    if formulario.es_consulta:
        return errores
    for fila in filas:
        errores |= {f"{fila.prefix}-{c}": e[0] for c, e in fila.errors.items()}
    if all(fila.is_valid() and fila.esta_vacia for fila in filas):
        errores[f"{filas[0].prefix}-descripcion"] = "Escribe al menos un requerimiento."
    return errores


def _rechazada(request, unidad, formulario, filas, rechazo):
    """The door said no. Who lost the race for an hour keeps everything, and the next one."""
    errores = {EQUIVALE.get(campo, campo): m for campo, m in rechazo.campos.items()}
    eleccion = formulario.cleaned_data["eleccion"]
    if not (eleccion and DE_LA_HORA & rechazo.campos.keys()):
        return _con_errores(request, unidad, formulario, filas, errores)
    horas = pagina.horas_de(unidad, momento(request), _dia(request))
    perdido = Cupo(eleccion.inicia_en, eleccion.inicia_en, eleccion.persona_id)
    otro = siguiente(perdido, horas.oferta) if horas.oferta else None
    conflicto = next(iter(rechazo.campos.values()))
    formulario.data = formulario.data.copy()
    formulario.data["cupo"] = valor_de(otro, eleccion.excepcion) if otro else ""
    if otro:
        cuando = cuando_leido(otro.inicio, unidad.proyecto.tz)
        conflicto = f"{conflicto} Quedó elegida la siguiente libre: {cuando}."
    return _pagina(request, unidad, formulario, filas, status=409, conflicto=conflicto, horas=horas)


def _con_errores(request, unidad, formulario, filas, errores):
    anclas = [(f"c-{campo}", mensaje) for campo, mensaje in errores.items()]
    for fila in filas:
        fila.mal = errores.get(f"{fila.prefix}-descripcion", "")
    return _pagina(request, unidad, formulario, filas, status=422, fallas=errores, errores=anclas)


def _pagina(request, unidad, formulario, filas, *, status=200, horas=None, **mas):
    ahora = momento(request)
    if request.method == "POST":
        mas["nonce"] = nonce_de(request)
    mas["correo"] = de_correo.correo_de(request)
    contexto = pagina.contexto_de(
        unidad, ahora, formulario, filas,
        horas or pagina.horas_de(unidad, ahora, _dia(request)), **mas,
    )  # fmt: skip
    return _responder(request, {**contexto, "preguntas": PREGUNTAS, "maximo": MAXIMO}, status)


def _responder(request, contexto, status=200):
    url_toma = reverse("admin:ingevec_llamada")
    unidad, correo = contexto.get("unidad"), contexto.get("correo")
    guardar_en = reverse("admin:ingevec_llamada_unidad", args=[unidad.pk]) if unidad else url_toma
    contexto = {
        **admin.site.each_context(request),
        "title": "Nueva llamada",
        "url_toma": url_toma,
        "busqueda": BUSQUEDA,
        "url_guardar": guardar_en,
        "consigo": {"correo": correo.pk} if correo else {},
        **contexto,
    }
    plantilla = "consola/ingevec/llamada.html"
    return TemplateResponse(request, plantilla, contexto, status=status)


def _dia(request) -> int | None:
    """The weekday whose hours are looked at; None is the project's."""
    texto = request.POST.get("dia", "")
    return int(texto) if texto in {"0", "1", "2", "3", "4"} else None


@require_safe
def lista(request, pk):
    """It is saved: the number, the sentence to read out, and the next call."""
    exigir_puesto(request)
    propias = acotar_a(
        Solicitud.objects.all(), atienden(request.user), "empresa_id", "sede_id"
    ).filter(recibida_por=request.user)
    solicitud = propias.select_related("sede__empresa", "cliente", "unidad").filter(id=pk).first()
    if solicitud is None:
        raise Http404
    contexto = {
        **admin.site.each_context(request),
        "title": f"Solicitud {solicitud.folio}",
        "caso": solicitud,
        "leer": _leer_al_final(solicitud, momento(request)),
        "guardia": _guardia(solicitud, momento(request)),
    }
    return TemplateResponse(request, "consola/ingevec/llamada_lista.html", contexto)


def _guardia(solicitud, ahora) -> list:
    if not solicitud.urgencia:
        return []
    return en_turno(solicitud.empresa_id, solicitud.sede_id, ahora)


def _leer_al_final(solicitud, ahora) -> str:
    zona, visita = solicitud.sede.tz, solicitud.ultima_visita()
    guardia = _guardia(solicitud, ahora)
    frases = frases_de(None, None, None, zona, tiene_correo=True, guardia=guardia)
    numero = f"Su número de solicitud es {solicitud.folio}."
    if solicitud.es_consulta:
        return f"Su consulta queda registrada. {numero}"
    if solicitud.urgencia:
        return f"{frases.urgentes[solicitud.urgencia]} {numero}"
    if visita is None:
        return f"Su solicitud queda ingresada y le llamaremos para acordar la hora. {numero}"
    minutos = int((visita.termina_en - visita.inicia_en).total_seconds()) // 60
    cuando = cuando_leido(visita.inicia_en, zona)
    return (
        f"{frases.cupo.split(CUANDO)[0]}{cuando}. Dura unos {minutos} minutos y alguien debe "
        f"recibir al inspector. {numero}"
    )
