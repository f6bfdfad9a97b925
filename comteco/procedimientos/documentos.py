"""The procedure's papers (III.1): Solicitud de Pedido, Depósito en Garantía and Reclamos Varios.

Each is fixed when its step comes to be printed, so that what is signed on paper is what the portal
keeps. The invoice is of the company's own systems.
"""

from typing import NamedTuple

from comteco.procedimientos.flujos.base import P
from comteco.procedimientos.models import Tramite, en_bolivianos
from postventa.calendario.palabras import dia_en_palabras, fecha_en_palabras, vence_en_palabras
from postventa.documentos import actas
from postventa.documentos.pdf import componer
from postventa.documentos.sobres import SinDocumento, sobre
from postventa.plazos.reloj import plazos_de

SOLICITUD, DEPOSITO, RECLAMO = "solicitud", "deposito", "reclamo"
RESPUESTA = "respuesta"
# D.S. 27172: what may follow a direct claim.
DERECHO_ATT = (
    "Si no está conforme con esta respuesta, puede presentar una reclamación administrativa ante "
    "la ATT (Autoridad de Regulación y Fiscalización de Telecomunicaciones y Transportes) dentro "
    "de los 15 días hábiles siguientes a recibirla."
)
# one document, under the name that each procedure gives it.
TITULOS = {"A": "Solicitud de Servicios", "B": "Solicitud de Servicios"}
POR_IMPRIMIR = (P.A6, P.B5, P.C8, P.D8)
ORIGINAL, COPIA = "ORIGINAL, para archivo", "COPIA, para cliente"


class Papel(NamedTuple):
    """A PDF made of a fixed document, and for whom this one is."""

    de: str
    titulo: str
    copia: str


# III.1: how many originals and copies of each.
PAPELES = {
    "solicitud_original": Papel(SOLICITUD, "{}, original", ORIGINAL),
    "solicitud_copia": Papel(SOLICITUD, "{}, copia", COPIA),
    "deposito_original": Papel(DEPOSITO, "{}, original", ORIGINAL),
    "reclamo_original": Papel(RECLAMO, "{}, original", ORIGINAL),
    "reclamo_copia": Papel(RECLAMO, "{}, copia", COPIA),
    "respuesta_original": Papel(RESPUESTA, "{}, original", ORIGINAL),
    "respuesta_copia": Papel(RESPUESTA, "{}, copia", COPIA),
}


# --- fixing


def fijar_solicitud(tramite, puerta, actor, datos):
    if tramite.estado in POR_IMPRIMIR or tramite.estado == P.OK:
        titulo = TITULOS.get(tramite.procedimiento, "Solicitud de Pedido")
        _fijar(tramite, puerta, SOLICITUD, titulo, _de_la_solicitud(tramite))


def fijar_deposito(tramite, puerta, actor, datos):
    _fijar(tramite, puerta, DEPOSITO, "Depósito en Garantía", _filas(tramite, "D6"))


def fijar_reclamo(tramite, puerta, actor, datos):
    filas = [*_del_reclamo(tramite), ("Se responde", _hasta(tramite))]
    _fijar(tramite, puerta, RECLAMO, "Formulario de Reclamos Varios", filas)


def fijar_respuesta(tramite, puerta, actor, datos):
    filas = [
        *_del_reclamo(tramite),
        ("Respuesta", tramite.respuesta),
        ("Su derecho", DERECHO_ATT),
    ]
    _fijar(tramite, puerta, RESPUESTA, "Respuesta al reclamo", filas)


def numero_del_reclamo(tramite) -> str:
    """The one that F6 gave to the customer."""
    return next((c.referencia for c in tramite.confirmaciones.all() if c.paso == "F6"), "")


def _del_reclamo(t):
    return [
        ("Número del reclamo", numero_del_reclamo(t)),
        ("Formulario ODECO", t.numero_odeco),
        ("Reclamo", t.pedido),
    ]


def _hasta(tramite) -> str:
    """Until when the law lets it be answered, of the clock that F6 opened."""
    plazos = [p for p in plazos_de(tramite) if p.codigo == "reclamo_legal"]
    if not plazos:
        return ""
    return f"Hasta {vence_en_palabras(plazos[-1].vence_en, tramite.sede.tz)}"


