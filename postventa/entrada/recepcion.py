"""A mail that arrives becomes a draft for staff, or nothing (TM-17 to TM-19). It never answers."""

import hashlib
import logging
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.entrada import hilos
from postventa.entrada.models import CorreoEntrante, EstadoEntrante, FotoEntrante
from postventa.entrada.propuesta import proponer
from postventa.entrada.texto import de_html, en_una_linea, limpio
from postventa.expedientes import subidas
from postventa.expedientes.salas import todas
from postventa.personas.models import Cliente

log = logging.getLogger(__name__)

FOTOS = 6
# Each is drawn anew while the provider waits for our answer.
PDFS = 2
# More than this from one address in a day is a machine, or somebody who should call.
AL_DIA = 20
_AUTOMATICOS = ("bulk", "junk", "list", "auto_reply")


def al_llegar(sender, event, esp_name, **kwargs) -> None:
    """What the mail library calls for each mail that a provider posts.

    A hostile mail must not make the provider send it again and again: it is logged and dropped.
    """
    mensaje = event.message
    clave = mensaje.get("Message-ID") or event.event_id or ""
    try:
        recibir(mensaje, str(clave), esp_name.lower())
    except (RecursionError, UnicodeError, LookupError, ValueError) as error:
        log.warning("Un correo de %s no se pudo leer: %s", esp_name, type(error).__name__)


def recibir(mensaje, clave: str, origen: str) -> CorreoEntrante | None:
    """Store a mail (an AnymailInboundMessage) as a draft; None if it is nobody's or a machine's."""
    if es_automatico(mensaje):
        return None
    destinos = _destinos(mensaje)
    empresa, para = _de_quien_es(destinos)
    if empresa is None:
        log.info("Llegó un correo para una dirección que ninguna empresa usa")
        return None
    de = _direccion(mensaje.from_email)
    if de and hilos.base_de(de) in {hilos.base_de(d) for d in _propias(empresa)}:
        return None
    asunto = en_una_linea(mensaje.subject, 200)
    texto = limpio(mensaje.text or "") or de_html(mensaje.html or "")
    fila = CorreoEntrante(
        empresa=empresa,
        clave=_huella(clave or f"{de}\n{asunto}\n{texto}"),
        origen=origen[:20],
        de=de,
        de_nombre=en_una_linea(getattr(mensaje.from_email, "display_name", "") or "", 120),
        para=para,
        asunto=asunto,
        texto=texto,
        recibido_en=hora.ahora(),
        autenticidad=en_una_linea(str(mensaje.get("Authentication-Results") or ""), 200),
    )
    return guardar(fila, destinos, _adjuntos(mensaje))


def pegar(empresa: Empresa, por, *, de: str, asunto: str, texto: str) -> CorreoEntrante:
    """A mail that a member of staff pastes from the mailbox: the same draft, by hand."""
    texto = limpio(texto)
    fila = CorreoEntrante(
        empresa=empresa,
        clave=_huella(f"{de}\n{asunto}\n{texto}"),
        origen="pegado",
        de=de.strip().lower(),
        asunto=en_una_linea(asunto, 200),
        texto=texto,
        recibido_en=hora.ahora(),
    )
    return guardar(fila, [], [])


def guardar(fila: CorreoEntrante, destinos: list[str], adjuntos: list) -> CorreoEntrante:
    """Complete a draft and store it, once: the same mail again gives the first row."""
    empresa = fila.empresa
    previa = CorreoEntrante.objects.filter(empresa=empresa, clave=fila.clave).first()
    if previa:
        return previa
    fila.cliente = _cliente(empresa, fila.de)
    for destino in destinos:
        fila.expediente = fila.expediente or hilos.expediente_de(empresa, destino)
    if fila.expediente:
        fila.es_de_otro = fila.expediente.cliente.correo.lower() != fila.de
    fila.propuesto = proponer(empresa, fila.asunto, fila.texto)
    if _son_demasiados(fila):
        fila.estado, fila.motivo = EstadoEntrante.DESCARTADO, "Demasiados correos en un día"
        adjuntos = []
    fotos, fila.sin_guardar = _separar(adjuntos, empresa)
    with transaction.atomic():
        CorreoEntrante.objects.bulk_create([fila], ignore_conflicts=True)
        fila = CorreoEntrante.objects.get(empresa=empresa, clave=fila.clave)
        for nombre, foto in fotos:
            archivo = ContentFile(foto.contenido, name=f"adjunto{subidas.EXTENSIONES[foto.tipo]}")
            FotoEntrante.objects.create(
                correo=fila, nombre=nombre, archivo=archivo, bytes=len(foto.contenido)
            )
    return fila


