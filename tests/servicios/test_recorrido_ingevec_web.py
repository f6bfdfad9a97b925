"""Ingevec's owner in a real browser: from the first question to "quedé conforme"."""

import re

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.personas.models import Cliente, Rol
from tests.servicios.actores import codigo_de, foto
from tests.servicios.actores_ingevec import JAIME, llamada_de
from tickets.ingevec.models import Solicitud

pytestmark = pytest.mark.django_db(transaction=True)

HECTOR = ("16.120.493-5", "hector.saldias@correo.example")


def identificarse(page, rut, correo):
    page.get_by_label("Proyecto").select_option(index=1)
    page.get_by_label(re.compile("RUT")).fill(rut)
    page.get_by_role("button", name="Pedir el código").click()
    expect(page.get_by_label(re.compile("Código"))).to_be_visible()
    page.get_by_label(re.compile("Código")).fill(codigo_de(correo))
    page.get_by_role("button", name="Entrar con el código").click()
    expect(page).not_to_have_url(re.compile("codigo"))


def seguir(page):
    page.get_by_role("button", name="Continuar").click()


def el_personal(solicitud):
    """Whoever does the rest of the procedure, through the door."""
    llamada = llamada_de(solicitud.unidad.nombre)
    llamada.solicitud = solicitud
    llamada.gente[Rol.INSPECTOR] = llamada.visita.persona
    return llamada


@pytest.mark.regla("G-01", "G-03", "G-06", "G-14")
def test_propietario_pide_elige_hora_la_cambia_y_queda_conforme(portal):
    page = portal.page
    portal.ir("/ingevec/", "inicio")
    page.get_by_role("link", name="Solicitar", exact=True).click()
    identificarse(page, *JAIME)
    portal.leer("urgencia")
    portal.enviar("Continuar", "urgencia sin responder")
    page.get_by_label(re.compile("puede esperar")).check()
    seguir(page)
    page.get_by_label("¿Qué falla?").fill("El lavaplatos gotea por debajo.")
    page.get_by_label(re.compile("recinto")).fill("Cocina")
    page.locator("input[type=file]").set_input_files([foto()])
    expect(page.locator(".foto img")).to_have_count(1)
    portal.enviar("Agregar otro", "un requerimiento agregado")
    page.get_by_label("¿Qué falla?").fill("La puerta del dormitorio no cierra.")
    portal.enviar("Continuar", "horas")
    portal.enviar("Continuar", "horas sin elegir")
    page.get_by_role("radio", name="09:45").check()
    portal.enviar("Continuar", "revisar")
    portal.enviar("Enviar la solicitud", "recibido")
    expect(page.locator(".promesa")).to_contain_text("miércoles 25 de noviembre, a las 09:45")
    page.get_by_role("link", name="Ver mi solicitud").click()
    portal.leer("caso agendado")
    page.get_by_role("link", name="Cambiar la hora").click()
    portal.leer("cambiar la hora")
    page.get_by_role("radio", name="15:00").check()
    page.get_by_role("button", name="Cambiar a esta hora").click()
    expect(page.locator(".visita")).to_contain_text("a las 15:00, hasta las 15:45")
    solicitud = Solicitud.objects.get()
    llamada = el_personal(solicitud).diagnosticar(no_corresponden=[1])
    llamada.agendar_trabajos().ejecutar()
    hora.fijar(llamada.ahora)
    page.reload()
    portal.leer("caso por llamar")
    page.get_by_role("link", name="Responder").click()
    portal.enviar("Enviar mi respuesta", "conformidad sin responder")
    page.get_by_label("No quedé conforme").check()
    page.get_by_label("¿Qué no quedó bien?").fill("Sigue goteando.")
    portal.enviar("Enviar mi respuesta", "caso disconforme")
    expect(page.get_by_text("Nos dijo que no quedó conforme.")).to_be_visible()
    page.get_by_role("link", name="Cambiar mi respuesta").click()
    page.get_by_label("Sí, quedé conforme").check()
    portal.enviar("Enviar mi respuesta", "caso cerrado")
    expect(page.get_by_text("Cerrada con su conformidad").first).to_be_visible()
    assert Solicitud.objects.get().estado == "CERRADA"


@pytest.mark.regla("G-15", "G-16")
def test_urgencia_se_envia_sin_elegir_hora(portal):
    page = portal.page
    portal.ir("/ingevec/", "inicio")
    page.get_by_role("link", name="Envíela por aquí").click()
    identificarse(page, *HECTOR)
    page.get_by_role("link", name=re.compile("1204")).click()
    page.get_by_label(re.compile("Fuga de gas")).check()
    portal.enviar("Continuar", "urgente")
    expect(page.get_by_role("link", name="800 422 727")).to_be_visible()
    portal.enviar("Enviar la urgencia ahora", "urgente con errores")
    page.get_by_label("¿Qué falla?").fill("Olor a gas en el pasillo.")
    portal.enviar("Enviar la urgencia ahora", "urgencia recibida")
    s = Solicitud.objects.get()
    assert (s.urgencia, s.unidad.nombre, s.estado) == ("gas", "Depto. 1204", "INGRESADA")


def test_sin_guiones_tambien_se_pide_con_foto(sitio, browser):
    contexto = browser.new_context(
        viewport={"width": 390, "height": 860}, locale="es-CL", java_script_enabled=False
    )
    page = contexto.new_page()
    page.goto(f"{sitio}/ingevec/solicitud/")
    identificarse(page, *JAIME)
    page.get_by_label(re.compile("puede esperar")).check()
    seguir(page)
    page.get_by_label("¿Qué falla?").fill("El lavaplatos gotea por debajo.")
    page.locator("input[type=file]").set_input_files([foto()])
    seguir(page)
    page.get_by_text("Ninguna me sirve").click()
    seguir(page)
    page.get_by_role("button", name="Enviar la solicitud").click()
    expect(page.locator(".promesa")).to_contain_text("a más tardar el lunes 30 de noviembre")
    contexto.close()
    solicitud = Solicitud.objects.get(cliente=Cliente.objects.get(correo=JAIME[1]))
    assert solicitud.requerimientos.get().fotos.count() == 1
