"""The staff's side of what an owner answers: proposals, replacements, objections, no conforme."""

from datetime import timedelta

import pytest

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Membresia, Rol
from postventa.tramitacion.acciones import anotar, tramitar
from tests.conftest import local
from tests.consola.conftest import personal
from tests.icalma.consola import TRABAJO, Consola, de_jefe, foto
from tickets.icalma.consola_espera import esperan
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Proyecto

CASO = "/consola/icalma/ticket/{}/change/"


@pytest.fixture
def consola(camino, supervisor):
    camino.generar().contactar().coordinar_inspeccion()
    hora.fijar(camino.ahora)
    return Consola(supervisor, camino.ticket)


@pytest.fixture
def con_trabajo(camino, supervisor):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar().coordinar_trabajo()
    hora.fijar(camino.ahora)
    return Consola(supervisor, camino.ticket)


def esperas(persona_o_consola):
    web = persona_o_consola.web
    return [(e.titulo, e.boton, e.url) for e in web.get("/consola/").context["esperan"]]


def nota(objeto, que, por, **datos):
    anotar(objeto, que, por, canal="web", **datos)


# --- another hour


def test_visita_que_paso_sin_registro_espera_a_su_responsable(consola, camino):
    assert "Registrar qué pasó en la visita" not in [t for t, *_ in esperas(consola)]
    hora.fijar(consola.visita.termina_en + timedelta(days=4))
    (espera,) = esperan(camino.supervisor, hora.ahora())
    assert (espera.titulo, espera.boton) == ("Registrar qué pasó en la visita", "Registrar")
    assert espera.detalle.startswith(camino.ticket.folio)
    assert consola.web.get(espera.url).status_code == 200


def test_propuesta_del_propietario_se_responde_con_la_hora_puesta(consola, cliente):
    propuesta = local("2026-11-25 15:00")
    nota(consola.visita, "proponer_hora", cliente, inicia_en=propuesta, nota="Trabajo de mañana")
    titulo, boton, url = esperas(consola)[0]
    assert (titulo, boton) == ("Propone otra hora: mié 25, 15:00", "Responder")
    pagina = consola.web.get(url)
    assert "«Trabajo de mañana»" in pagina.content.decode()
    iniciales = {c: f.initial for c, f in pagina.context["formulario"].fields.items()}
    assert [str(iniciales[c]) for c in ("dia", "desde", "hasta", "motivo")] == [
        "2026-11-25",
        "15:00:00",
        "15:45:00",
        "Lo propuso el propietario",
    ]
    datos = {"dia": "2026-11-25", "desde": "15:00", "hasta": "15:45", "motivo": "Lo propuso"}
    consola.hacer("ticket", consola.ticket, "reprogramar_inspeccion", **datos)
    assert consola.visita.inicia_en == propuesta
    assert [t for t, *_ in esperas(consola)] == []


# --- replacement told by mail


REEMPLAZO = {
    "reemplazo_nombre": "Julia Rojas",
    "reemplazo_documento": "12.874.593-9",
    "dia": "2026-11-24",
    "hora": "10:30",
}


@pytest.mark.regla("I-13")
def test_reemplazo_avisado_por_correo_queda_con_su_hora_y_quien_lo_anoto(con_trabajo, supervisor):
    con_trabajo.hacer("visita", con_trabajo.visita, "nombrar_reemplazo", **REEMPLAZO)
    visita = con_trabajo.visita
    assert (visita.reemplazo_nombre, visita.reemplazo_documento) == ("Julia Rojas", "12874593-9")
    anotado = Movimiento.objects.get(verbo="nombrar_reemplazo")
    assert (anotado.por, anotado.canal) == (supervisor, "consola")
    datos = anotado.detalle.datos
    assert (datos["avisado_por"], datos["recibido"]) == ("correo", "2026-11-24T10:30:00-03:00")

    con_trabajo.hacer("visita", visita, "quitar_reemplazo")
    assert con_trabajo.visita.reemplazo_documento == ""


@pytest.mark.regla("I-13")
@pytest.mark.parametrize(
    ("cambio", "campo"),
    [
        ({"reemplazo_documento": "12.874.593-0"}, "reemplazo_documento"),
        ({"reemplazo_nombre": ""}, "reemplazo_nombre"),
        ({"hora": "23:30"}, "hora"),
    ],
)
def test_reemplazo_mal_escrito_no_se_anota(con_trabajo, cambio, campo):
    antes = foto()
    datos = {**REEMPLAZO, **cambio}
    respuesta = con_trabajo.postear("visita", con_trabajo.visita, "nombrar_reemplazo", **datos)
    assert (respuesta.status_code, list(respuesta.context["formulario"].errors)) == (422, [campo])
    assert foto() == antes


