"""CAPERA's side of the console: where each case is and how its history is told.

No verb has a form yet, so the case page only shows.
"""

from postventa.consola.salas import ConsolaDeSala
from reclamos.models import Gestion, Medio, Que, Reclamo
from reclamos.toma.de_correo import url_de
from reclamos.toma.urls import paginas
from reclamos.toma.urls import urls as toma


def donde(ids):
    """`Caseta de Piura`, by case id."""
    return dict(Reclamo.objects.filter(pk__in=ids).values_list("pk", "sede__nombre"))


CONSOLA = ConsolaDeSala(
    tipo="capera",
    lista="admin:reclamos_reclamo_changelist",
    caso="admin:reclamos_reclamo_change",
    formularios={},
    donde=donde,
    urls=toma,
    paginas=paginas,
    de_correo=url_de,
    campos={
        "acciones": "Acciones emprendidas",
        "acciones_inmediatas": "Acciones inmediatas",
        "acta": "Acta",
        "analisis": "Análisis",
        "antecedentes": "Nuevos antecedentes",
        "area": "Área",
        "asistentes": "Participaron",
        "clase": "Gestión",
        "conclusiones": "Conclusiones",
        "deber": "Paso del análisis",
        "extendida_a": "Se extiende a",
        "hay_acuerdo": "Hubo acuerdo",
        "hechos": "Hechos",
        "informado_en": "Ingreso informado",
        "invitacion": "Invitación",
        "justificacion": "Justificación",
        "leccion": "Lección",
        "lecciones": "Lecciones aprendidas",
        "nueva_fecha_el": "Nueva fecha",
        "ocurrio_el": "Ocurrió el",
        "plan": "Acciones correctoras",
        "plan_hasta_el": "Fecha del plan",
        "prevencion": "Para que no se repita",
        "propuestas": "Propuestas de mejora",
        "reclamante": "Por el reclamante",
        "respuesta": "Respuesta",
        "resultados": "Resultados",
        "solucion": "Solución",
        "tercero": "Media o arbitra",
        "verificacion": "Verificación",
    },
    opciones={
        "clase": dict(Gestion.Clase.choices),
        "deber": dict(Que.choices),
        "medio": dict(Medio.choices),
    },
)
