"""The header's search: to the case itself by its folio, or every match that one may see."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from postventa.calendario.palabras import fecha_corta
from postventa.consola.alcances import acotar
from postventa.consola.busqueda import LARGO, buscar, campos_de_caso, como_folio, lugar
from postventa.consola.contexto import momento, unica_empresa
from postventa.consola.hoy import url_de_caso
from postventa.consola.medidas import lo_que_falta, medidos
from postventa.consola.relojes import tono_de
from postventa.consola.salas import todas
from postventa.consola.topes import EnClaves
from postventa.expedientes.models import Expediente
from postventa.expedientes.salas import sala_de
from postventa.personas.models import Cliente

MAXIMO = 50


@require_safe
def hallar(request):
    """Cases of every room and company of this person; one match is opened at once."""
    texto = " ".join(request.GET.get("q", "").split())[:LARGO]
    cliente = _cliente(request)
    propios = acotar(Expediente.objects.all(), request.user)
    if cliente:
        casos, titulo = propios.filter(cliente=cliente), f"Casos de {cliente}"
    elif not texto:
        casos, titulo = propios.none(), "Buscar un caso"
    else:
        exactos = list(propios.filter(folio=como_folio(texto))[:2])
        if len(exactos) == 1:
            return HttpResponseRedirect(url_de_caso(exactos[0]))
        casos, titulo = buscar(propios, texto, campos_de_caso()), f"Casos con «{texto}»"
    filas = _filas(casos, momento(request))
    if texto and not cliente and len(filas) == 1:
        return HttpResponseRedirect(filas[0]["url"])
    contexto = {
        **admin.site.each_context(request),
        "title": titulo,
        "texto": texto,
        "cliente": cliente,
        "filas": filas[:MAXIMO],
        "hay_mas": len(filas) > MAXIMO,
        "maximo": MAXIMO,
        "varias_empresas": unica_empresa(request.user) is None,
        "listas": [reverse(consola.lista) for consola in todas()],
    }
    return TemplateResponse(request, "consola/hallar.html", contexto)


def _cliente(request):
    pk = request.GET.get("cliente", "")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return acotar(Cliente.objects.all(), request.user).filter(pk=pk).first()


def _filas(casos, ahora) -> list[dict]:
    orden = ("-creado_en", "-pk")
    # First which ones, then what is shown of them.
    primeros = casos.order_by(*orden)[: MAXIMO + 1]
    casos = medidos(Expediente.objects.filter(EnClaves(primeros))).order_by(*orden)
    casos = casos.select_related("cliente", "sede__empresa", "responsable").annotate(lugar=lugar())
    return [
        {
            "caso": caso,
            "url": url_de_caso(caso),
            "estado": _etapa(caso),
            "quedan": caso.proximo_vence_en
            and lo_que_falta(caso, caso.proximo_vence_en, caso.sede.tz, ahora),
            "tono": caso.proximo_vence_en and tono_de(caso.proximo_vence_en, ahora),
            "creado": fecha_corta(caso.creado_en, caso.sede.tz, ahora),
        }
        for caso in casos
    ]


def _etapa(caso) -> str:
    """The case's state in its room's words."""
    campo = sala_de(caso.tipo).caso.modelo._meta.get_field("estado")
    return dict(campo.choices).get(caso.etapa, caso.etapa)
