"""What each verb of Icalma writes beyond its own record, always under the door's lock.

The acts of visits and of the signature stand beside, each in its file.
"""

from django.db.models import F

from postventa.expedientes.salas import Acto
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado, exigir
from tickets.icalma import actos_firma, actos_visita
from tickets.icalma.documentos import fijar_inspeccion
from tickets.icalma.models import Exclusion
from tickets.inmuebles import partes
from tickets.inmuebles.garantia import garantia_de
from tickets.inmuebles.models import Propiedad


def exigir_propietario(ticket, tramite, actor, datos):
    """I-02: whoever hands it in, a request belongs to a current owner of the unit."""
    if ticket.mirada is not None:
        es_suya = ticket.mirada.es_propietario
    else:
        hoy = tramite.ahora.astimezone(ticket.sede.tz).date()
        suyas = Propiedad.objects.vigentes(hoy).filter(
            unidad_id=ticket.unidad_id,
            cliente_id=ticket.cliente_id,
            cliente__empresa=F("unidad__proyecto__empresa"),
        )
        es_suya = suyas.exists()
    if not es_suya:
        raise NoAutorizado("Solo el propietario actual de la vivienda puede pedir la postventa.")


def ingresar_observaciones(ticket, tramite, actor, datos):
    """Freeze the observations with the ticket (I-05, I-20)."""
    partes.ingresar(ticket, ticket.por_ingresar, None)
    if fotos := datos.get("fotos"):
        # The audit keeps their ids.
        datos["fotos"] = partes.adoptar(ticket, ticket.por_ingresar, fotos, ticket.del_borrador)


def preparar_contacto(ticket, tramite, actor, datos):
    """I-T04: whether somebody answered, and by what means."""
    if not isinstance(datos.get("exito"), bool):
        raise DatosInvalidos({"exito": "Anota si hablaste con el propietario."})
    datos["medio"] = exigir(datos, "medio", "Anota por qué medio fue el contacto.")


# --- observations


def preparar_aprobacion(observacion, tramite, actor, datos):
    """I-09: to say that it is under warranty, the warranty must run; else a person says why."""
    fundamento = (datos.get("fundamento") or "").strip()
    if not fundamento and garantia_del_ticket(observacion)[1] is not False:
        raise DatosInvalidos(
            {
                "fundamento": "La garantía legal venció o faltan fechas de la unidad: explica por "
                "qué la apruebas."
            }
        )
    datos["fundamento"] = fundamento or "Dentro de garantía."


def preparar_rechazo(observacion, tramite, actor, datos):
    """I-09: an exclusion and a person's reason; E8 only if the term really ran out (2.8)."""
    exclusion = datos.get("exclusion")
    if exclusion not in Exclusion.values:
        raise DatosInvalidos({"exclusion": "Elige la exclusión en que se funda el rechazo."})
    if exclusion == Exclusion.E8:
        _exigir_vencida(observacion)
    observacion.exclusion = exclusion
    observacion.fundamento = exigir(
        datos, "fundamento", "Explica el motivo: el propietario lo leerá tal cual."
    )


def garantia_del_ticket(observacion):
    """Legal term of an observation and whether it had run out at the ticket's date (10.1)."""
    ticket = observacion.ticket
    garantia = garantia_de(ticket.unidad, observacion.clase)
    return garantia, garantia.esta_vencida(ticket.creado_en.astimezone(ticket.sede.tz).date())


def _exigir_vencida(observacion):
    garantia, vencida = garantia_del_ticket(observacion)
    if vencida is None:
        raise DatosInvalidos(
            {"exclusion": "Faltan las fechas legales de la unidad: E8 no se puede calcular."}
        )
    if not vencida:
        raise DatosInvalidos(
            {"exclusion": f"La garantía sigue vigente hasta el {garantia.hasta_el:%d-%m-%Y}."}
        )


def preparar_motivo(objeto, tramite, actor, datos):
    datos["motivo"] = exigir(datos, "motivo", "Escribe el motivo.")


def completar_ejecucion(observacion, tramite, actor, datos):
    """A visit lists what it served, also what joined it on the way (12.2)."""
    observacion.visitas.add(observacion.ticket.ultima_visita())


TICKET = {
    "generar": Acto(exigir_propietario, ingresar_observaciones),
    "retener": Acto(exigir_propietario, ingresar_observaciones),
    "registrar_contacto": Acto(preparar=preparar_contacto),
    "coordinar_inspeccion": Acto(completar=actos_visita.coordinar_inspeccion),
    "reprogramar_inspeccion": Acto(actos_visita.reprogramar, actos_visita.nueva_fecha),
    "inspeccionar": Acto(fijar=fijar_inspeccion),
    "coordinar_trabajo": Acto(completar=actos_visita.coordinar_trabajo),
    "reprogramar_trabajo": Acto(actos_visita.reprogramar, actos_visita.nueva_fecha),
    "coordinar_otra_visita": Acto(completar=actos_visita.coordinar_trabajo),
    "firmar": Acto(preparar=actos_firma.preparar_firma),
    "rechazar_firma": Acto(
        actos_firma.preparar_rechazo_de_firma, actos_firma.completar_rechazo_de_firma
    ),
    "anular": Acto(preparar=preparar_motivo),
}
OBSERVACION = {
    "aprobar": Acto(preparar=preparar_aprobacion),
    "rechazar": Acto(preparar=preparar_rechazo),
    "acoger": Acto(preparar=preparar_motivo),
    "confirmar_rechazo": Acto(preparar=preparar_motivo),
    "ejecutar": Acto(completar=completar_ejecucion),
}
VISITA = actos_visita.VISITA
