"""What each verb of an improvement writes (002:55-58): cause, plan, check and lesson."""

from postventa.calendario.habiles import restar
from postventa.expedientes.salas import Acto
from postventa.plazos.calculo import horario_del_lugar
from postventa.plazos.reloj import politica_vigente
from postventa.tramitacion.errores import DatosInvalidos, exigir
from reclamos.models import Mejora, Reclamo
from reclamos.permisos import aludidos_en, es_aludido
from reclamos.personas import trabaja_en

# A cause found twice is repeated, and a plan is proposed (READ: the document gives no figure).
REPETIDA = 2


def preparar_causa(mejora, tramite, actor, datos):
    """Identified, with its analysis, for one complaint or several of the same nature."""
    causa = datos.get("causa")
    if causa is None or causa.empresa_id != mejora.reclamo.empresa_id:
        raise DatosInvalidos({"causa": "Elige la causa raíz."})
    mejora.causa = causa
    mejora.analisis = exigir(datos, "analisis", "Escribe cómo se llegó a esa causa.")[:4000]
    datos["iguales"] = _iguales(mejora, actor, datos.get("iguales") or ())


def _iguales(mejora, actor, reclamos) -> list[Reclamo]:
    """Those of the company and the nature of the first one, which the actor may see."""
    propio = mejora.reclamo
    for otro in reclamos:
        ajeno = otro.empresa_id != propio.empresa_id or es_aludido(actor.usuario, otro)
        if ajeno or otro.pk == propio.pk:
            raise DatosInvalidos({"iguales": "Elige otros reclamos de la empresa."})
        if not propio.tipologia or otro.tipologia != propio.tipologia:
            raise DatosInvalidos({"iguales": f"{otro.codigo} no es de la misma naturaleza."})
        if mejora.encargado and es_aludido(mejora.encargado, otro):
            raise DatosInvalidos({"iguales": f"{otro.codigo} trata del encargado del plan."})
    return list(reclamos)


def contar_causa(mejora, tramite, actor, datos):
    mejora.iguales.set(datos["iguales"])
    _contar(mejora, tramite)


def _contar(mejora, tramite):
    """How many complaints had this cause lately: more than one proposes a plan (002:57)."""
    mejora.veces = len(reclamos_de(mejora.causa, mejora.reclamo, tramite.ahora))
    mejora.propone_plan = mejora.veces >= REPETIDA
    mejora.save(update_fields=["veces", "propone_plan"])


def reclamos_de(causa, reclamo, ahora) -> set[int]:
    """Ids of the complaints in which a cause was found, in the months of `reincidencia`."""
    politica = politica_vigente(reclamo.empresa_id, "reincidencia")
    horario = horario_del_lugar(reclamo.sede)
    desde = restar(horario, ahora, politica.cantidad, politica.unidad)
    mejoras = Mejora.objects.filter(causa=causa, identificada_en__gte=desde)
    de_una = mejoras.values_list("reclamo_id", flat=True)
    de_varias = mejoras.exclude(iguales=None).values_list("iguales", flat=True)
    return {*de_una, *de_varias}


def agrupar(mejora, tramite, actor, datos):
    nuevos = _iguales(mejora, actor, datos.get("iguales") or ())
    if not nuevos:
        raise DatosInvalidos({"iguales": "Elige los reclamos que se suman."})
    mejora.iguales.add(*nuevos)
    _contar(mejora, tramite)


def preparar_descarte(mejora, tramite, actor, datos):
    mejora.motivo = exigir(datos, "motivo", "Explica por qué no hace falta un plan.")[:1000]


def preparar_plan(mejora, tramite, actor, datos):
    """Corrective actions, who answers for them, and by when."""
    mejora.plan = exigir(datos, "plan", "Escribe las acciones correctoras.")[:4000]
    encargado = datos.get("encargado")
    if encargado is None or not trabaja_en(encargado, mejora.reclamo):
        raise DatosInvalidos({"encargado": "Elige quién responde por el plan."})
    if encargado.pk in aludidos_en(mejora):
        raise DatosInvalidos({"encargado": "El reclamo trata de esa persona: elige a otra."})
    mejora.encargado = encargado
    mejora.plan_hasta_el = _fecha_futura(mejora, tramite, datos)


def _fecha_futura(mejora, tramite, datos):
    hoy = tramite.ahora.astimezone(mejora.reclamo.sede.tz).date()
    fecha = datos.get("plan_hasta_el")
    if fecha is None or fecha < hoy:
        raise DatosInvalidos({"plan_hasta_el": "Elige una fecha desde hoy."})
    return fecha


def preparar_verificacion(mejora, tramite, actor, datos):
    mejora.verificacion = exigir(datos, "verificacion", "Anota cómo se verificó.")[:2000]
    if not datos.get("eficaz"):
        raise DatosInvalidos({"eficaz": "Si no fue eficaz, anótalo: el plan sigue abierto."})
    mejora.es_eficaz, mejora.verificada_por = True, actor.usuario


def registrar_ineficacia(mejora, tramite, actor, datos):
    """Checked, and it did not work: the actions go on, with another date."""
    mejora.verificacion = exigir(datos, "verificacion", "Anota cómo se verificó.")[:2000]
    mejora.plan_hasta_el = _fecha_futura(mejora, tramite, datos)
    mejora.es_eficaz = False


def preparar_leccion(mejora, tramite, actor, datos):
    """C-22: a best practice is told to other projects, services and areas."""
    mejora.leccion = exigir(datos, "leccion", "Escribe la lección.")[:4000]
    mensaje = "Escribe a qué proyectos, servicios o áreas se extiende."
    mejora.extendida_a = exigir(datos, "extendida_a", mensaje)[:300]


MEJORA = {
    "identificar_causa": Acto(preparar_causa, contar_causa),
    "descartar_plan": Acto(preparar=preparar_descarte),
    "abrir_plan": Acto(preparar=preparar_plan),
    "verificar": Acto(preparar=preparar_verificacion),
    "publicar_leccion": Acto(preparar=preparar_leccion),
}
