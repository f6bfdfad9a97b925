"""Ingevec's side of the console: its screens, what waits for whom and where each case is."""

from functools import partial

from django.urls import reverse

from postventa.consola.reasignar import Reasignar
from postventa.consola.salas import ConsolaDeSala
from tickets.ingevec import forms_consola as f
from tickets.ingevec import forms_visita as fv
from tickets.ingevec.consola_espera import esperan
from tickets.ingevec.dia.urls import urls as dia
from tickets.ingevec.en_terreno.pagina import PANTALLA
from tickets.ingevec.llamados.urls import urls as llamados
from tickets.ingevec.models import Excepcion, Solicitud
from tickets.ingevec.puestos import atienden, visitan
from tickets.ingevec.toma.de_correo import url_de
from tickets.ingevec.toma.urls import urls as toma
from tickets.inmuebles.lista import donde
from tickets.inmuebles.terreno.urls import urls as terreno

FORMULARIOS = {
    ("solicitud", "atender_urgencia"): f.AtenderUrgencia,
    ("solicitud", "acusar_urgencia"): f.AcusarUrgencia,
    ("solicitud", "enviar_de_nuevo"): f.EnviarDeNuevo,
    ("solicitud", "agendar_inspeccion"): f.AgendarInspeccion,
    ("visita", "iniciar"): fv.Iniciar,
    ("visita", "realizar"): fv.Realizar,
    ("solicitud", "agendar_trabajos"): f.AgendarTrabajos,
    ("solicitud", "interrumpir_trabajos"): f.InterrumpirTrabajos,
    ("solicitud", "cerrar_sin_garantia"): f.CerrarSinGarantia,
    ("solicitud", "responder_consulta"): f.ResponderConsulta,
    ("solicitud", "reagendar_inspeccion"): f.ReagendarInspeccion,
    ("solicitud", "reagendar_trabajos"): f.ReagendarTrabajos,
    ("visita", "registrar_inasistencia_cliente"): fv.NoHabiaNadie,
    ("visita", "registrar_acceso_denegado"): fv.NoAutorizo,
    ("visita", "registrar_inasistencia_empresa"): fv.NoLlegamos,
    ("visita", "cancelar"): fv.CancelarVisita,
    ("solicitud", "anular"): f.Anular,
    ("requerimiento", "corresponder"): fv.Corresponder,
    ("requerimiento", "no_corresponder"): fv.NoCorresponder,
    ("requerimiento", "ejecutar"): fv.Ejecutar,
    ("solicitud", "reasignar"): Reasignar,
}
# Guards that hold once the form is filled in: the door looks at them with the data in hand.
TECLEADAS = frozenset(
    {"hay_presencia", "acceso_en_orden", "tiene_evidencia", "llego_a_la_hora", "tiene_diagnostico",
     "dice_por_que"}
)  # fmt: skip
# What is not for a consulta, or not for an urgency.
AJENAS = frozenset({"es_requerimiento", "es_consulta", "es_urgente", "no_es_urgente"})
ATAJOS = {
    "inspeccion": ("agendar_inspeccion", "Agendar"),
    "urgencia": ("atender_urgencia", "Enviar"),
    "trabajos": ("agendar_trabajos", "Agendar"),
}


def paginas(usuario) -> list[tuple[str, str]]:
    """What the home offers to those who may use it."""
    suyas = []
    if atienden(usuario):
        suyas += [
            ("Nueva llamada", reverse("admin:ingevec_llamada")),
            ("Llamados de satisfacción", reverse("admin:ingevec_llamados")),
        ]
    if visitan(usuario):
        suyas.append(("Mis visitas", reverse("admin:ingevec_dia")))
    return suyas


CONSOLA = ConsolaDeSala(
    tipo="ingevec",
    lista="admin:ingevec_solicitud_changelist",
    caso="admin:ingevec_solicitud_change",
    formularios=FORMULARIOS,
    tecleadas=TECLEADAS,
    ajenas=AJENAS,
    donde=partial(donde, Solicitud),
    esperan=esperan,
    atajos=ATAJOS,
    campos={
        "acuerdo": "Acuerdo del propietario",
        "diagnostico": "Diagnóstico",
        "excepcion": "Excepción",
        "intento": "Intento",
        "motivo_excepcion": "Motivo de la excepción",
        "motivo_plazo": "Por qué después del plazo",
        "representante": "Recibe",
        "respuesta": "Respuesta",
        "sin_hora": "Sin hora",
        "trabajo": "Trabajo",
    },
    opciones={"excepcion": dict(Excepcion.choices)},
    urls=lambda sitio: [*toma(sitio), *llamados(sitio), *dia(sitio), *terreno(sitio, PANTALLA)],
    paginas=paginas,
    al_reasignar="Los plazos no cambian y sus alertas siguen llegando al call center. Las visitas "
    "ya agendadas siguen con quien las tomó, y al agendar otra pasa a responder quien la hace.",
    visita="admin:ingevec_terreno",
    de_correo=url_de,
    lugar="solicitud__unidad__nombre",
)
