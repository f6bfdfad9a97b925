"""An owner's solicitud: where it is, the one thing expected of them, and every requerimiento."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from postventa.calendario import hora
from postventa.calendario.palabras import DIAS, MESES, dia_en_palabras, fecha_en_palabras
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.hitos import REQUERIMIENTOS, TERMINOS
from tickets.ingevec.models import Requerimiento
from tickets.inmuebles.paginas import plazos_que_corren

PASOS = ("Ingreso", "Inspección", "Trabajos", "Conformidad")
# Step that is going on in each state; the ones before it are done.
PASO = {
    E.INGRESADA: 2,
    E.INSPECCION_AGENDADA: 2,
    E.ATENCION_INMEDIATA: 2,
    E.DIAGNOSTICADA: 3,
    E.TRABAJOS_AGENDADOS: 3,
    E.EN_EJECUCION: 3,
    E.POR_LLAMAR: 4,
    E.CERRADA: 5,
}
VIVAS = (V.COORDINADA, V.EN_CURSO)


@dataclass(frozen=True)
class Ficha:
    """One requerimiento as its owner reads it."""

    req: Requerimiento
    icono: str
    tono: str
    palabra: str
    fotos: list


def contexto_caso(solicitud, request) -> dict:
    """What `ingevec/caso.html` needs, in a constant number of queries."""
    ahora = hora.ahora()
    visitas = Visita.objects.select_related("persona").order_by("pk")
    requerimientos = Requerimiento.objects.prefetch_related("fotos")
    prefetch_related_objects(
        [solicitud], Prefetch("visitas", visitas), Prefetch("requerimientos", requerimientos)
    )
    plazos = list(solicitud.plazos.select_related("politica__jornada").order_by("vence_en"))
    return {
        "solicitud": solicitud,
        "pasos": _pasos(solicitud),
        "disconformidad": disconformidad_de(solicitud),
        "espera_conformidad": solicitud.estado == E.POR_LLAMAR,
        "visita": visita_de(solicitud, ahora),
        "requerimientos": [
            Ficha(r, *REQUERIMIENTOS[r.estado], list(r.fotos.all()))
            for r in solicitud.requerimientos.all()
        ],
        "plazos": plazos_que_corren(solicitud, plazos, TERMINOS, ahora),
    }


def _pasos(solicitud) -> list[tuple[str, str]]:
    """(name, "hecho" | "actual" | "") for each step; a consulta has none."""
    actual = PASO.get(solicitud.estado, 0)
    if solicitud.es_consulta or not actual:
        return []
    return [
        (nombre, "hecho" if i < actual else "actual" if i == actual else "")
        for i, nombre in enumerate(PASOS, 1)
    ]


def disconformidad_de(solicitud) -> str:
    """What the owner already said is not right, while the call centre has not called; "" if
    nothing."""
    if solicitud.estado != E.POR_LLAMAR:
        return ""
    dichas = solicitud.movimientos.filter(
        verbo="declarar_disconformidad", ocurrido_en__gte=solicitud.ejecutada_en
    ).select_related("detalle")
    dicha = dichas.order_by("-numero").first()
    if dicha is None:
        return ""
    detalle = getattr(dicha, "detalle", None)
    return (detalle and detalle.datos.get("motivo")) or "Hay trabajos que no quedaron bien."


def visita_de(solicitud, ahora) -> dict | None:
    """The next visit, or the one going on."""
    visita = solicitud.ultima_visita()
    if visita is None or visita.estado not in VIVAS:
        return None
    visita.expediente = solicitud
    tz = solicitud.sede.tz
    inicia = visita.inicia_en.astimezone(tz)
    return {
        "pk": visita.pk,
        "nombre": visita.get_tipo_display(),
        "dia": DIAS[inicia.weekday()][:3].capitalize(),
        "numero": inicia.day,
        "mes": MESES[inicia.month - 1][:3],
        "cuando": fecha_en_palabras(visita.inicia_en, tz),
        "hasta": f"{visita.termina_en.astimezone(tz):%H:%M}",
        "en_curso": visita.estado == V.EN_CURSO,
        "es_trabajo": visita.tipo == Visita.Tipo.TRABAJO,
        "persona": str(visita.persona),
        "maestros": visita.maestros,
        "conserjeria": visita.exige_conserjeria,
        "termino": visita.termino_estimado_el and dia_en_palabras(visita.termino_estimado_el),
        "por_venir": visita.estado == V.COORDINADA and ahora < visita.inicia_en,
        "se_cambia": se_cambia(solicitud, visita, ahora),
        "anteriores": [v for v in solicitud.visitas.all() if v.estado == V.REPROGRAMADA],
    }


def se_cambia(solicitud, visita: Visita, ahora) -> bool:
    """G-T03: the owner moves an inspection, before its hour."""
    return (
        solicitud.estado == E.INSPECCION_AGENDADA
        and visita.tipo == Visita.Tipo.INSPECCION
        and visita.estado == V.COORDINADA
        and ahora < visita.inicia_en
    )
