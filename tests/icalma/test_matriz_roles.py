"""Who may do what, and when: each role, verb and state, at the door and by forged posts.

The rows are those of the procedure's tables (I-T01 to I-T21, observations, visits), column "who".
"""

import pytest
from django.db import transaction
from django.test import Client

from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, NoAutorizado, Rechazo
from tests.conftest import local
from tests.icalma.mesa import gente_de
from tests.icalma.test_tabla_partes import ESTADOS_OBSERVACION, ESTADOS_VISITA
from tests.icalma.test_tabla_ticket import ESTADOS
from tests.maquina import Deshacer, poner

S, J, M = "supervisor", "jefe", "maestro"
# (row, from, verb, who of the staff): who is not staff acts in the portal, Sistema by itself.
TICKET = [
    ("I-T01", "", "generar", ()),
    ("I-T02", "", "retener", ()),
    ("I-T03", "RETENIDO", "liberar", ()),
    ("I-T04", "GENERADO", "registrar_contacto", (S,)),
    ("I-T05", "GENERADO", "coordinar_inspeccion", (S,)),
    ("I-T06", "INSPECCION_COORDINADA", "reprogramar_inspeccion", (S,)),
    ("I-T07", "INSPECCION_COORDINADA", "deshacer_inspeccion", (S,)),
    ("I-T08", "INSPECCION_COORDINADA", "resolver_por_inasistencia", ()),
    ("I-T09", "INSPECCION_COORDINADA", "inspeccionar", (S,)),
    ("I-T10", "INSPECCIONADO", "coordinar_trabajo", (S,)),
    ("I-T11", "TRABAJO_COORDINADO", "iniciar_trabajo", (S, M)),
    ("I-T12", "TRABAJO_COORDINADO", "deshacer_trabajo", (S,)),
    ("I-T13", "TRABAJO_COORDINADO", "resolver_por_inasistencia", ()),
    ("I-T14", "EN_EJECUCION", "coordinar_otra_visita", (S,)),
    ("I-T15", "EN_EJECUCION", "terminar_trabajos", (S,)),
    ("I-T16", "POR_FIRMAR", "firmar", ()),
    ("I-T17", "POR_FIRMAR", "rechazar_firma", (S,)),
    ("I-T18", "INSPECCIONADO", "cerrar_sin_trabajos", (S, J)),
    *(("I-T19", estado, "anular", (J,)) for estado in ESTADOS[:7]),
    ("I-T20", "POR_FIRMAR", "reabrir_por_consulta", ()),
    ("I-T21", "TRABAJO_COORDINADO", "reprogramar_trabajo", (S,)),
]
OBSERVACION = [
    ("2.4", "PENDIENTE", "aprobar", (S,)),
    ("2.4", "PENDIENTE", "rechazar", (S,)),
    ("2.4", "RECHAZADA", "disputar", ()),
    ("2.4", "EN_CONSULTA", "acoger", (J,)),
    ("2.4", "EN_CONSULTA", "confirmar_rechazo", (J,)),
    ("2.4", "RECHAZADA", "aceptar_rechazo", ()),
    ("2.4", "APROBADA", "ejecutar", (S,)),
    ("2.4", "EJECUTADA", "conformar", ()),
    ("2.4", "EJECUTADA", "devolver", ()),
]
# Of an inspection: a maestro starts works only (I-T11).
VISITA = [
    ("2.5", "COORDINADA", "iniciar", (S,)),
    ("2.5", "EN_CURSO", "realizar", (S,)),
    ("2.5", "COORDINADA", "reprogramar", ()),
    ("2.5", "COORDINADA", "cancelar", (S,)),
    ("2.5", "COORDINADA", "registrar_inasistencia_cliente", (S,)),
    ("2.5", "COORDINADA", "registrar_inasistencia_empresa", (S,)),
    ("2.5", "COORDINADA", "registrar_acceso_denegado", (S,)),
]
TABLAS = {
    "ticket": (TICKET, ESTADOS),
    "observacion": (OBSERVACION, ESTADOS_OBSERVACION),
    "visita": (VISITA, ESTADOS_VISITA),
}
# Staff of the company, and who only looks like it; bound to a place they count where it is theirs.
PERSONAL = {
    "supervisor": {S},
    "jefe": {J},
    "call_center": set(),
    "gerente": set(),
    "administrador": set(),
    "maestro": {M},
    "supervisor de esta sede": {S},
    "jefe de esta sede": {J},
    "supervisor de otra sede": set(),
    "supervisor de otra empresa": set(),
    "jefe de otra empresa": set(),
    "supervisor inactivo": set(),
    "superusuario": set(),
}
PARECIDOS = {quien for quien in PERSONAL if " de otra " in quien} | {
    "supervisor inactivo",
    "superusuario",
}


