"""What agreeing, entering and missing a visit of Ingevec writes, always under the door's lock."""

from datetime import timedelta

from postventa.calendario.palabras import vence_en_palabras
from postventa.expedientes.salas import Acto
from postventa.personas.models import Usuario
from postventa.plazos import reloj
from postventa.plazos.models import ABIERTOS
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from postventa.visitas import agenda
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.ingevec.flujo import NO_REALIZADAS, con_estado
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.horas import exigir_hora_valida, pauta_del_proyecto
from tickets.ingevec.limites import exigir_hora_por_reservar
from tickets.ingevec.models import Pauta
from tickets.ingevec.personas import INSPECCION, TRABAJO, que_visitan
from tickets.inmuebles import visitas

REPRESENTANTE = "representante"
# How long the attention of an urgency takes in a diary, until its visit says how long it took.
DURA_URGENCIA = timedelta(hours=1)


def pauta_de(solicitud) -> Pauta:
    """How the project of a solicitud receives visits; DatosInvalidos if nobody set it up."""
    pauta = pauta_del_proyecto(solicitud.sede_id)
    if pauta is None:
        raise DatosInvalidos(
            f"{solicitud.sede} no tiene pauta de visitas: pide a un administrador que la cree."
        )
    return pauta


# --- inspection


def preparar_inspeccion(solicitud, tramite, actor, datos):
    """R7: an hour of the term, or an exception that somebody reasons."""
    pauta = datos["pauta"] = pauta_de(solicitud)
    if datos.get("inicia_en") is None:
        raise DatosInvalidos({"inicia_en": "Elige el día y la hora de la visita."})
    datos["termina_en"] = datos["inicia_en"] + pauta.dura_inspeccion
    exigir_hora_valida(solicitud, pauta, datos)
    solicitud.excepcion, solicitud.motivo_excepcion = datos["excepcion"], datos["motivo_excepcion"]


def preparar_primera_inspeccion(solicitud, tramite, actor, datos):
    """What an owner takes by themselves is not without end; to move an hour takes no other."""
    preparar_inspeccion(solicitud, tramite, actor, datos)
    if actor.clase == "cliente":
        exigir_hora_por_reservar(solicitud, datos["pauta"], tramite.ahora)


def crear_inspeccion(solicitud, tramite, actor, datos, de=None):
    """The visit serves what waits for a diagnosis, or `de`, which soon will again."""
    pauta = datos.pop("pauta")
    visita = visitas.nueva(
        solicitud, tramite, Visita.Tipo.INSPECCION, datos, pauta.jornada_inspeccion
    )
    asignar(solicitud, visita, pauta, de or con_estado(solicitud, R.PENDIENTE))


def asignar(solicitud, visita, pauta, requerimientos) -> None:
    _exigir_cupo(solicitud, visita, pauta)
    visitas.agendar(visita)
    visita.requerimientos.set(requerimientos)
    solicitud.responsable = visita.persona
    type(solicitud).objects.filter(pk=solicitud.pk).update(responsable=visita.persona)


def _exigir_cupo(solicitud, visita, pauta) -> None:
    """Nobody is given a visit that they could not begin, nor more a day than the project says."""
    tipo = INSPECCION if visita.tipo == Visita.Tipo.INSPECCION else TRABAJO
    suyos = (i for i in que_visitan(pauta, tipo) if i.usuario_id == visita.persona_id)
    inspector = next(suyos, None)
    if inspector is None:
        que = "inspecciones" if tipo == INSPECCION else "trabajos"
        raise DatosInvalidos({"persona": f"Elige a alguien que haga {que} en este proyecto."})
    # Two visits agreed at once for one person are counted one after the other.
    Usuario.objects.select_for_update(no_key=True).get(pk=visita.persona_id)
    tz = solicitud.sede.tz
    dia = visita.inicia_en.astimezone(tz).date()
    suyas = agenda.visitas_por_dia([visita.persona], dia, dia, tz, por_dejar(solicitud))
    if suyas[visita.persona_id, dia] >= inspector.cupos_por_dia:
        raise DatosInvalidos(
            {"inicia_en": f"{visita.persona} ya tiene todas sus visitas de ese día. Elige otra."}
        )


# --- another date


def por_dejar(solicitud) -> Visita | None:
    """The agreed visit, which another date would leave; one that began or ended stays."""
    actual = solicitud.ultima_visita()
    return actual if actual is not None and actual.estado == V.COORDINADA else None


def dejar_la_anterior(solicitud) -> None:
    """The agreed visit gives back its time before another is looked for."""
    actual = por_dejar(solicitud)
    if actual is not None:
        agenda.liberar(actual)


