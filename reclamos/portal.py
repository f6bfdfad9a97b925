"""What CAPERA's customers see: the Libro de Reclamaciones and each one's own complaints."""

import json

from django.db.models import F
from django.urls import reverse

from postventa.calendario import hora
from postventa.calendario.palabras import cantidad_en_palabras, vence_en_palabras
from postventa.documentos.models import Documento
from postventa.empresas.models import Sede
from postventa.expedientes.salas import PortalDeSala
from postventa.personas.documentos import TipoDocumento
from postventa.personas.models import Cliente
from postventa.plazos.models import ABIERTOS, PoliticaPlazo
from reclamos.documentos import documentos_de
from reclamos.flujo import EstadoReclamo as E
from reclamos.hitos import ESTADOS, HITOS, TERMINOS
from reclamos.models import Reclamo

# D-13: what people carry in Peru.
DOCUMENTOS = tuple(
    (tipo.value, tipo.label)
    for tipo in (
        TipoDocumento.DNI,
        TipoDocumento.CE,
        TipoDocumento.RUC,
        TipoDocumento.PASAPORTE,
    )
)


def sedes(empresa):
    """The establishments, each with its own sheets."""
    return Sede.objects.filter(empresa=empresa, es_activa=True).order_by("nombre")


def identificar(sede, numero: str, tipo: str) -> Cliente | None:
    """Who has complained with that document, at any establishment."""
    return Cliente.objects.filter(
        empresa_id=sede.empresa_id, tipo_documento=tipo, numero=numero
    ).first()


def ajenos(cliente: Cliente):
    """Complaints written on the site in that document's name whose mail is not the one on file:
    whoever reads the one has not proved to read the other."""
    escritos = Reclamo.objects.filter(cliente=cliente).exclude(correo_dado="")
    return escritos.exclude(correo_dado=F("cliente__correo")).values("pk")


def terminos_de(empresa) -> dict[str, str]:
    """The terms in force, in words, by code. One query."""
    politicas = PoliticaPlazo.objects.filter(empresa=empresa, es_vigente=True)
    return {p.codigo: cantidad_en_palabras(p.cantidad, p.unidad) for p in politicas}


def contexto_inicio(empresa, ahora) -> dict:
    return {"terminos": terminos_de(empresa)}


def url_nuevo(empresa) -> str:
    return reverse("capera:libro")


def fijados_de(reclamo) -> dict[str, dict]:
    """What was fixed of it, as it was, by kind: the last of each. One query."""
    fijados = Documento.objects.filter(expediente=reclamo).order_by("ordinal")
    return {d.tipo: json.loads(d.canonico) for d in fijados}


def contexto_caso(reclamo, request) -> dict:
    """What `capera/caso.html` and the page of the mail's link need."""
    ahora = hora.ahora()
    corren = {p.codigo: p for p in reclamo.plazos.order_by("ordinal") if p.estado in ABIERTOS}
    plazo = corren.get("conformidad")
    fijados = fijados_de(reclamo)
    return {
        "reclamo": reclamo,
        "respuesta": fijados.get("respuesta"),
        "formulario": "formulario" in fijados,
        "papeles": documentos_de(reclamo, del_reclamante=True),
        "espera": reclamo.estado == E.RESPONDIDA and plazo is not None and plazo.vence_en >= ahora,
        "hasta": plazo and vence_en_palabras(plazo.vence_en, reclamo.sede.tz),
        "fechas": [
            (TERMINOS[p.codigo], vence_en_palabras(p.vence_en, reclamo.sede.tz, con_anio=True))
            for p in sorted(corren.values(), key=lambda p: p.vence_en)
            if p.codigo in TERMINOS
        ],
    }


PORTAL = PortalDeSala(
    identificar=identificar,
    sedes=sedes,
    plantilla_inicio="capera/inicio.html",
    contexto_inicio=contexto_inicio,
    plantilla_privacidad="capera/privacidad.html",
    plantilla_acceso="capera/acceso.html",
    plantilla_caso="capera/caso.html",
    contexto_caso=contexto_caso,
    url_nuevo=url_nuevo,
    estados=ESTADOS,
    hitos=HITOS,
    terminos=TERMINOS,
    casos="reclamos",
    crear="Libro de Reclamaciones",
    ajenos=ajenos,
    documentos=DOCUMENTOS,
    pide_sede=False,
)
