"""Icalma's side ways in a real browser: disputes, replacements, absences and parked tickets."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.documentos.models import Firma
from tests.conftest import local
from tests.servicios.actores import (
    CAMILA,
    CLAVE,
    Personal,
    Propietaria,
    camino_de_camila,
    cargar_demo,
    correos_de,
    navegador,
    ultimo_correo,
)
from tests.servicios.test_recorrido_icalma import (
    JEFE,
    OBSERVACIONES,
    SUPERVISOR,
    contactar_y_coordinar,
    inspeccionar,
)
from tests.servicios.test_terreno import Telefono
from tickets.icalma.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)

NO_LA_TOQUE = "La llave gotea desde la entrega; nunca la desarmé."
ROSA = ("Rosa Fuentealba Díaz", "9.483.627-1")


@pytest.fixture
def sitio(live_server, settings):
    cargar_demo(live_server.url, settings)
    return live_server.url


@pytest.fixture
def propietaria(sitio, browser):
    with navegador(browser, sitio) as page:
        yield Propietaria(page, sitio, *CAMILA)


@pytest.fixture
def personal(sitio, browser):
    with navegador(browser, sitio, 1280) as page:
        yield Personal(page, sitio)


@pytest.fixture
def jefe(sitio, browser):
    with navegador(browser, sitio, 1280) as page:
        yield Personal(page, sitio)


@pytest.fixture
def telefono(sitio, browser):
    with navegador(browser, sitio) as page:
        yield Telefono(page, sitio)


def ahora_es(ticket):
    """The ticket as it is stored: its state is not written by hand, not even to read it again."""
    return Ticket.objects.get(pk=ticket.pk)


def al_minuto(instante):
    """The set clock goes on: a story's seconds are the machine's."""
    return instante.replace(second=0)


def relojes(ticket):
    return [(p.codigo, p.estado) for p in ticket.plazos.order_by("pk")]


def objetar_el_rechazo(propietaria, folio):
    """I-10: the rejection waits for the Jefe, with its own clock; the owner reads by when."""
    hora.fijar(local("2026-11-24 12:00"))
    propietaria.pedir_revision(folio, NO_LA_TOQUE)
    expect(propietaria.page.get_by_text("El Jefe de Postventa decide a más tardar")).to_be_visible()
    ticket = Ticket.objects.get(folio=folio)
    assert [o.estado for o in ticket.observaciones.all()] == ["APROBADA", "EN_CONSULTA"]
    assert relojes(ticket) == [
        ("contacto", "CUMPLIDO"),
        ("coordinar_trabajo", "CORRIENDO"),
        ("objecion", "CUMPLIDO"),
        ("consulta", "CORRIENDO"),
    ]
    asunto, cuerpo = ultimo_correo(JEFE)
    assert asunto == f"{folio}: rechazo objetado, falta tu decisión"
    assert "Decidir a más tardar el martes 1 de diciembre" in cuerpo
    return ticket


def recibe_su_reemplazo(telefono, ticket):
    """I-13, I-21: whom the owner named before the visit receives the workers."""
    visita = ticket.ultima_visita()
    hora.fijar(visita.inicia_en)
    telefono.ir_a_la_visita(visita)
    page = telefono.page
    page.get_by_label("A qué hora llegaste").first.fill("09:30")
    page.get_by_label("Conserje", exact=True).fill("Luis Pino")
    page.get_by_label("Sí, autoriza").check()
    page.get_by_label(f"{ROSA[0]}, reemplazo").check()
    page.get_by_role("button", name="Registrar el ingreso").click()
    expect(page.get_by_text(f"Recibe {ROSA[0]}, reemplazo.")).to_be_visible()


def trabajar_y_firmar_en_el_vidrio(telefono, ticket):
    """I-14: the works end and the replacement signs before the Supervisor, who is witness."""
    page = telefono.page
    telefono.tarea(1).get_by_label("Trabajo realizado").fill("Se selló la grieta y se pintó.")
    telefono.tarea(1).get_by_role("button", name="Marcar ejecutada").click()
    hora.fijar(ticket.ultima_visita().termina_en - timedelta(minutes=30))
    page.get_by_role("button", name="Terminar y pasar a la firma").click()
    expect(page.get_by_label(f"{ROSA[0]}, reemplazo")).to_be_checked()
    expect(page.get_by_label("Nombre completo de quien firma")).to_have_value(ROSA[0])
    telefono.dibujar()
    page.get_by_label("Quien firma leyó el acta").check()
    page.get_by_role("button", name="Firmar la conformidad").click()
    expect(page.get_by_text("El acta está firmada.")).to_be_visible()


def con_la_firma_guardada(propietaria, personal, telefono):
    """From the request to the partial signature that waits for the Jefe (D-03)."""
    folio = propietaria.ingresar_requerimiento(OBSERVACIONES)
    contactar_y_coordinar(personal, folio)
    inspeccionar(personal, folio)
    ticket = objetar_el_rechazo(propietaria, folio)

    # The approved one goes on: its work visit is agreed and its clock stops.
    personal.abrir(folio)
    personal.coordinar_trabajo("2026-11-26")
    assert ("coordinar_trabajo", "CUMPLIDO") in relojes(ticket)
    assert "jueves 26 de noviembre, a las 09:30" in ultimo_correo(propietaria.correo)[1]
    assert [o.numero for o in ticket.ultima_visita().observaciones.all()] == [1]

    hora.fijar(local("2026-11-25 21:00"))
    propietaria.nombrar_reemplazo(folio, *ROSA)
    recibe_su_reemplazo(telefono, ticket)
    trabajar_y_firmar_en_el_vidrio(telefono, ticket)
    return ahora_es(ticket)


@pytest.mark.regla("I-10", "I-13", "I-14")
def test_objecion_reemplazo_y_firma_guardada_hasta_que_el_jefe_confirma(
    propietaria, personal, telefono, jefe
):
    ticket = con_la_firma_guardada(propietaria, personal, telefono)
    folio, firma = ticket.folio, Firma.objects.get()
    assert (firma.rol, firma.metodo, firma.nombre) == ("reemplazo", "dibujo", ROSA[0])
    assert firma.testigo.username == "supervisor"
    assert (ticket.estado, ticket.firmado_en) == ("POR_FIRMAR", firma.firmado_en)
    asunto, cuerpo = ultimo_correo(propietaria.correo)
    assert asunto == f"{folio}: guardamos tu firma, falta una revisión del Jefe"
    assert "Si confirma el rechazo, el ticket se cierra con esta firma." in cuerpo
    propietaria.abrir(folio)
    expect(propietaria.page.get_by_text("Guardamos tu firma.")).to_be_visible()

    # The Jefe reads what the owner said and confirms: the stored signature closes the ticket.
    hora.fijar(local("2026-11-27 11:00"))
    jefe.entrar("jefe", CLAVE)
    jefe.abrir(folio)
    expect(jefe.page.get_by_text(NO_LA_TOQUE)).to_be_visible()
    razon = "El sarro es de uso: la pauta de mantención pide limpiarlo cada tres meses."
    jefe.resolver_revision(2, "Confirmar el rechazo", "Confirmar el rechazo", razon)
    assert jefe.estado() == "Cerrado conforme"
    asuntos = {m.subject: m.body for m in correos_de(propietaria.correo)[-2:]}
    assert razon in " ".join(asuntos[f"{folio}: el Jefe de Postventa confirmó el rechazo"].split())
    assert len([a for a in asuntos if folio in a]) == 2
    ticket = ahora_es(ticket)
    assert [o.estado for o in ticket.observaciones.all()] == ["CONFORME", "RECHAZADA_DEFINITIVA"]
    assert {estado for _, estado in relojes(ticket)} == {"CUMPLIDO"}
    assert Firma.objects.count() == 1
    propietaria.abrir(folio)
    expect(propietaria.page.get_by_text(razon)).to_be_visible()


@pytest.mark.regla("I-10", "I-11")
def test_el_jefe_acoge_y_corren_otras_72_horas(propietaria, jefe):
    camino = camino_de_camila().generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo=NO_LA_TOQUE)
    camino.coordinar_trabajo().iniciar_trabajo().ejecutar().terminar().firmar()
    ticket = camino.ticket
    assert (ticket.estado, ticket.firmado_en is None) == ("POR_FIRMAR", False)

    hora.fijar(local("2026-11-27 11:00"))
    jefe.entrar("jefe", CLAVE)
    jefe.abrir(ticket.folio)
    razon = "La grifería está dentro de su garantía de instalaciones."
    jefe.resolver_revision(2, "Acoger la consulta", "Acoger y aprobar", razon)
    assert jefe.estado() == "Inspeccionado"

    ticket = ahora_es(ticket)
    assert [o.estado for o in ticket.observaciones.all()] == ["EJECUTADA", "APROBADA"]
    # The signature stays for what it covered; the new works need another.
    assert (ticket.firmado_en, Firma.objects.count()) == (None, 1)
    nuevo = ticket.plazos.filter(codigo="coordinar_trabajo").latest("ordinal")
    assert (nuevo.ordinal, nuevo.estado) == (2, "CORRIENDO")
    # 72 business hours from the decision: Friday 11:00 to Wednesday 11:00.
    assert al_minuto(nuevo.vence_en) == local("2026-12-02 11:00")
    asunto, cuerpo = ultimo_correo(propietaria.correo)
    assert asunto == f"{ticket.folio}: el Jefe de Postventa aprobó tu observación"
    assert razon in cuerpo
    assert "a más tardar el miércoles 2 de diciembre, a las 11:00" in cuerpo

    propietaria.entrar()
    propietaria.abrir(ticket.folio)
    expect(propietaria.page.get_by_text("El Jefe acogió tu consulta:")).to_be_visible()


def primera_falta(personal, propietaria, ticket):
    """Nobody opens; before the hour it cannot be recorded, and the owner reads what follows."""
    hora.fijar(local("2026-11-26 09:20"))
    personal.entrar("supervisor", CLAVE)
    personal.abrir(ticket.folio)
    expect(personal.page.get_by_role("link", name="No había nadie")).to_have_count(0)
    falta = "No había nadie: La hora acordada todavía no llega."
    expect(personal.page.get_by_text(falta)).to_be_visible()
    hora.fijar(local("2026-11-26 09:50"))
    personal.abrir(ticket.folio)
    personal.registrar_que_no_habia_nadie("09:30", "Luis Pino")
    assert personal.estado() == "Inspeccionado"

    asunto, cuerpo = ultimo_correo(propietaria.correo)
    assert "no encontramos a nadie en la visita del jueves 26 de noviembre" in asunto
    regla = "Si en la próxima visita coordinada tampoco hay nadie"
    assert f"{regla}, el requerimiento se da por resuelto." in cuerpo
    propietaria.entrar()
    propietaria.abrir(ticket.folio)
    expect(propietaria.page.get_by_text(regla)).to_be_visible()
    expect(propietaria.page.get_by_text("nos anotó Luis Pino en conserjería")).to_be_visible()


def segunda_falta(personal, propietaria, ticket):
    """I-19: the ticket ends, its clocks are cancelled and the mail quotes the rule."""
    personal.coordinar_trabajo("2026-11-27")
    hora.fijar(local("2026-11-27 10:00"))
    personal.abrir(ticket.folio)
    personal.registrar_que_no_habia_nadie("09:35", "Luis Pino")
    assert personal.estado() == "Resuelto por inasistencia"
    assert relojes(ticket) == [
        ("contacto", "CUMPLIDO"),
        ("coordinar_trabajo", "CUMPLIDO"),
        ("objecion", "CANCELADO"),
    ]
    asunto, cuerpo = ultimo_correo(propietaria.correo)
    assert asunto == f"{ticket.folio}: dimos por resuelto tu requerimiento por dos inasistencias"
    assert "dos ocasiones coordinadas seguidas" in cuerpo
    assert "Objeta la inasistencia en tu requerimiento" in cuerpo


@pytest.mark.regla("I-19")
def test_dos_inasistencias_y_una_objecion_que_el_jefe_acoge(propietaria, personal, jefe):
    camino = camino_de_camila().generar().contactar().coordinar_inspeccion().inspeccionar()
    ticket = camino.coordinar_trabajo().ticket
    primera_falta(personal, propietaria, ticket)
    segunda_falta(personal, propietaria, ticket)

    estaba = "Estuve toda la mañana; el citófono del 704 no funciona desde el martes."
    propietaria.objetar(ticket.folio, estaba)
    expect(propietaria.page.get_by_role("link", name="Objetar la inasistencia")).to_have_count(0)
    asunto, cuerpo = ultimo_correo(JEFE)
    assert asunto == f"{ticket.folio}: inasistencia objetada, falta tu decisión"
    assert estaba in cuerpo

    hora.fijar(local("2026-11-30 09:00"))
    jefe.entrar("jefe", CLAVE)
    jefe.abrir(ticket.folio)
    expect(jefe.page.get_by_text(estaba)).to_be_visible()
    jefe.elegir(re.compile("objeción"))
    jefe.page.get_by_label(re.compile("Acoger")).check()
    jefe.page.get_by_label("Motivo").fill("La conserjería confirma que el citófono falla.")
    jefe.hacer("Resolver la objeción")

    # What was left undone goes on in a ticket of its own, tied to the first.
    nuevo = Ticket.objects.get(continua=ticket)
    assert [(o.item, o.estado) for o in nuevo.observaciones.all()] == [
        ("Pintura", "PENDIENTE"),
        ("Grifería", "PENDIENTE"),
    ]
    assert relojes(nuevo) == [("contacto", "CORRIENDO")]
    decision = [m for m in correos_de(propietaria.correo) if "acogió tu objeción" in m.subject]
    assert nuevo.folio in decision[0].body
    assert nuevo.folio in ultimo_correo(SUPERVISOR)[0]
    propietaria.abrir(ticket.folio)
    propietaria.page.get_by_role("link", name=f"Ver {nuevo.folio}").click()
    expect(propietaria.page.get_by_text(f"Este ticket sigue a {ticket.folio}.")).to_be_visible()

    # Only one objection per ticket.
    primera = ticket.visitas.filter(tipo="TRABAJO").earliest("pk")
    respuesta = propietaria.page.goto(
        f"{propietaria.sitio}/icalma/caso/{ticket.publico}/visita/{primera.pk}/objetar/"
    )
    assert respuesta.status == 409
    expect(propietaria.page.get_by_text("se puede una sola vez")).to_be_visible()


@pytest.mark.regla("I-15")
def test_un_requerimiento_espera_la_firma_del_anterior_y_sigue_solo(propietaria):
    primero = camino_de_camila().hasta_por_firmar(1, ()).ticket
    hora.fijar(local("2026-11-30 10:00"))
    assert len(correos_de(SUPERVISOR)) == 1
    folio = propietaria.ingresar_requerimiento(
        OBSERVACIONES[1:], "Guardamos tu requerimiento; falta una firma"
    )
    page = propietaria.page
    expect(page.get_by_text("no tramitamos requerimientos nuevos de la vivienda")).to_be_visible()
    segundo = Ticket.objects.get(folio=folio)
    assert (segundo.estado, segundo.bloqueado_por) == ("RETENIDO", primero)
    assert relojes(segundo) == []
    asunto, cuerpo = ultimo_correo(propietaria.correo)
    assert asunto == f"{folio}: tu requerimiento espera la firma del ticket {primero.folio}"
    assert f"/icalma/caso/{primero.publico}/firma/" in cuerpo
    assert len(correos_de(SUPERVISOR)) == 1

    hora.fijar(local("2026-11-30 10:30"))
    page.get_by_role("link", name=f"Revisar y firmar {primero.folio}").click()
    propietaria.firmar_el_acta("Camila Rojas Fuentealba")
    expect(page.locator(".pildora").first).to_contain_text("Cerrado")

    segundo = ahora_es(segundo)
    assert segundo.estado == "GENERADO"
    assert al_minuto(segundo.generado_en) == local("2026-11-30 10:30")
    plazo = segundo.plazos.get()
    assert plazo.codigo == "contacto"
    assert al_minuto(plazo.vence_en) == local("2026-12-02 10:30")
    assert folio in ultimo_correo(SUPERVISOR)[0]
    assert [m for m in correos_de(propietaria.correo)[-2:] if folio in m.subject]
    propietaria.abrir(folio)
    expect(page.get_by_text("miércoles 2 de diciembre, a las 10:30").first).to_be_visible()
