"""CAPERA's side of the console: its screens, what waits for whom and how its history is told."""

from django.urls import reverse

from postventa.consola.salas import ConsolaDeSala
from reclamos import forms_consola as f
from reclamos import forms_mejora as fm
from reclamos import forms_respuesta as fr
from reclamos.consola_espera import esperan, puestos
from reclamos.despacho import Via
from reclamos.models import Gestion, Medio, Que, Reclamo
from reclamos.toma.de_correo import url_de
from reclamos.toma.urls import paginas as de_recepcion
from reclamos.toma.urls import urls as toma

FORMULARIOS = {
    ("reclamo", "formalizar"): f.Formalizar,
    ("reclamo", "resolver_en_el_acto"): f.ResolverEnElActo,
    ("reclamo", "numerar"): f.Numerar,
    ("reclamo", "informar_ingreso"): f.InformarIngreso,
    ("reclamo", "admitir"): f.Admitir,
    ("reclamo", "proponer_inadmisible"): fr.ProponerInadmisible,
    ("reclamo", "declarar_inadmisible"): fr.DeclararInadmisible,
    ("reclamo", "analizar"): fr.Analizar,
    ("reclamo", "cumplir_deber"): fr.CumplirDeber,
    ("reclamo", "pedir_visado"): fr.PedirVisado,
    ("reclamo", "visar"): fr.Visar,
    ("reclamo", "devolver_de_visado"): fr.DevolverDeVisado,
    ("reclamo", "devolver_propuesta"): fr.DevolverPropuesta,
    ("reclamo", "responder"): fr.Responder,
    ("reclamo", "registrar_despacho"): fr.RegistrarDespacho,
    ("reclamo", "prorrogar"): fr.Prorrogar,
    ("reclamo", "conformar"): fr.Conformar,
    ("reclamo", "disconformar"): fr.Disconformar,
    ("reclamo", "reanalizar"): fr.Reanalizar,
    ("reclamo", "abrir_controversia"): fr.AbrirControversia,
    ("reclamo", "registrar_gestion"): fr.RegistrarGestion,
    ("reclamo", "invitar_a_via_legal"): fr.InvitarAViaLegal,
    ("reclamo", "archivar"): fr.Archivar,
    ("reclamo", "completar_cierre"): fr.CompletarCierre,
    ("reclamo", "derivar_a_otro"): f.DerivarAOtro,
    ("reclamo", "aludir"): f.Aludir,
    ("mejora", "identificar_causa"): fm.IdentificarCausa,
    ("mejora", "abrir_plan"): fm.AbrirPlan,
    ("mejora", "descartar_plan"): fm.DescartarPlan,
    ("mejora", "iniciar_acciones"): fm.IniciarAcciones,
    ("mejora", "verificar"): fm.Verificar,
    ("mejora", "registrar_ineficacia"): fm.RegistrarIneficacia,
    ("mejora", "publicar_leccion"): fm.PublicarLeccion,
    ("mejora", "agrupar"): fm.Agrupar,
}
# Guards that hold once the form is filled in: the door looks at them with the data in hand.
TECLEADAS = frozenset(
    {"tiene_los_datos", "consta_por_ambas_partes", "tiene_solucion", "cita_el_ingreso",
     "dice_por_que", "tiene_responsable", "tiene_conclusiones", "cierre_completo", "tiene_causa",
     "dice_por_que_no", "tiene_plan", "es_eficaz", "la_mira_otro", "tiene_leccion"}
)  # fmt: skip
# What is not for one that came in writing, or not for one that was said aloud.
AJENAS = frozenset({"es_verbal", "es_escrita", "no_es_escrita", "sin_numero"})
ATAJOS = {
    "ingreso": ("numerar", "Numerar"),
    "respuesta": ("responder", "Responder"),
    "plazo_legal": ("responder", "Responder"),
}


def donde(ids):
    """`Caseta de Piura`, by case id."""
    return dict(Reclamo.objects.filter(pk__in=ids).values_list("pk", "sede__nombre"))


def paginas(usuario) -> list[tuple[str, str]]:
    """What the home offers to those who work there."""
    suyas = de_recepcion(usuario)
    if not puestos(usuario):
        return suyas
    return [
        *suyas,
        ("Registro de cerrados", reverse("admin:reclamos_cierre_changelist")),
        ("Planes de mejora", reverse("admin:reclamos_mejora_changelist")),
    ]


def advertencias(empresa) -> list[str]:
    """10.3: a sheet says who the provider is, by its number too."""
    if empresa.tributario:
        return []
    return [f"Falta el RUC de {empresa.nombre}: sus hojas del Libro de Reclamaciones salen sin él."]


CONSOLA = ConsolaDeSala(
    tipo="capera",
    lista="admin:reclamos_reclamo_changelist",
    caso="admin:reclamos_reclamo_change",
    formularios=FORMULARIOS,
    tecleadas=TECLEADAS,
    ajenas=AJENAS,
    donde=donde,
    urls=toma,
    esperan=esperan,
    atajos=ATAJOS,
    paginas=paginas,
    de_correo=url_de,
    edita_sedes=True,
    clientes="reclamantes",
    unidad="Predio o lote",
    advierte=advertencias,
    campos={
        "acciones": "Acciones emprendidas",
        "acciones_inmediatas": "Acciones inmediatas",
        "acta": "Acta",
        "analisis": "Análisis",
        "antecedentes": "Nuevos antecedentes",
        "archivos": "Archivos",
        "area": "Área",
        "bien": "Qué contrató",
        "asistentes": "Participaron",
        "cargo": "Cargo o N° de guía",
        "clase": "Gestión",
        "conclusiones": "Conclusiones",
        "despachada_el": "Salió el",
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
        "numero": "Documento",
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
        "tipo_documento": "Tipo de documento",
        "verificacion": "Verificación",
        "via": "Salió por",
    },
    opciones={
        "clase": dict(Gestion.Clase.choices),
        "bien": dict(Reclamo.Bien.choices),
        "deber": dict(Que.choices),
        "medio": {**dict(f.VIAS), **dict(Medio.choices)},
        "via": dict(Via.choices),
    },
)