@pytest.fixture
def gente(camino):
    """Everybody of PERSONAL, with a ticket that has an inspection and two observations."""
    camino.generar().contactar().coordinar_inspeccion()
    todos = gente_de(camino)
    for rol in (Rol.SUPERVISOR, Rol.JEFE):
        persona = Usuario.objects.create_user(f"{rol}_sede", is_staff=True)
        sede = camino.unidad.proyecto
        Membresia.objects.create(usuario=persona, empresa=sede.empresa, sede=sede, rol=rol)
        todos[f"{rol} de esta sede"] = persona
    Usuario.objects.update(is_staff=True)
    return {nombre: Usuario.objects.get(pk=todos[nombre].pk) for nombre in PERSONAL}


def permitidos(tabla, roles):
    """(verb, state) that the table gives to somebody who plays those roles."""
    return {(verbo, desde) for _, desde, verbo, quien in tabla if roles & set(quien)}


def objeto_de(camino, nombre):
    return {"ticket": camino.ticket, "observacion": camino.obs[0], "visita": camino.visita}[nombre]


def respuesta_de_la_puerta(objeto, verbo, persona):
    """403, 409 (not from this state) or 0: past both, whatever the act itself then asks. Undone."""
    try:
        with transaction.atomic():
            tramitar(objeto, verbo, persona)
            raise Deshacer
    except NoAutorizado:
        return 403
    except Conflicto as rechazo:
        return 409 if rechazo.mensaje.startswith("Ya no se puede:") else 0
    except (Rechazo, Deshacer):
        return 0


@pytest.mark.parametrize("nombre", TABLAS)
def test_puerta_da_a_cada_rol_lo_de_la_tabla_y_nada_mas(camino, gente, nombre):
    """Every verb in every state for every one: 403 or 409 outside the table, and no movement."""
    tabla, estados = TABLAS[nombre]
    verbos = sorted({verbo for _, _, verbo, _ in tabla})
    posibles = {(verbo, desde) for _, desde, verbo, _ in tabla}
    objeto, cuantos = objeto_de(camino, nombre), Movimiento.objects.count()
    hallado = {quien: set() for quien in gente}
    for estado in estados:
        puesto = poner(objeto, estado)
        for quien, persona in gente.items():
            for verbo in verbos:
                # Who only looks like staff of here is tried where the verb is possible.
                if quien in PARECIDOS and (verbo, estado) not in posibles:
                    continue
                if respuesta_de_la_puerta(puesto, verbo, persona) == 0:
                    hallado[quien].add((verbo, estado))
    assert hallado == {quien: permitidos(tabla, roles) for quien, roles in PERSONAL.items()}
    assert Movimiento.objects.count() == cuantos


def test_visita_de_trabajo_la_inicia_tambien_el_maestro_y_solo_coordinada(camino, gente):
    """I-T11, by the visit that leads its ticket."""
    visita = camino.visita
    type(visita).objects.filter(pk=visita.pk).update(tipo="TRABAJO")
    pueden = {
        (quien, estado)
        for estado in ESTADOS_VISITA
        for quien, persona in gente.items()
        if respuesta_de_la_puerta(poner(visita, estado), "iniciar", persona) == 0
    }
    quienes = {"supervisor", "supervisor de esta sede", "maestro"}
    assert pueden == {(quien, "COORDINADA") for quien in quienes}


# --- the same by forged posts to the console

DATOS = {
    "exito": "si", "medio": "telefono", "dia": "2026-11-24", "desde": "10:00", "hasta": "10:45",
    "maestros": "Óscar Vidal", "motivo": "Se pide", "fundamento": "Se ve", "exclusion": "E4",
    "trabajo": "Se pintó", "recibe_rol": "propietario", "llegada": "10:00", "conserje": "Luis",
    "llegada_en": "10:00", "razon": "Se pide", "personal_identificado": "Óscar, cédula",
    "conserjeria_autoriza": "si",
}  # fmt: skip
# Who is not of the company, or not of the place, is not even told that the case exists.
NO_LO_VEN = {"supervisor de otra sede", "supervisor de otra empresa", "jefe de otra empresa"}