def es_automatico(mensaje) -> bool:
    """TM-18: what a machine sends is not read, so that two of them never talk (RFC 3834)."""
    if str(mensaje.get("Auto-Submitted") or "no").strip().lower() != "no":
        return True
    if str(mensaje.get("Precedence") or "").strip().lower() in _AUTOMATICOS:
        return True
    if mensaje.get("List-Id") or mensaje.get("X-Auto-Response-Suppress"):
        return True
    return str(mensaje.get("Return-Path") or "x").strip() in ("", "<>")


def _destinos(mensaje) -> list[str]:
    dirigidos = [mensaje.envelope_recipient, *(a.addr_spec for a in [*mensaje.to, *mensaje.cc])]
    return [d.strip() for d in dirigidos if d and "@" in d][:20]


def _de_quien_es(destinos: list[str]) -> tuple[Empresa | None, str]:
    for destino in destinos:
        base = hilos.base_de(destino)
        de_la_sede = Q(sedes__correo__iexact=base)
        propia = Q(correo_contacto__iexact=base) | Q(remitente__iexact=base) | de_la_sede
        empresa = Empresa.objects.filter(propia, es_activa=True).distinct().first()
        if empresa:
            return empresa, base
    return None, ""


def _propias(empresa: Empresa) -> list[str]:
    return [d for d in (empresa.correo_contacto, empresa.remitente) if d]


def _direccion(correo) -> str:
    """The sender's address, lower case; empty if it is not one."""
    direccion = (getattr(correo, "addr_spec", "") or "").strip().lower()
    try:
        validate_email(direccion)
    except ValidationError:
        return ""
    return direccion[:254]


def _cliente(empresa, de: str) -> Cliente | None:
    """The customer whose address that is, if it is of one only. A hint: anybody can write it."""
    suyos = list(Cliente.objects.filter(empresa=empresa, correo__iexact=de)[:2]) if de else []
    return suyos[0] if len(suyos) == 1 else None


def _son_demasiados(fila: CorreoEntrante) -> bool:
    desde: datetime = fila.recibido_en - timedelta(days=1)
    suyos = CorreoEntrante.objects.filter(
        empresa=fila.empresa, de=fila.de, recibido_en__gt=desde
    ).exclude(origen="pegado")
    return fila.origen != "pegado" and suyos.count() >= AL_DIA


def _adjuntos(mensaje) -> list[tuple[str, bytes]]:
    """(name, content) of the attached files, at most twenty."""
    partes = [p for p in mensaje.walk() if p.is_attachment() or p.is_inline()][:20]
    return [
        (en_una_linea(p.get_filename() or "adjunto", 120), p.get_content_bytes()) for p in partes
    ]


def entran_pdf(empresa: Empresa) -> bool:
    """Whether a PDF that comes by mail is kept, or only photos."""
    return any(s.acepta_pdf for s in todas() if s.empresa == empresa.codigo)


def _separar(adjuntos, empresa: Empresa) -> tuple[list, list]:
    """Files that passed the gate, and what stays out, by name and size."""
    caben_pdf = PDFS if entran_pdf(empresa) else 0
    fotos, fuera = [], []
    for nombre, contenido in adjuntos:
        try:
            if len(fotos) >= FOTOS:
                raise ValidationError("")
            archivo = SimpleUploadedFile(nombre, contenido)
            fotos.append((nombre, subidas.revisar(archivo, con_pdf=caben_pdf > 0)))
        except ValidationError:
            fuera.append({"nombre": nombre, "bytes": len(contenido)})
        # One that is refused has taken its time too.
        caben_pdf -= nombre.lower().endswith(".pdf")
    return fotos, fuera


def _huella(texto: str) -> str:
    return hashlib.sha256(texto.encode("utf-8", "replace")).hexdigest()
