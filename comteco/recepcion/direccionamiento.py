"""The routing table in force, and how it and the locator are searched: words without accents."""

import re
import unicodedata
from datetime import date, timedelta

from django.db.models import Q

from comteco.recepcion.models import Destino, Funcionario, Unidad

# Endings say little: "facturación" is looked for by "factura".
RAIZ = 6
VACIAS = {"de", "la", "el", "los", "las", "un", "una", "por", "para", "con", "mi", "me", "y", "o",
          "en", "quiero", "quiere", "necesito", "necesita", "hacer", "su", "del", "al"}  # fmt: skip


def vigentes(empresa_id: int, dia: date):
    """Rows of the table that hold on that day."""
    return Destino.objects.filter(
        Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=dia),
        empresa_id=empresa_id,
        vigente_desde__lte=dia,
    ).select_related("unidad")


def llano(texto: str) -> str:
    """Lower case, no accents."""
    partido = unicodedata.normalize("NFD", texto.lower())
    return "".join(c for c in partido if not unicodedata.combining(c))


def raices(texto: str) -> list[str]:
    palabras = re.findall(r"[a-z0-9+]+", llano(texto))
    return [p[:RAIZ] for p in palabras if p not in VACIAS and len(p) > 1]


def _mejores(filas, pedidas, texto_de) -> list:
    """The best matches, best first: a word that few rows have says more than one of many."""
    dichas = [(f, re.findall(r"[a-z0-9+]+", llano(texto_de(f)))) for f in filas]
    con = {p: [any(d.startswith(p) for d in palabras) for _, palabras in dichas] for p in pedidas}
    puntos = [sum(1 / sum(con[p]) for p in pedidas if con[p][n]) for n in range(len(dichas))]
    tope = max(puntos, default=0)
    buenas = [n for n in range(len(dichas)) if puntos[n] and puntos[n] * 2 >= tope]
    return [dichas[n][0] for n in sorted(buenas, key=lambda n: -puntos[n])]


def buscar(empresa_id: int, dia: date, texto: str) -> list[Destino]:
    """What the customer wants; the whole table without words."""
    filas, pedidas = list(vigentes(empresa_id, dia)), raices(texto)
    if not pedidas:
        return filas
    return _mejores(
        filas, pedidas, lambda d: f"{d.pedido} {d.palabras} {d.unidad} {d.get_grupo_display()}"
    )


def localizar(empresa_id: int, texto: str) -> list:
    """Units and officials of that name or post (activity 3); nothing without words."""
    pedidas = raices(texto)
    if not pedidas:
        return []
    unidades = Unidad.objects.filter(empresa_id=empresa_id, es_activa=True)
    personas = Funcionario.objects.filter(
        unidad__empresa_id=empresa_id, es_activo=True
    ).select_related("unidad")
    return _mejores([*personas, *unidades], pedidas, lambda f: f"{f} {getattr(f, 'cargo', '')}")


def ubicado(fila: Unidad | Funcionario) -> str:
    """`Elsa Rivas, Jefa de Cartera: segundo piso`."""
    if isinstance(fila, Unidad):
        return f"{fila.nombre}: {fila.ubicacion}" if fila.ubicacion else fila.nombre
    quien = f"{fila.nombre}, {fila.cargo or fila.unidad}"
    donde = fila.ubicacion or fila.unidad.ubicacion or fila.unidad.nombre
    return f"{quien}: {donde}"


def versionar(nueva: Destino, anterior_pk: int) -> None:
    """Store an edit as a new row from its own first day; the former one holds until the eve."""
    Destino.objects.filter(pk=anterior_pk).update(
        vigente_hasta=nueva.vigente_desde - timedelta(days=1)
    )
    nueva.pk, nueva._state.adding = None, True
    nueva.save()