@pytest.fixture
def navegadores(gente):
    """A browser of each person, already in."""
    dentro = {quien: Client() for quien in gente}
    for quien, navegador in dentro.items():
        navegador.force_login(gente[quien])
    return dentro


def envio(navegador, camino, nombre, objeto, verbo):
    """Status of the post that the form of that verb would make."""
    ticket = type(camino.ticket).objects.get(pk=camino.ticket.pk)
    observaciones = [o.pk for o in camino.obs]
    url = f"/consola/icalma/ticket/{ticket.pk}/{nombre}/{objeto.pk}/{verbo}/"
    datos = {**DATOS, "visto": ticket.cadena_largo, "observaciones": observaciones}
    return navegador.post(url, datos).status_code


@pytest.mark.parametrize("nombre", TABLAS)
def test_envio_de_quien_no_dice_la_tabla_es_403_y_nada_queda(camino, navegadores, nombre):
    """In the state where the verb is possible, by everybody who may not."""
    tabla, _ = TABLAS[nombre]
    objeto, cuantos = objeto_de(camino, nombre), Movimiento.objects.count()
    hora.fijar(local("2026-11-23 12:20"))
    primeras = {verbo: (desde, quien) for _, desde, verbo, quien in reversed(tabla)}
    malas = []
    for verbo, (desde, quien) in primeras.items():
        puesto = poner(objeto, desde) if desde else poner(objeto, "GENERADO")
        for nombre_de, roles in PERSONAL.items():
            if roles & set(quien) or nombre_de == "supervisor inactivo":
                continue
            status = envio(navegadores[nombre_de], camino, nombre, puesto, verbo)
            if status != (404 if nombre_de in NO_LO_VEN else 403):
                malas.append((nombre_de, verbo, status))
    assert malas == []
    assert Movimiento.objects.count() == cuantos


@pytest.mark.parametrize("nombre", TABLAS)
def test_envio_de_quien_puede_fuera_de_su_estado_no_deja_nada(camino, navegadores, nombre):
    """The supervisor and the jefe, each verb of theirs in every state but those of the table."""
    tabla, estados = TABLAS[nombre]
    objeto, cuantos = objeto_de(camino, nombre), Movimiento.objects.count()
    hora.fijar(local("2026-11-23 12:20"))
    malas = []
    for quien, rol in (("supervisor", S), ("jefe", J)):
        suyos = permitidos(tabla, {rol})
        for verbo in sorted({verbo for verbo, _ in suyos}):
            for estado in estados:
                if (verbo, estado) in suyos:
                    continue
                status = envio(navegadores[quien], camino, nombre, poner(objeto, estado), verbo)
                # 422: the form was read first; 404: the verb has no screen, its visit leads it.
                if status not in (404, 409, 422):
                    malas.append((quien, verbo, estado, status))
    assert malas == []
    assert Movimiento.objects.count() == cuantos


def test_control_el_mismo_envio_de_quien_puede_si_se_hace(camino, navegadores):
    """What the refused posts send is what the allowed ones send."""
    hora.fijar(local("2026-11-23 12:20"))
    cuantos = Movimiento.objects.count()
    ticket = poner(camino.ticket, "GENERADO")
    for quien in ("supervisor", "supervisor de esta sede"):
        assert envio(navegadores[quien], camino, "ticket", ticket, "registrar_contacto") == 302
    assert envio(navegadores["jefe de esta sede"], camino, "ticket", ticket, "anular") == 302
    assert Movimiento.objects.count() > cuantos


def test_sesion_abierta_de_quien_fue_desactivado_no_envia_nada(camino, gente):
    persona = gente["supervisor"]
    navegador = Client()
    navegador.force_login(persona)
    Usuario.objects.filter(pk=persona.pk).update(is_active=False)
    ticket, cuantos = poner(camino.ticket, "GENERADO"), Movimiento.objects.count()
    url = f"/consola/icalma/ticket/{ticket.pk}/ticket/{ticket.pk}/registrar_contacto/"
    respuesta = navegador.post(url, {**DATOS, "visto": ticket.cadena_largo})
    assert respuesta.url.startswith("/consola/login/")
    assert Movimiento.objects.count() == cuantos