def _exigir_que_no_empezo(solicitud, tramite) -> None:
    actual = por_dejar(solicitud)
    if actual is not None and tramite.ahora >= actual.inicia_en:
        raise Conflicto(
            "La visita ya empezó: registra qué pasó en ella antes de dar otra hora.",
            solicitud.estado,
        )


def preparar_otra_inspeccion(solicitud, tramite, actor, datos):
    """G-T03: from the original call, whatever the agreed date was."""
    _exigir_que_no_empezo(solicitud, tramite)
    preparar_inspeccion(solicitud, tramite, actor, datos)
    dejar_la_anterior(solicitud)


# --- works


def preparar_trabajos(solicitud, tramite, actor, datos):
    pauta = datos["pauta"] = pauta_de(solicitud)
    if datos.get("inicia_en") is None:
        raise DatosInvalidos({"inicia_en": "Elige el día y la hora de la visita."})
    datos["termina_en"] = datos.get("termina_en") or datos["inicia_en"] + pauta.dura_trabajo
    _exigir_dentro_de_plazo(solicitud, datos)


def _exigir_dentro_de_plazo(solicitud, datos) -> None:
    """G-T06: the planned end is not later than the 20 days, or somebody says why."""
    vencen = [
        p.vence_en
        for p in reloj.plazos_de(solicitud)
        if p.codigo == "trabajos" and p.estado in ABIERTOS
    ]
    if not vencen:
        return
    tz = solicitud.sede.tz
    termina = datos["termina_en"].astimezone(tz).date()
    estimado = datos.get("termino_estimado_el") or termina
    motivo = str(datos.get("motivo_plazo") or "").strip()
    if max(termina, estimado) > vencen[0].astimezone(tz).date() and not motivo:
        vence = vence_en_palabras(vencen[0], tz)
        raise DatosInvalidos(
            {"motivo_plazo": f"Los trabajos vencen {vence}: explica por qué se agendan después."}
        )
    datos["motivo_plazo"] = motivo[:300]


def crear_trabajos(solicitud, tramite, actor, datos, de=None):
    pauta = datos.pop("pauta")
    visita = visitas.nueva(solicitud, tramite, Visita.Tipo.TRABAJO, datos, pauta.jornada_trabajo)
    asignar(solicitud, visita, pauta, de or con_estado(solicitud, R.CORRESPONDE))


def preparar_otros_trabajos(solicitud, tramite, actor, datos):
    _exigir_que_no_empezo(solicitud, tramite)
    preparar_trabajos(solicitud, tramite, actor, datos)
    dejar_la_anterior(solicitud)


# --- urgency


def preparar_urgencia(solicitud, tramite, actor, datos):
    """G-14: somebody goes now, or at the hour that was said on the telephone."""
    datos["inicia_en"] = max(datos.get("inicia_en") or tramite.ahora, tramite.ahora)
    datos["termina_en"] = datos["inicia_en"] + DURA_URGENCIA


def crear_atencion(solicitud, tramite, actor, datos):
    visita = visitas.a_toda_hora(solicitud, Visita.Tipo.INSPECCION, datos)
    visitas.agendar(visita)
    visita.requerimientos.set(con_estado(solicitud, R.PENDIENTE))
    type(solicitud).objects.filter(pk=solicitud.pk).update(responsable=visita.persona)
    solicitud.responsable = visita.persona


# --- the visit itself


def preparar_entrada(visita, tramite, actor, datos):
    """Who came in and who received them for the owner (G-13)."""
    visitas.registrar_entrada(visita, tramite, datos)
    visita.recibe_nombre = str(datos.get("representante") or "").strip()[:120]
    visita.recibe_rol = REPRESENTANTE if visita.recibe_nombre else ""


def cerrar_visita(visita, tramite, actor, datos):
    """A visit with nobody is counted, and closes nothing (12.3)."""
    agenda.liberar(visita)
    if visita.estado in NO_REALIZADAS and visita.estado != V.CANCELADA:
        solicitud = visita.expediente
        solicitud.visitas_fallidas += 1
        solicitud.save(update_fields=["visitas_fallidas"])


VISITA = {
    "iniciar": Acto(preparar=preparar_entrada),
    "realizar": Acto(visitas.preparar_cierre, cerrar_visita),
    "reprogramar": Acto(visitas.preparar_cierre, cerrar_visita),
    "cancelar": Acto(visitas.preparar_cancelacion, cerrar_visita),
    "registrar_inasistencia_cliente": Acto(visitas.preparar_ausencia, cerrar_visita),
    "registrar_inasistencia_empresa": Acto(visitas.preparar_falta_de_la_empresa, cerrar_visita),
    "registrar_acceso_denegado": Acto(visitas.preparar_ausencia, cerrar_visita),
}