def _fijar(tramite, puerta, tipo, titulo, filas):
    cliente, tz = tramite.cliente, tramite.sede.tz
    contenido = {
        "documento": titulo,
        "folio": tramite.folio,
        "empresa": tramite.empresa.razon_social or tramite.empresa.nombre,
        "procedimiento": tramite.get_procedimiento_display(),
        "fecha": fecha_en_palabras(puerta.ahora, tz, con_anio=True),
        "oficina": tramite.sede.nombre,
        "asesor": str(tramite.responsable or ""),
        "cliente": cliente.nombre,
        "identidad": f"{cliente.get_tipo_documento_display()} {cliente.documento}",
        "persona": tramite.get_persona_display(),
        "telefono": tramite.telefono or cliente.telefono,
        "tramitador": f"{tramite.tercero}, C.I. {tramite.tercero_documento}"
        if tramite.es_tercero
        else "",
        "producto": tramite.producto,
        "servicio": tramite.get_servicio_display(),
        "filas": [[nombre, valor] for nombre, valor in filas if valor],
        "firma": tramite.solicitante,
    }
    actas.fijar(tramite, tipo, contenido, puerta.ahora)


def _de_la_solicitud(t):
    filas = [
        ("Solicitado", t.pedido),
        ("Cambio", t.get_cambio_display()),
        ("Costo del nuevo plan", t.importe_en_palabras if t.procedimiento == "B" else ""),
        ("Glosa", "La factura será prorrateada según el cambio de plan."
         if t.procedimiento == "B" else ""),
        ("Nueva dirección", ", ".join(filter(None, (t.direccion, t.barrio)))),
        ("Tiempo de traslado", "De 1 a 10 días" if t.procedimiento == "C" else ""),
    ]  # fmt: skip
    if t.desde_el:
        filas += [
            ("Inicio de la suspensión", dia_en_palabras(t.desde_el, con_anio=True)),
            ("Reconexión automática", dia_en_palabras(t.hasta_el, con_anio=True)),
        ]
    elif t.hasta_el:
        filas.append(("Nueva fecha de reconexión", dia_en_palabras(t.hasta_el, con_anio=True)))
    for c in t.cobros.all():
        filas.append((c.get_concepto_display(), _pago(c)))
    return filas + [
        (f"{c.que}, {c.get_sistema_display()}", c.referencia) for c in t.confirmaciones.all()
    ]


def _pago(c) -> str:
    numero = f", comprobante {c.numero}" if c.numero else ""
    return f"{c.en_palabras}, {c.get_via_display().lower()}{numero}"


def _filas(t, paso):
    importe = en_bolivianos(t.importe) if t.importe is not None else ""
    numeros = t.confirmaciones.filter(paso=paso)
    return [("Importe", importe), *((c.que, c.referencia) for c in numeros)]


# --- as PDF


def documentos_de(tramite: Tramite) -> list[dict]:
    """What can be downloaded, as {tipo, titulo, fecha, ordinal}, oldest first. One query."""
    return [
        {
            "tipo": tipo,
            "titulo": papel.titulo.format(fijado.titulo),
            "fecha": fijado.creado_en,
            "ordinal": fijado.ordinal,
        }
        for fijado in tramite.documentos.order_by("pk")
        for tipo, papel in PAPELES.items()
        if papel.de == fijado.tipo
    ]


def descargar(tramite: Tramite, tipo: str, ordinal: int | None = None) -> tuple[str, bytes]:
    """(filename, PDF) of a row of `documentos_de`; SinDocumento if there is none."""
    papel = PAPELES.get(tipo)
    fijado = papel and tramite.documentos.filter(tipo=papel.de, ordinal=ordinal or 1).first()
    if not fijado:
        raise SinDocumento(f"El trámite {tramite.folio} no tiene {tipo!r}.")
    nombre = f"{tipo.replace('_', '-')}-{tramite.folio}"
    datos = sobre(tramite, fijado.canonico, fijado.sha256, fijado.creado_en, nombre)
    return f"{nombre}.pdf", componer("solicitud_pedido", {**datos, "copia": papel.copia})
