"""What CAPERA fixes as documents: the form (annex 1) and the formal answer, and their PDF.

The sheet of the Libro de Reclamaciones is the form of a consumer, shown as the law wants it: the
same text and fingerprint, so that neither says anything that the other does not.
"""

from typing import NamedTuple

from postventa.calendario.palabras import (
    cantidad_en_palabras,
    dia_en_palabras,
    fecha_en_palabras,
    vence_en_palabras,
)
from postventa.documentos.pdf import componer
from postventa.documentos.sobres import SinDocumento, sobre
from reclamos.models import Canal, Reclamo
from reclamos.montos import con_miles

FORMULARIO, RESPUESTA = "formulario", "respuesta"


def _cabeza(reclamo, documento: str) -> dict:
    return {
        "documento": documento,
        "folio": reclamo.codigo,
        "empresa": reclamo.empresa.razon_social or reclamo.empresa.nombre,
        "empresa_documento": reclamo.empresa.documento_tributario,
        "codigo": reclamo.codigo,
        "ingreso": reclamo.numero_ingreso,
        "reclamante": reclamo.contacto.nombre,
        "identidad": f"{reclamo.cliente.get_tipo_documento_display()} {reclamo.cliente.documento}",
    }


def formulario(reclamo) -> dict:
    """Anexo N° 1, built of a) to e), the register (4.2) and the sheet's fields (10.3)."""
    tz = reclamo.sede.tz
    hora = f", {reclamo.ocurrio_a_las:%H:%M}" if reclamo.ocurrio_a_las else ""
    especifico = (reclamo.distrito, reclamo.localidad, reclamo.predio)
    return {
        **_cabeza(reclamo, "Formulario de quejas y/o reclamos"),
        "tipo": reclamo.get_clase_display(),
        "hoja": reclamo.hoja_numero,
        "canal": Canal(reclamo.canal).label,
        "recibida": fecha_en_palabras(reclamo.recibida_en, tz, con_anio=True),
        "receptor": str(reclamo.recibida_por or "Sitio"),
        "establecimiento": reclamo.sede.nombre,
        "establecimiento_codigo": reclamo.sede.identificacion,
        "establecimiento_direccion": _direccion(reclamo),
        "domicilio": reclamo.domicilio,
        "motivo": reclamo.motivo,
        "hechos": reclamo.hechos,
        "momento": f"{dia_en_palabras(reclamo.ocurrio_el, con_anio=True)}{hora}",
        "lugar": ", ".join(filter(None, (reclamo.lugar, *especifico))),
        "involucrados": reclamo.involucrados,
        "contacto": [
            dato
            for dato in (reclamo.contacto.telefono, reclamo.contacto.correo, reclamo.domicilio)
            if dato
        ],
        "apoderado": reclamo.apoderado,
        "bien": reclamo.get_bien_display(),
        "servicio": reclamo.servicio,
        "pedido": reclamo.pedido,
        "monto": con_miles(reclamo.monto) if reclamo.monto is not None else "",
        "solucion": reclamo.solucion,
        "termino": _termino(reclamo),
        "constancias": [
            {"empresa": str(c.por or ""), "reclamante": c.reclamante, "texto": c.texto}
            for c in reclamo.constancias.select_related("por")
        ],
    }


def respuesta_formal(reclamo) -> dict:
    """C-10: the answer as it went out, citing the number."""
    return {
        **_cabeza(reclamo, "Respuesta formal"),
        "tipo": reclamo.get_clase_display(),
        "desestima": bool(reclamo.justificacion),
        "lugar": reclamo.sede.comuna,
        "fecha": fecha_en_palabras(
            reclamo.respondida_en, reclamo.sede.tz, con_hora=False, con_anio=True
        ),
        "domicilio": reclamo.domicilio,
        "texto": reclamo.respuesta,
        "prevencion": reclamo.prevencion,
        "medio": reclamo.get_medio_respuesta_display(),
        "responde": str(reclamo.redactada_por or ""),
        "area": reclamo.area,
        "visada_por": str(reclamo.visado_por or ""),
    }


