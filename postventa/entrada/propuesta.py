"""The four data that a request must bring, guessed from a mail for staff to confirm (G-02)."""

import re
import unicodedata

from postventa.empresas.models import Sede
from postventa.entrada.texto import sin_citas

_TELEFONO = re.compile(
    r"(?<!\d)(?:\+?\d{1,3}[\s.-]?)?(?:\(?\d{1,3}\)?[\s.-]?)?\d{3,4}[\s.-]?\d{4}(?!\d)"
    r"|(?<!\d)(?:\+?\d{2,3}[\s-]?)?\d{3}[\s-]\d{3}[\s-]\d{3}(?!\d)"
)
_UNIDAD = re.compile(
    r"\b(?:depto|dpto|departamento|depa|apto|oficina|casa|lote)\.?\s*(?:n[°ºo.]?\s*)?"
    r"([a-z]?-?\d{1,5}[a-z]?)\b",
    re.IGNORECASE,
)


def proponer(empresa, asunto: str, texto: str) -> dict:
    """{proyecto (a Sede id or None), unidad, requerimiento, telefonos}: nothing here is certain."""
    dicho = sin_citas(texto)
    buscado = _llano(f"{asunto}\n{dicho}")
    unidad = _UNIDAD.search(f"{asunto}\n{dicho}")
    return {
        "proyecto": _proyecto(empresa, buscado),
        "unidad": unidad[1] if unidad else "",
        "requerimiento": dicho[:4000] or asunto,
        "telefonos": ", ".join(dict.fromkeys(t.strip() for t in telefonos(dicho)))[:120],
    }


def telefonos(texto: str) -> list[str]:
    """Numbers of 8 to 12 digits, as written; a RUT, which ends in its check digit, is none."""
    hallados = []
    for m in _TELEFONO.finditer(texto):
        digitos = re.sub(r"\D", "", m[0])
        sigue = texto[m.end() : m.end() + 2]
        if 8 <= len(digitos) <= 12 and not re.match(r"-[\dkK]", sigue):
            hallados.append(m[0])
    return hallados[:4]


def _proyecto(empresa, buscado: str) -> int | None:
    """The place whose name is said; the longest, if one is part of another."""
    dichas = [
        (len(nombre), pk)
        for pk, nombre in Sede.objects.filter(empresa=empresa, es_activa=True).values_list(
            "pk", "nombre"
        )
        if _llano(nombre) in buscado
    ]
    return max(dichas)[1] if dichas else None


def _llano(texto: str) -> str:
    """Lower case, no accents, single spaces."""
    sin_tildes = unicodedata.normalize("NFKD", texto.lower())
    return " ".join("".join(c for c in sin_tildes if not unicodedata.combining(c)).split())
