"""Filters that somebody saved of a list: what they may hold, who sees them, who takes them away."""

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlencode

from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from postventa.consola.contexto import membresias
from postventa.consola.models import FiltroGuardado
from postventa.consola.opciones import corta
from postventa.personas.models import Rol, Usuario
from postventa.personas.permisos import empresas_de
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado

COMPARTEN = (Rol.JEFE, Rol.ADMINISTRADOR)
POR_LISTA = 20
LARGO_DE_VALOR = 100
CLASE = "filtro"
# A document, a telephone or a mail: nothing that a filter is for.
NUMERO = re.compile(r"(?<![\w-])\+?\d[\d .()-]{5,}[\dkK]\b")
CON_TEXTO_SE_GUARDA = timedelta(days=180)


def parametros(lista) -> dict[str, str]:
    """What is asked now of a list (a `Lista`): its own filters, search and order, nothing else."""
    propios = {p for filtro in lista.filter_specs for p in filtro.expected_parameters()}
    pedidos = {p: lista.get_params.get(p, "") for p in propios}
    pedidos[SEARCH_VAR] = lista.query.strip()
    orden = lista.get_params.get(ORDER_VAR, "")
    pedidos[ORDER_VAR] = orden if re.fullmatch(r"-?\d{1,2}(\.-?\d{1,2}){0,9}", orden) else ""
    return {p: v[:LARGO_DE_VALOR] for p, v in sorted(pedidos.items()) if v}


def en_palabras(consulta: str) -> dict[str, str]:
    return {clave: valores[0] for clave, valores in parse_qs(consulta).items()}


def visibles(usuario: Usuario, lista: str) -> QuerySet:
    """One's own and those shared with one's companies."""
    de_las_suyas = Q(empresa_id__in=empresas_de(usuario))
    return FiltroGuardado.objects.filter(Q(usuario=usuario) | de_las_suyas, lista=lista)


def corta_de(usuario: Usuario, lista: str) -> QuerySet:
    return corta(CLASE, visibles(usuario, lista), mas="consulta", de="usuario_id", en="empresa_id")


def comparte_en(usuario: Usuario) -> list:
    """Companies whose staff this person may share a filter with."""
    return list(
        {m.empresa_id: m.empresa for m in membresias(usuario) if m.rol in COMPARTEN}.values()
    )


def identifica(texto: str) -> bool:
    """True if a search holds what leads to one person: a document, a telephone or a mail."""
    cifras = (sum(c.isdigit() for c in n) for n in NUMERO.findall(texto))
    return "@" in texto or any(n >= 7 for n in cifras)


def guardar(
    usuario: Usuario, lista: str, nombre: str, pedidos: dict, ahora: datetime, empresa_id=None
) -> FiltroGuardado:
    """Keep what is asked of a list under a name; the same name again is the filter corrected."""
    nombre = " ".join(nombre.split())[:40]
    if not nombre:
        raise DatosInvalidos("Escribe un nombre para el filtro.")
    if not pedidos:
        raise DatosInvalidos("Primero filtra, busca u ordena: ahora la lista se ve completa.")
    if empresa_id is not None and empresa_id not in {e.pk for e in comparte_en(usuario)}:
        raise NoAutorizado("Solo el Jefe y quien administra comparten filtros con su empresa.")
    if identifica(pedidos.get(SEARCH_VAR, "")):
        raise DatosInvalidos(
            "Lo que buscas identifica a una persona y no se guarda en un filtro. Borra el "
            "documento, el teléfono o el correo y guárdalo de nuevo."
        )
    if identifica(nombre):
        raise DatosInvalidos(
            "El nombre del filtro identifica a una persona: escribe otro, sin documento, teléfono "
            "ni correo."
        )
    consulta = urlencode(pedidos)
    if len(consulta) > 500:
        raise DatosInvalidos("Lo que buscas es demasiado largo para guardarlo.")
    propios = FiltroGuardado.objects.filter(usuario=usuario, lista=lista)
    if propios.exclude(nombre=nombre).count() >= POR_LISTA:
        raise Conflicto(f"Ya tienes {POR_LISTA} filtros en esta lista: quita uno antes.")
    try:
        with transaction.atomic():
            filtro, _ = FiltroGuardado.objects.update_or_create(
                usuario=usuario,
                lista=lista,
                nombre=nombre,
                defaults={
                    "consulta": consulta,
                    "empresa_id": empresa_id,
                    "busca_texto": SEARCH_VAR in pedidos,
                    "creado_en": ahora,
                },
            )
    except IntegrityError:
        raise Conflicto("Ese nombre se acaba de usar: recarga la lista.") from None
    return filtro


def olvidar(ahora: datetime) -> int:
    """Forget the filters that search for a text since long; return how many."""
    viejos = FiltroGuardado.objects.filter(
        busca_texto=True, creado_en__lt=ahora - CON_TEXTO_SE_GUARDA
    )
    return viejos.delete()[0]


def quitar(usuario: Usuario, lista: str, pk: int) -> str | None:
    """Take away one's own filter, or a shared one where one may share; its name, None if it is
    not one's to take away."""
    compartidas = [e.pk for e in comparte_en(usuario)]
    suyos = FiltroGuardado.objects.filter(Q(usuario=usuario) | Q(empresa_id__in=compartidas))
    filtro = suyos.filter(lista=lista, pk=pk).first()
    if filtro is None:
        return None
    filtro.delete()
    return filtro.nombre
