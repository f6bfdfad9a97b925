"""What is noted on a complaint or on an improvement without moving it.

Each goes through the door (`tramitacion.acciones.anotar`) and stays in the audit like any verb.
"""

from datetime import datetime

from postventa.avisos.agrupar import retirar
from postventa.expedientes import subidas
from postventa.expedientes.salas import Anotacion
from postventa.plazos import reloj
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, exigir
from reclamos import actos, actos_mejora, flujo, permisos
from reclamos.despacho import no_hay_carta, registrar_despacho
from reclamos.flujo import EstadoMejora as M
from reclamos.flujo import EstadoReclamo as E
from reclamos.models import Agregado, Deber, Gestion, Que

DERIVADAS = (E.ADMITIDA, E.EN_ANALISIS, E.POR_VISAR)
POR_TERCERO = (Gestion.Clase.MEDIADOR, Gestion.Clase.ARBITRO)


def ya_informado(reclamo, ahora: datetime) -> str:
    if reclamo.estado == E.ARCHIVADA:
        return "Ya está archivada."
    return "Ya se le informó del ingreso." if reclamo.informada_en else ""


def informar_ingreso(reclamo, tramite, actor, datos):
    """C-07: told by another way than our mail (who has none, or did not get it)."""
    exigir(datos, "medio", "Anota cómo se le informó.")
    reclamo.informada_en = tramite.ahora


def no_llego_el_ingreso(reclamo, tramite, actor, datos):
    """RF-18: who was told only by a mail that never arrives has not been told (C-07)."""
    if reclamo.es_verbal or reclamo.informada_en != datos["del_aviso_de"]:
        # Told aloud, or by another way since: legal knows of the mail, and nothing is owed.
        return
    reclamo.informada_en = None
    for plazo in tramite.plazos:
        if plazo.codigo == "ingreso":
            reloj.reabrir(plazo)


def archivada(reclamo, ahora: datetime) -> str:
    return "Ya está archivada." if reclamo.estado == E.ARCHIVADA else ""


def aludir(reclamo, tramite, actor, datos):
    """Who turns out to be the person it is about sees it no more from now on."""
    personas = list(datos.get("aludidos") or ())
    if not personas:
        raise DatosInvalidos({"aludidos": "Elige a quién alude."})
    if error := actos.error_de_aludidos(reclamo, actor, personas):
        raise DatosInvalidos({"aludidos": error})
    if reclamo.responsable in personas:
        raise DatosInvalidos({"aludidos": "Es el Responsable: derívala antes a otra persona."})
    reclamo.aludidos.add(*personas)
    # What waits for the opening would tell it to them tomorrow.
    retirar(reclamo, [p.email for p in personas if p.email], "Trata de quien lo iba a recibir")


def no_esta_derivada(reclamo, ahora: datetime) -> str:
    return "" if reclamo.estado in DERIVADAS else "No está en manos de un Responsable."


def no_se_analiza(reclamo, ahora: datetime) -> str:
    return "" if reclamo.estado == E.EN_ANALISIS else "No está en análisis."


def cumplir_deber(reclamo, tramite, actor, datos):
    que = datos.get("deber")
    if que not in Que.values:
        raise DatosInvalidos({"deber": "Elige qué se hizo."})
    nota = exigir(datos, "nota", "Anota qué se encontró.")[:2000]
    if que not in reclamo.deberes_pendientes():
        raise Conflicto("Eso ya está hecho.", reclamo.estado)
    campos = {"vuelta": reclamo.vuelta, "que": que, "nota": nota, "por": actor.usuario}
    Deber.objects.create(reclamo=reclamo, en=tramite.ahora, **campos)


def adjuntar(reclamo, tramite, actor, datos):
    """What supports the analysis: files already cleaned (`fotos`). The audit keeps their names."""
    fotos = datos.pop("fotos", ())
    if not fotos:
        raise DatosInvalidos({"fotos": "Elige al menos un archivo."})
    if reclamo.adjuntos.count() + len(fotos) > subidas.POR_TICKET:
        raise DatosInvalidos({"fotos": f"Un caso lleva hasta {subidas.POR_TICKET} archivos."})
    escritos = datos.pop("escritos")
    for foto in fotos:
        escritos.append(subidas.guardar(foto, ahora=tramite.ahora, expediente=reclamo))
    datos["archivos"] = ", ".join(foto.nombre for foto in fotos)


def no_se_propone(reclamo, ahora: datetime) -> str:
    if reclamo.estado != E.INGRESADA:
        return "Ya se decidió si se admite, o aún no tiene su N° de Ingreso."
    return "" if reclamo.es_escrita else "No llegó por escrito: se desestima sin visado."


def proponer_inadmisible(reclamo, tramite, actor, datos):
    """C-11, C-17: a letter's dismissal as Gerencia will visa it. A new draft undoes a visado."""
    actos.proponer(reclamo, actor, datos)
    if not flujo.cita_el_ingreso(reclamo):
        raise DatosInvalidos({"respuesta": f"Cita el N° de Ingreso {reclamo.numero_ingreso}."})
    reclamo.visado_por = reclamo.visado_en = None
    reclamo.comentarios_visado = ""


def sin_propuesta(reclamo, ahora: datetime) -> str:
    return "" if flujo.hay_propuesta(reclamo) else "Nadie ha propuesto desestimarla."


