"""What a load looks like: its filters, its sentence, its template and its refused rows."""

from django.db.models import QuerySet

from tickets.inmuebles.models import CargaPadron, ResultadoFila
from tickets.inmuebles.padron.columnas import COLUMNAS, MOTIVO

# In the address -> (words, key of the totals, condition)
FILTROS = {
    "rechazadas": ("Rechazadas", "rechazada", {"resultado": ResultadoFila.RECHAZADA}),
    "crean": ("Crean", "crear", {"resultado": ResultadoFila.CREAR}),
    "actualizan": ("Actualizan", "actualizar", {"resultado": ResultadoFila.ACTUALIZAR}),
    "iguales": ("Sin cambios", "igual", {"resultado": ResultadoFila.IGUAL}),
    "contacto": ("Piden cambio de contacto", "pide_contacto", {"pide_contacto": True}),
    "cambiaron": ("Cambiaron desde la revisión", "cambiaron", {"cambio_desde_la_revision": True}),
}
TITULOS = [c.titulo for c in COLUMNAS]


def filtrar(filas: QuerySet, ver: str) -> QuerySet:
    return filas.filter(**FILTROS[ver][2]) if ver in FILTROS else filas


def filtros(carga: CargaPadron, ver: str) -> list[dict]:
    """The links above the rows, each with how many; empty kinds are not offered."""
    todos = [{"clave": "", "palabras": "Todas", "n": carga.totales["total"]}]
    for clave, (palabras, total, _) in FILTROS.items():
        if n := carga.totales[total]:
            todos.append({"clave": clave, "palabras": palabras, "n": n})
    for filtro in todos:
        filtro["es_actual"] = filtro["clave"] == (ver if ver in FILTROS else "")
    return todos


def resumen(carga: CargaPadron) -> str:
    """Where a load is, in a few words."""
    t = carga.totales
    if carga.pedida_en:
        return f"Aplicando: {t['aplicadas']} de {t['aplicadas'] + t['quedan']}"
    if carga.aplicada_en:
        partes = [_filas(t["aplicadas"], "aplicada")]
        if t["rechazada"]:
            partes.append(_filas(t["rechazada"], "rechazada"))
        if t["cambiaron"]:
            partes.append(f"{t['cambiaron']} por revisar de nuevo")
        return ", ".join(partes)
    if carga.olvidada_en:
        return "Borrada sin aplicar"
    return "Detenida: falta terminar" if carga.detenida_en else "Revisada, sin aplicar"


def _filas(n: int, que: str) -> str:
    return f"{n} fila {que}" if n == 1 else f"{n} filas {que}s"


def plantilla(columnas) -> list:
    """The heading to fill; a spreadsheet brings the instructions on a second sheet."""
    instrucciones = [
        ["Columna", "Obligatoria", "Qué va", "Ejemplo"],
        *([c.titulo, "Sí" if c.es_obligatoria else "", c.explica, c.ejemplo] for c in columnas),
    ]
    return [("Propietarios", [TITULOS]), ("Instrucciones", instrucciones)]


def rechazadas(filas: QuerySet) -> list:
    """As they came, with the reason in the last column: to be mended and uploaded again."""
    claves = [c.clave for c in COLUMNAS]

    def renglones():
        yield [*TITULOS, MOTIVO]
        for celdas, motivos in filas.values_list("celdas", "motivos").iterator():
            yield [*(celdas.get(c, "") for c in claves), " ".join(motivos)]

    return [("Rechazadas", renglones())]
