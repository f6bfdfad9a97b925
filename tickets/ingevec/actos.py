"""What each verb of Ingevec writes beyond its own record, always under the door's lock."""

from postventa.expedientes.salas import Acto
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado, exigir
from tickets.ingevec import actos_visita as av
from tickets.ingevec import limites
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import con_estado
from tickets.inmuebles import partes
from tickets.inmuebles.models import Propiedad

CONFORME, TRABAJOS, INSPECCION = "conforme", "trabajos", "inspeccion"
# An answer would stop its clock with nobody at the home (G-14).
URGENCIA_NO_ES_CONSULTA = "Es una urgencia: anótala como requerimiento."
# Digits of a whole number; fewer calls nobody back.
CIFRAS = 8
NUMERO_INCOMPLETO = "Escribe un número de contacto completo: +56 9 1234 5678."


def tiene_numero(telefonos: str) -> bool:
    """G-02: whether what was given as numbers of contact can hold one."""
    return sum(c.isdecimal() for c in telefonos) >= CIFRAS


# --- intake


def exigir_datos(solicitud, tramite, actor, datos):
    """G-02, on every channel; an owner asks only for a home of theirs."""
    campos = {
        "llamante": "Escribe el nombre de quien lo pide.",
        "telefonos": "Escribe al menos un número de contacto.",
    }
    faltan = {c: m for c, m in campos.items() if not str(getattr(solicitud, c) or "").strip()}
    if "telefonos" not in faltan and not tiene_numero(solicitud.telefonos):
        faltan["telefonos"] = NUMERO_INCOMPLETO
    if solicitud.es_consulta and not solicitud.consulta.strip():
        faltan["consulta"] = "Escribe la consulta."
    if solicitud.es_consulta and solicitud.urgencia:
        faltan["clase"] = URGENCIA_NO_ES_CONSULTA
    if not solicitud.es_consulta and not solicitud.por_ingresar:
        faltan["requerimientos"] = "Escribe al menos un requerimiento."
    if faltan:
        raise DatosInvalidos(faltan)
    if actor.clase == "cliente":
        hoy = tramite.ahora.astimezone(solicitud.sede.tz).date()
        suyas = Propiedad.objects.vigentes(hoy).filter(
            unidad_id=solicitud.unidad_id, cliente_id=actor.cliente.pk
        )
        if not suyas.exists():
            raise NoAutorizado("Solo el propietario de la vivienda puede pedirlo por aquí.")
        limites.exigir_medida(solicitud, tramite.ahora)


def ingresar_requerimientos(solicitud, tramite, actor, datos):
    partes.ingresar(solicitud, solicitud.por_ingresar, datos.get("fotos"))


# --- diagnosis and works


def preparar_diagnostico(requerimiento, tramite, actor, datos):
    """G-09: what was seen; and if it is not covered, why, as the owner will read it."""
    requerimiento.diagnostico = exigir(datos, "diagnostico", "Escribe el diagnóstico.")
    requerimiento.motivo = ""


def preparar_no_corresponde(requerimiento, tramite, actor, datos):
    preparar_diagnostico(requerimiento, tramite, actor, datos)
    requerimiento.motivo = exigir(
        datos, "motivo", "Explica por qué no corresponde: el propietario lo leerá tal cual."
    )


def preparar_inicio_de_trabajos(solicitud, tramite, actor, datos):
    """12.3: attended at once, the coverage of an urgency is recorded in the same verb."""
    pendientes = con_estado(solicitud, R.PENDIENTE)
    cobertura = datos.get("cobertura") or {}
    faltan = [r for r in pendientes if not (cobertura.get(str(r.pk)) or {}).get("diagnostico")]
    if faltan:
        raise DatosInvalidos(
            {"cobertura": f"Falta el diagnóstico de: {', '.join(str(r) for r in faltan)}."}
        )
    corresponden = [r for r in pendientes if not cobertura[str(r.pk)].get("motivo")]
    if not corresponden and not con_estado(solicitud, R.CORRESPONDE):
        raise DatosInvalidos(
            {"cobertura": "Nada corresponde a garantía: termina la visita con su diagnóstico."}
        )


def completar_ejecucion(requerimiento, tramite, actor, datos):
    """A visit lists what it served, also what joined it on the way."""
    requerimiento.visitas.add(requerimiento.solicitud.ultima_visita())


def preparar_respuesta(solicitud, tramite, actor, datos):
    datos["respuesta"] = exigir(datos, "respuesta", "Escribe la respuesta que se dio.")


def preparar_motivo(solicitud, tramite, actor, datos):
    datos["motivo"] = exigir(datos, "motivo", "Escribe el motivo.")


# --- satisfaction call