def devolver_propuesta(reclamo, tramite, actor, datos):
    reclamo.comentarios_visado = exigir(datos, "motivo", "Escribe el motivo.")[:1000]
    reclamo.redactada_por = reclamo.visado_por = reclamo.visado_en = None


def no_espera_visado(reclamo, ahora: datetime) -> str:
    if reclamo.estado != E.POR_VISAR and not flujo.hay_propuesta(reclamo):
        return "Ninguna respuesta espera el visado."
    return "Ya está visada." if reclamo.visado_por_id else ""


def visar(reclamo, tramite, actor, datos):
    """C-11: by Gerencia, who did not write it."""
    if actor.usuario.pk == reclamo.redactada_por_id:
        raise Conflicto("La visa alguien distinto de quien la redactó.", reclamo.estado)
    reclamo.visado_por, reclamo.visado_en = actor.usuario, tramite.ahora


def no_hay_controversia(reclamo, ahora: datetime) -> str:
    return "" if reclamo.estado == E.CONTROVERSIA else "No está en controversia."


def registrar_gestion(reclamo, tramite, actor, datos):
    """002:53, 002:69: with its minutes; a third person only if both sides chose one."""
    if datos.get("clase") not in Gestion.Clase.values:
        raise DatosInvalidos({"clase": "Elige qué se hizo."})
    tercero = str(datos.get("tercero") or "").strip()
    if datos["clase"] in POR_TERCERO:
        tercero = exigir(datos, "tercero", "Escribe quién media o arbitra.")
        if not datos.get("de_comun_acuerdo"):
            raise DatosInvalidos({"de_comun_acuerdo": "Lo eligen ambas partes de común acuerdo."})
    Gestion.objects.create(
        reclamo=reclamo,
        clase=datos["clase"],
        asistentes=exigir(datos, "asistentes", "Anota quiénes participaron.")[:300],
        tercero=tercero[:120],
        acta=exigir(datos, "acta", "Escribe el acta.")[:6000],
        hay_acuerdo=bool(datos.get("hay_acuerdo")),
        por=actor.usuario,
        en=tramite.ahora,
    )


def sin_pendientes(reclamo, ahora: datetime) -> str:
    if reclamo.estado != E.ARCHIVADA:
        return "Aún no está archivada."
    return "" if reclamo.cierre.esta_pendiente else "Su cierre está completo y no se edita."


def completar_cierre(reclamo, tramite, actor, datos):
    """12.4: what was learned of a complaint that silence archived: appended, never edited."""
    Agregado.objects.create(
        cierre=reclamo.cierre,
        acciones=str(datos.get("acciones") or "").strip()[:4000],
        resultados=str(datos.get("resultados") or "").strip()[:4000],
        lecciones=exigir(datos, "lecciones", "Escribe las lecciones aprendidas.")[:4000],
        propuestas=exigir(datos, "propuestas", "Escribe las propuestas de mejora.")[:4000],
        por=actor.usuario,
        en=tramite.ahora,
    )


def ya_publicada(mejora, ahora: datetime) -> str:
    if not mejora.estado:
        return "Identifica antes su causa raíz."
    return "Su lección ya está publicada." if mejora.estado == M.LECCION_PUBLICADA else ""


def sin_acciones(mejora, ahora: datetime) -> str:
    return "" if mejora.estado == M.ACCIONES_EN_CURSO else "No hay acciones en curso."


def _notas(filas, tabla, roles) -> dict:
    puede = permisos.predicados(tabla, roles)
    return {
        que: Anotacion(etiqueta, puede[que], escribir, impide)
        for que, etiqueta, escribir, impide in filas
    }


RECLAMO = _notas(
    (
        ("informar_ingreso", "Informar el ingreso", informar_ingreso, ya_informado),
        ("no_llego_ingreso", "Aviso de ingreso sin entregar", no_llego_el_ingreso, archivada),
        ("aludir", "Anotar a quién alude", aludir, archivada),
        ("derivar_a_otro", "Derivar a otra persona", actos.derivar_a_otro, no_esta_derivada),
        ("cumplir_deber", "Anotar un paso del análisis", cumplir_deber, no_se_analiza),
        ("adjuntar", "Agregar archivos", adjuntar, archivada),
        (
            "proponer_inadmisible",
            "Proponer desestimarla",
            proponer_inadmisible,
            no_se_propone,
        ),
        ("devolver_propuesta", "Devolver la propuesta", devolver_propuesta, sin_propuesta),
        ("visar", "Visar la respuesta", visar, no_espera_visado),
        ("registrar_despacho", "Anotar el despacho de la carta", registrar_despacho, no_hay_carta),
        ("registrar_gestion", "Registrar una gestión", registrar_gestion, no_hay_controversia),
        ("completar_cierre", "Completar lo aprendido", completar_cierre, sin_pendientes),
    ),
    permisos.ANOTACIONES,
    permisos.roles_de,
)
MEJORA = _notas(
    (
        ("agrupar", "Sumar reclamos iguales", actos_mejora.agrupar, ya_publicada),
        (
            "registrar_ineficacia",
            "Anotar que no fue eficaz",
            actos_mejora.registrar_ineficacia,
            sin_acciones,
        ),
    ),
    permisos.ANOTACIONES_DE_MEJORA,
    permisos.roles_en_mejora,
)
