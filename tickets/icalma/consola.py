"""Icalma's side of the console: its screens, what waits for whom and where each case is."""

from functools import partial

from postventa.consola.reasignar import Reasignar
from postventa.consola.salas import ConsolaDeSala
from tickets.icalma import forms_consola as f
from tickets.icalma import forms_lados as fl
from tickets.icalma import forms_observacion as fo
from tickets.icalma import forms_visita as fv
from tickets.icalma.asistido import urls as asistido
from tickets.icalma.consola_espera import esperan
from tickets.icalma.en_terreno.pagina import PANTALLA
from tickets.icalma.models import Exclusion, Ticket
from tickets.inmuebles.lista import donde
from tickets.inmuebles.terreno.urls import urls as terreno

FORMULARIOS = {
    ("ticket", "registrar_contacto"): f.RegistrarContacto,
    ("ticket", "coordinar_inspeccion"): f.CoordinarInspeccion,
    ("visita", "iniciar"): fv.Iniciar,
    ("visita", "realizar"): fv.Realizar,
    ("ticket", "coordinar_trabajo"): f.CoordinarTrabajo,
    ("ticket", "coordinar_otra_visita"): f.CoordinarOtraVisita,
    ("ticket", "rechazar_firma"): f.RechazarFirma,
    ("ticket", "cerrar_sin_trabajos"): f.CerrarSinTrabajos,
    ("ticket", "reprogramar_inspeccion"): f.Reprogramar,
    ("ticket", "reprogramar_trabajo"): f.ReprogramarTrabajo,
    ("visita", "registrar_inasistencia_cliente"): fv.NoHabiaNadie,
    ("visita", "registrar_acceso_denegado"): fv.NoAutorizo,
    ("visita", "registrar_inasistencia_empresa"): fv.NoLlegamos,
    ("visita", "cancelar"): fv.CancelarVisita,
    ("ticket", "reasignar"): Reasignar,
    ("ticket", "anular"): f.Anular,
    ("observacion", "aprobar"): fo.Aprobar,
    ("observacion", "rechazar"): fo.Rechazar,
    ("observacion", "ejecutar"): fo.Ejecutar,
    ("observacion", "acoger"): fo.Acoger,
    ("observacion", "confirmar_rechazo"): fo.ConfirmarRechazo,
    ("visita", "nombrar_reemplazo"): fl.NombrarReemplazo,
    ("visita", "quitar_reemplazo"): fl.QuitarReemplazo,
    ("visita", "resolver_objecion"): fl.ResolverObjecion,
}
# Guards that hold once the form is filled in: the door looks at them with the data in hand.
TECLEADAS = frozenset(
    {"hay_presencia", "acceso_en_orden", "tiene_evidencia", "llego_a_la_hora", "tiene_fundamento"}
)
ATAJOS = {
    "contacto": ("registrar_contacto", "Registrar contacto"),
    "coordinar_trabajo": ("coordinar_trabajo", "Coordinar"),
}


CONSOLA = ConsolaDeSala(
    tipo="icalma",
    lista="admin:icalma_ticket_changelist",
    caso="admin:icalma_ticket_change",
    formularios=FORMULARIOS,
    tecleadas=TECLEADAS,
    donde=partial(donde, Ticket),
    esperan=esperan,
    lugar="ticket__unidad__nombre",
    atajos=ATAJOS,
    campos={
        "acoge": "Acoge la objeción",
        "continua": "Sigue al ticket",
        "exclusion": "Exclusión",
        "fundamento": "Fundamento",
        "nuevo": "Ticket que sigue",
        "respuesta": "Conformidad",
        "trabajo": "Trabajo",
    },
    opciones={
        "exclusion": {e.value: f"{e.value}, {e.label}" for e in Exclusion},
        "medio": dict(f.MEDIOS),
        "respuesta": {"parte": "No con una parte", "no": "No con todo"},
    },
    urls=lambda sitio: [*terreno(sitio, PANTALLA), *asistido.urls(sitio)],
    paginas=asistido.paginas,
    al_reasignar="Desde ahora tendrá las alertas de sus plazos, que no cambian. Las visitas ya "
    "coordinadas siguen con quien las tomó, y los tickets nuevos siguen llegando a quien figura "
    "en el proyecto.",
    visita="admin:icalma_terreno",
)