def resultados_de(solicitud, datos) -> dict[int, dict]:
    """{requerimiento id: {"resultado", "motivo"}} of the call, one for each executed one (G-04).

    DatosInvalidos if one is missing, or a disconformity has no reason.
    """
    dichos = datos.get("resultados") or {}
    ejecutados = con_estado(solicitud, R.EJECUTADO)
    resultados, errores = {}, {}
    for r in ejecutados:
        dicho = dichos.get(str(r.pk)) or {}
        resultado, motivo = dicho.get("resultado"), str(dicho.get("motivo") or "").strip()[:1000]
        if resultado not in (CONFORME, TRABAJOS, INSPECCION):
            errores[f"resultado_{r.pk}"] = "Anota si está conforme."
        elif resultado != CONFORME and not motivo:
            errores[f"motivo_{r.pk}"] = "Anota qué no quedó bien."
        resultados[r.pk] = {"resultado": resultado, "motivo": motivo}
    if errores:
        raise DatosInvalidos(errores)
    datos["resultados"] = {str(pk): dicho for pk, dicho in resultados.items()}
    return resultados


def preparar_conformidad(solicitud, tramite, actor, datos):
    """G-06: only what the owner said closes; nothing closes by silence."""
    if _resultados(solicitud, datos) - {CONFORME}:
        raise DatosInvalidos(
            {"resultados": "Hay requerimientos disconformes: agenda una visita o nuevos trabajos."}
        )


def preparar_vuelta_a_inspeccion(solicitud, tramite, actor, datos):
    """G-05, G-T10: somebody must look again; the five days count from this call."""
    if INSPECCION not in _resultados(solicitud, datos):
        raise DatosInvalidos({"resultados": "Ningún requerimiento necesita otra inspección."})
    solicitud.llamada_en = tramite.ahora
    av.preparar_inspeccion(solicitud, tramite, actor, datos)


def preparar_vuelta_a_trabajos(solicitud, tramite, actor, datos):
    """G-05, G-T11: what is not right is done again, inside the term that was running."""
    resultados = _resultados(solicitud, datos)
    if INSPECCION in resultados:
        raise DatosInvalidos({"resultados": "Uno necesita otra inspección: agéndala primero."})
    if TRABAJOS not in resultados:
        raise DatosInvalidos({"resultados": "Todo está conforme: registra la conformidad."})
    av.preparar_trabajos(solicitud, tramite, actor, datos)


def _resultados(solicitud, datos) -> set[str]:
    return {r["resultado"] for r in resultados_de(solicitud, datos).values()}


def crear_vuelta_a_inspeccion(solicitud, tramite, actor, datos):
    av.crear_inspeccion(
        solicitud, tramite, actor, datos, _con_resultado(solicitud, datos, INSPECCION)
    )


def crear_vuelta_a_trabajos(solicitud, tramite, actor, datos):
    av.crear_trabajos(solicitud, tramite, actor, datos, _con_resultado(solicitud, datos, TRABAJOS))


def _con_resultado(solicitud, datos, resultado) -> list:
    dichos = datos["resultados"]
    return [
        r
        for r in solicitud.requerimientos.all()
        if dichos.get(str(r.pk), {}).get("resultado") == resultado
    ]


SOLICITUD = {
    "ingresar": Acto(exigir_datos, ingresar_requerimientos),
    "agendar_inspeccion": Acto(av.preparar_primera_inspeccion, av.crear_inspeccion),
    "reagendar_inspeccion": Acto(av.preparar_otra_inspeccion, av.crear_inspeccion),
    "agendar_trabajos": Acto(av.preparar_trabajos, av.crear_trabajos),
    "reagendar_trabajos": Acto(av.preparar_otros_trabajos, av.crear_trabajos),
    "interrumpir_trabajos": Acto(av.preparar_trabajos, av.crear_trabajos),
    "iniciar_trabajos": Acto(preparar=preparar_inicio_de_trabajos),
    "registrar_conformidad": Acto(preparar=preparar_conformidad),
    "volver_a_inspeccion": Acto(preparar_vuelta_a_inspeccion, crear_vuelta_a_inspeccion),
    "volver_a_trabajos": Acto(preparar_vuelta_a_trabajos, crear_vuelta_a_trabajos),
    "atender_urgencia": Acto(av.preparar_urgencia, av.crear_atencion),
    "responder_consulta": Acto(preparar=preparar_respuesta),
    "anular": Acto(preparar=preparar_motivo),
}
REQUERIMIENTO = {
    "corresponder": Acto(preparar=preparar_diagnostico),
    "no_corresponder": Acto(preparar=preparar_no_corresponde),
    "ejecutar": Acto(completar=completar_ejecucion),
}
VISITA = av.VISITA