@pytest.mark.regla("I-13")
def test_reemplazo_no_se_anota_con_la_visita_empezada(con_trabajo):
    hora.fijar(con_trabajo.visita.inicia_en)
    respuesta = con_trabajo.postear(
        "visita", con_trabajo.visita, "nombrar_reemplazo", **{**REEMPLAZO, "dia": "2026-11-24"}
    )
    assert respuesta.status_code == 409
    verbos = [v.verbo for v in con_trabajo.pagina().context["verbos"]]
    assert "nombrar_reemplazo" not in verbos


def test_reemplazo_no_se_ofrece_en_la_inspeccion(consola):
    assert "nombrar_reemplazo" not in [v.verbo for v in consola.pagina().context["verbos"]]


# --- objection to an absence


@pytest.fixture
def objetada(consola, cliente):
    hora.fijar(local("2026-11-24 10:20"))
    datos = {"llegada": "10:02", "conserje": "Luis Pino"}
    consola.hacer("visita", consola.visita, "registrar_inasistencia_cliente", **datos)
    nota(consola.visita, "objetar_inasistencia", cliente, motivo="Estaba en casa y no tocaron")
    return consola


@pytest.mark.regla("I-19")
@pytest.mark.parametrize(("acoge", "cuenta"), [("si", 0), ("no", 1)])
def test_jefe_resuelve_la_objecion_con_todo_a_la_vista(objetada, acoge, cuenta):
    jefe = de_jefe(objetada)
    (titulo, boton, url), *_ = esperas(jefe)
    assert (titulo, boton) == ("Objeción a una inasistencia", "Resolver")
    texto = jefe.web.get(url).content.decode()
    assert "«Estaba en casa y no tocaron»" in texto
    assert "La registró Rodrigo Sepúlveda: llegada 10:02, conserje Luis Pino." in texto
    jefe.hacer("visita", objetada.visita, "resolver_objecion", acoge=acoge, motivo="Revisado")
    assert objetada.ticket.inasistencias_seguidas == cuenta
    assert (objetada.visita.objecion_acogida, objetada.visita.resolucion_objecion) == (
        acoge == "si",
        "Revisado",
    )
    assert esperas(jefe) == []


def test_supervisor_no_resuelve_la_objecion(objetada):
    antes = foto()
    datos = {"acoge": "no", "motivo": "Yo estuve ahí"}
    respuesta = objetada.postear("visita", objetada.visita, "resolver_objecion", **datos)
    assert (respuesta.status_code, foto()) == (403, antes)
    assert "Objeción a una inasistencia" not in [t for t, *_ in esperas(objetada)]


# --- a dispute


def test_jefe_ve_la_disputa_entera_en_una_pantalla(camino, cliente, jefe, supervisor):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    hora.fijar(camino.ahora)
    rechazada = camino.obs[1]
    tramitar(rechazada, "disputar", cliente, canal="web", motivo="El sarro ya venía")
    consola = Consola(jefe, camino.ticket)
    (titulo, _, url), *_ = esperas(consola)
    assert titulo == "Revisar un rechazo"
    pagina = consola.web.get(url.split("#")[0])
    texto = pagina.content.decode()
    fila = pagina.context["observaciones"][1]
    assert fila["revision"].falta == "5 días hábiles"
    for dicho in (
        "La llave gotea",
        "Vigente hasta el 14-03-2028",
        "Aireador con sarro",
        "El sarro ya venía",
        "Mantenimiento indebido",
    ):
        assert dicho in texto
    assert [v.verbo for v in fila["verbos"] if not v.falta] == ["acoger", "confirmar_rechazo"]


def test_jefe_de_un_solo_lugar_no_ve_las_disputas_de_otro(camino, cliente, icalma):
    """However whole the company that the same person heads elsewhere."""
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    hora.fijar(camino.ahora)
    tramitar(camino.obs[1], "disputar", cliente, canal="web", motivo="El sarro ya venía")
    ajena = Empresa.objects.create(
        codigo="ajena",
        nombre="Ajena",
        pais="CL",
        zona="America/Santiago",
        calendario=icalma.calendario,
        jornada=icalma.jornada,
        prefijo_folio="AJE",
        remitente="postventa@ajena.example",
    )
    lejos = Proyecto.objects.create(empresa=icalma, codigo="lejos", nombre="Lejos")
    persona = personal("rsoto", ajena, Rol.JEFE)
    Membresia.objects.create(usuario=persona, empresa=icalma, sede=lejos, rol=Rol.JEFE)
    assert esperan(persona, camino.ahora) == []