def _direccion(reclamo) -> str:
    return ", ".join(filter(None, (reclamo.sede.direccion, reclamo.sede.comuna)))


def _termino(reclamo) -> dict:
    """By when it is answered, as the policy in force says: the legal one, of a consumer's."""
    codigos = ("plazo_legal",) if reclamo.es_consumidor else ("respuesta",)
    plazo = reclamo.plazos.filter(codigo__in=codigos).select_related("politica").first()
    if plazo is None:
        return {}
    vence = vence_en_palabras(plazo.vence_en, reclamo.sede.tz, con_anio=True)
    return {
        "cantidad": cantidad_en_palabras(plazo.politica.cantidad, plazo.politica.unidad),
        "vence": vence.removeprefix("el "),
    }


# --- as PDF


class Papel(NamedTuple):
    """A PDF made of a fixed document. `copia`: for whom this one is."""

    de: str
    plantilla: str
    titulo: str
    copia: str = ""
    es_del_reclamante: bool = True


PAPELES = {
    "formulario": Papel(FORMULARIO, "formulario_reclamo", "Anexo N° 1, formulario"),
    "hoja_proveedor": Papel(
        FORMULARIO,
        "hoja_reclamacion",
        "Hoja de Reclamación, original",
        "Original, para el proveedor",
        es_del_reclamante=False,
    ),
    "hoja_consumidor": Papel(
        FORMULARIO,
        "hoja_reclamacion",
        "Hoja de Reclamación, copia del consumidor",
        "Copia, para el consumidor",
    ),
    "hoja_indecopi": Papel(
        FORMULARIO,
        "hoja_reclamacion",
        "Hoja de Reclamación, copia de Indecopi",
        "Copia, para Indecopi",
        es_del_reclamante=False,
    ),
    "respuesta": Papel(RESPUESTA, "carta_reclamo", "Respuesta formal"),
}


def es_formulario(tipo: str) -> bool:
    """It says what the complainant wrote, and nothing that came later."""
    return tipo in PAPELES and PAPELES[tipo].de == FORMULARIO


def documentos_de(reclamo: Reclamo, del_reclamante: bool = False) -> list[dict]:
    """Return what can be downloaded of a complaint as {tipo, titulo, fecha, ordinal}, oldest
    first; to the complainant, what is theirs. One query."""
    fijados = list(reclamo.documentos.order_by("pk"))
    return [
        {
            "tipo": tipo,
            "titulo": papel.titulo + (f" {fijado.ordinal}" if fijado.ordinal > 1 else ""),
            "fecha": fijado.creado_en,
            "ordinal": fijado.ordinal,
        }
        for fijado in fijados
        for tipo, papel in PAPELES.items()
        if papel.de == fijado.tipo and _corresponde(papel, reclamo, del_reclamante)
    ]


def descargar(
    reclamo: Reclamo, tipo: str, ordinal: int | None = None, del_reclamante: bool = False
) -> tuple[str, bytes]:
    """Return (filename, PDF) of a row of `documentos_de`; SinDocumento if there is none."""
    papel = PAPELES.get(tipo)
    if papel is None or not _corresponde(papel, reclamo, del_reclamante):
        raise SinDocumento(f"No hay documentos de tipo {tipo!r}.")
    fijado = reclamo.documentos.filter(tipo=papel.de, ordinal=ordinal or 1).first()
    if fijado is None:
        raise SinDocumento(f"El reclamo {reclamo.codigo} no tiene {tipo} {ordinal or 1}.")
    nombre = f"{tipo.replace('_', '-')}-{reclamo.codigo}"
    if fijado.ordinal > 1:
        nombre += f"-{fijado.ordinal}"
    datos = sobre(reclamo, fijado.canonico, fijado.sha256, fijado.creado_en, nombre)
    return f"{nombre}.pdf", componer(papel.plantilla, {**datos, "copia": papel.copia})


def _corresponde(papel: Papel, reclamo: Reclamo, del_reclamante: bool) -> bool:
    if del_reclamante and not papel.es_del_reclamante:
        return False
    # Only a consumer writes a sheet of the Libro.
    return reclamo.hoja_numero is not None or papel.plantilla != "hoja_reclamacion"
