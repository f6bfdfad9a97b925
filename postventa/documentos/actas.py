"""Fixing a document and signing it: hashed before it is signed, read-only after."""

from datetime import datetime

from postventa.documentos.models import Documento, Firma
from postventa.expedientes.bitacora import canonico, sha256


def huella(contenido: dict) -> str:
    """SHA-256 of a document's canonical JSON: what a page shows before anybody signs."""
    return sha256(canonico(contenido))


def fijar(expediente, tipo: str, contenido: dict, ahora: datetime) -> Documento:
    """Store a document of a case under its next ordinal."""
    texto = canonico(contenido)
    return Documento.objects.create(
        expediente_id=expediente.pk,
        tipo=tipo,
        ordinal=expediente.documentos.filter(tipo=tipo).count() + 1,
        canonico=texto,
        sha256=sha256(texto),
        creado_en=ahora,
    )


def firmar(documento: Documento, *, rol, actor, nombre, firmado_en, evidencia) -> Firma:
    """Store a signature. `evidencia`, all optional: metodo, trazo, direccion_ip, navegador,
    testigo."""
    return Firma.objects.create(
        documento=documento,
        rol=rol,
        nombre=nombre[:120],
        numero_documento=actor.documento,
        metodo=evidencia.get("metodo", Firma.Metodo.CODIGO),
        firmado_en=firmado_en,
        direccion_ip=evidencia.get("direccion_ip") or None,
        navegador=evidencia.get("navegador", "")[:200],
        testigo=evidencia.get("testigo"),
        trazo=evidencia.get("trazo", ""),
    )