@pytest.mark.parametrize(
    ("antes", "dice"),
    [
        ("nada", None),
        ("coordinar", "ya estaba coordinada. Puede hacerse en ella"),
        ("iniciar", "ya habían empezado. Puede hacerse en ellos"),
    ],
)
def test_acogida_dice_que_visita_de_trabajos_la_atiende(camino, supervisor, antes, dice):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    segunda = camino.obs[1]
    camino.tramitar(segunda, "disputar", camino.cliente, motivo="Venía mal")
    if antes != "nada":
        camino.coordinar_trabajo()
    if antes == "iniciar":
        camino.iniciar_trabajo()
    camino.tramitar(segunda, "acoger", camino.jefe, motivo="La pieza venía fallada")
    hora.fijar(camino.ahora)
    consola = Consola(supervisor, camino.ticket)

    def dicho():
        return consola.pagina("?ver=observaciones").context["observaciones"][1]["atiende"]

    if dice:
        assert dice in dicho()
        assert "Cuándo se repara" in consola.pagina("?ver=observaciones").content.decode()
        return
    assert dicho() == ""
    camino.coordinar_trabajo()
    assert dicho().startswith("La atiende la visita de trabajos del ")


# --- no conforme


def test_no_conforme_llega_con_sus_motivos_puestos(camino, cliente, supervisor):
    camino.hasta_por_firmar()
    hora.fijar(camino.ahora + timedelta(hours=1))
    primera = camino.obs[0]
    motivos = {str(primera.pk): "Quedó una mancha"}
    nota(camino.ticket, "responder_conformidad", cliente, respuesta="no", motivos=motivos)
    consola = Consola(supervisor, camino.ticket)
    (titulo, boton, url), *_ = esperas(consola)
    assert (titulo, boton) == ("El propietario no está conforme", "Responder")
    formulario = consola.web.get(url).context["formulario"]
    assert formulario.fields["observaciones"].initial == [primera.pk]
    assert formulario.fields[f"motivo_{primera.pk}"].initial == "Quedó una mancha"

    datos = {**TRABAJO, "dia": "2026-11-30", "observaciones": [primera.pk]}
    sin_motivo = consola.postear("ticket", consola.ticket, "rechazar_firma", **datos)
    assert list(sin_motivo.context["formulario"].errors) == [f"motivo_{primera.pk}"]
    datos[f"motivo_{primera.pk}"] = "Quedó una mancha"
    consola.hacer("ticket", consola.ticket, "rechazar_firma", **datos)
    primera = consola.ticket.observaciones.first()
    assert (primera.estado, primera.motivo_devolucion) == ("APROBADA", "Quedó una mancha")
    assert (consola.ticket.estado, consola.ticket.reparos_en) == ("TRABAJO_COORDINADO", None)


# --- parked, and what is said before acting


@pytest.mark.regla("I-15")
def test_retenido_se_muestra_con_lo_que_lo_bloquea(camino, cliente, supervisor, unidad):
    camino.hasta_por_firmar()
    bloquea = camino.ticket
    hora.fijar(camino.ahora)
    camino.generar(1)
    retenido = Ticket.objects.get(estado="RETENIDO")
    consola = Consola(supervisor, retenido)
    assert f"Retenido: falta firmar {bloquea.folio}" in [t for t, *_ in esperas(consola)]
    assert CASO.format(bloquea.pk) in consola.pagina().content.decode()


def test_inasistencia_previa_se_dice_antes_de_actuar(camino, supervisor):
    camino.generar().contactar().coordinar_inspeccion()
    hora.fijar(local("2026-11-24 10:20"))
    consola = Consola(supervisor, camino.ticket)
    datos = {"llegada": "10:02", "conserje": "Luis Pino"}
    consola.hacer("visita", consola.visita, "registrar_inasistencia_cliente", **datos)
    texto = consola.pagina().content.decode()
    assert "Hay 1 inasistencia previa. Otra seguida da el ticket por resuelto." in texto


@pytest.mark.parametrize("cuantas", [1, 3])
def test_lo_que_espera_cuesta_lo_mismo_con_una_o_tres(
    camino, cliente, jefe, cuantas, django_assert_num_queries
):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar((0, 1, 2))
    for o in camino.obs[:cuantas]:
        tramitar(o, "disputar", cliente, canal="web", motivo="No", ahora=camino.ahora)
    # roles; disputes, objections, proposals, own tickets
    with django_assert_num_queries(6):
        assert len(esperan(jefe, camino.ahora)) == cuantas
