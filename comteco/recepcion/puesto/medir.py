"""The half-yearly indicator, and the address of each hall's television."""

import csv

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comteco.recepcion import llaves
from comteco.recepcion.indicador import CUALES, Semestre, atendidas, medir
from comteco.recepcion.models import Ficha
from comteco.recepcion.permisos import MIDEN
from comteco.recepcion.puesto import alli
from postventa.consola import cambios, exportar
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento

SEMESTRES = 4
POR_PAGINA = 50
PALABRAS = {
    "atendidos": "Atendidos",
    "respondieron": "Respondieron",
    "satisfechos": "Satisfechos",
    "insatisfechos": "No satisfechos",
    "callados": "No respondieron",
    "en_meson": "Respuestas anotadas en el mesón",
}
AJENO = "El indicador lo ve quien supervisa la Plataforma."
RESPUESTAS = {True: "Satisfecho", False: "No satisfecho", None: "No respondió"}


def _quien_anoto(ficha) -> str:
    if ficha.satisfecho is None:
        return ""
    return str(ficha.encuestada_por or "Quien llevaba la ficha")


COLUMNAS = (
    exportar.Columna("Ficha", lambda f: f.codigo),
    exportar.Columna("Día", lambda f: f"{f.dia:%d-%m-%Y}"),
    exportar.Columna("Folio", lambda f: f.atencion.folio),
    exportar.Columna("Qué buscaba", lambda f: f.atencion.destino),
    exportar.Columna("Unidad", lambda f: f.unidad),
    exportar.Columna("Mesón", lambda f: f.meson),
    exportar.Columna("Respuesta", lambda f: RESPUESTAS[f.satisfecho]),
    exportar.Columna("Quién la anotó", _quien_anoto),
)


def _de_que(request):
    """Places, the one asked for, its running half-year and the one asked for."""
    alli.exigir(request.user, MIDEN, AJENO)
    sedes = alli.sedes_de(request.user, MIDEN)
    sede = alli.elegida(request, sedes)
    if sede is None:
        return sedes, None, None, None
    este = Semestre.de(momento(request).astimezone(sede.tz).date())
    pedido = request.POST.get("semestre") or request.GET.get("semestre") or ""
    semestre = Semestre.leer(pedido) or este
    return sedes, sede, este, este if semestre.dias > este.dias else semestre


def _medidas(sede, semestre):
    """That half-year and those before it."""
    for _ in range(SEMESTRES):
        yield medir([sede], semestre)
        semestre = semestre.anterior


@require_safe
def indicador(request):
    """A half-year of a place beside those before it; each figure leads to its list."""
    sedes, sede, este, semestre = _de_que(request)
    filas, elegibles = [], []
    if sede:
        filas = list(_medidas(sede, semestre))
        primero = Ficha.objects.filter(sede=sede).order_by("dia").first()
        desde = Semestre.de(primero.dia) if primero else este
        while este.dias >= desde.dias or not elegibles:
            elegibles.append(este)
            este = este.anterior
    contexto = {"title": "Satisfacción con la información", "filas": filas, "sede": sede}
    contexto |= {"sedes": sedes, "semestre": semestre, "elegibles": elegibles}
    return alli.responder(request, "indicador.html", contexto)


def _fichas(request, sede, semestre, cuales):
    """The numbers behind a figure."""
    if sede is None or cuales not in CUALES:
        raise Http404
    suyas = acotar(atendidas([sede], semestre), request.user, MIDEN).filter(CUALES[cuales])
    con = ("atencion__destino", "unidad", "meson", "encuestada_por")
    return suyas.select_related(*con).order_by("-dia", "-pk")


@require_safe
def fichas(request):
    """The list of one figure."""
    _, sede, _, semestre = _de_que(request)
    cuales = request.GET.get("cuales", "")
    pagina = Paginator(_fichas(request, sede, semestre, cuales), POR_PAGINA)
    pagina = pagina.get_page(request.GET.get("p"))
    contexto = {"title": f"{PALABRAS[cuales]}, {str(semestre).lower()}", "pagina": pagina}
    contexto |= {"sede": sede, "semestre": semestre, "cuales": cuales}
    contexto["filas"] = [(f, RESPUESTAS[f.satisfecho], _quien_anoto(f)) for f in pagina]
    return alli.responder(request, "fichas.html", contexto)


@require_POST
def archivo(request):
    """The figures as a file, or the list of one of them; who took it stays written."""
    _, sede, _, semestre = _de_que(request)
    cuales = request.POST.get("cuales") or "atendidos"
    suyas, ahora = _fichas(request, sede, semestre, cuales), momento(request)
    que = {"lista": "recepcion.ficha", "formato": "csv", "semestre": semestre.clave}
    nombre = f"satisfaccion-{semestre.clave}"
    if "cuales" in request.POST:
        with transaction.atomic():
            exportar.dejar_escrito(suyas, request.user, ahora, {**que, "cuales": cuales})
        return exportar.en_csv(COLUMNAS, suyas, f"{nombre}-{cuales}", request.user)
    medidas = list(_medidas(sede, semestre))
    detalle = {"indicador": ["", nombre], "formato": ["", "csv"]}
    cambios.anotar(request, sede, "exportar", detalle)
    respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.csv"'
    escritor = csv.writer(respuesta, delimiter=";")
    escritor.writerow(["Sede", "Semestre", *PALABRAS.values(), "Resultado %", "Parámetro"])
    for m in medidas:
        cifra = f"{m.porcentaje:.1f}".replace(".", ",") if m.tiene_datos else ""
        cuentas = [getattr(m, c) for c in PALABRAS]
        sede_llana = exportar.llano(sede)
        escritor.writerow([sede_llana, m.semestre, *cuentas, cifra, m.parametro])
    return respuesta


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def panel(request):
    """The administrator gives a television its address, or takes it away. It is shown once."""
    salas = alli.salas_que_administra(request.user)
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
