"""Ingevec's pages of the staff in a real browser: nothing for axe to find, at both widths."""

import re

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.entrada.models import CorreoEntrante
from postventa.personas.models import Rol, Usuario
from tests.conftest import local
from tests.ingevec.telefonista import Telefonista
from tests.servicios.actores_ingevec import JAIME, CallCenter, EnLaVivienda, llamada_de
from tests.servicios.test_accesibilidad import abrir_formularios, abrir_pestanas, leer_terreno
from tickets.ingevec.models import Solicitud
from tickets.inmuebles.models import Unidad

pytestmark = pytest.mark.django_db(transaction=True)

LLAMADA, LLAMADOS = "/consola/ingevec/llamada/", "/consola/ingevec/llamados/"


@pytest.fixture
def callcenter(consola):
    quien = CallCenter(consola.page, consola.sitio)
    quien.entrar("callcenter")
    return quien


def test_toma_de_una_llamada_en_cada_estado(consola, callcenter):
    page, llamada = consola.page, llamada_de()
    url = f"{LLAMADA}{llamada.depto.pk}/"
    consola.ir(LLAMADA, "nadie todavía")
    consola.ir(f"{LLAMADA}?q=nadie", "ninguna hallada")
    consola.ir(f"{LLAMADA}?q=Maitenes", "varias halladas")
    llamada.ingresar("Gotera en la cocina", cupo=llamada.cupo())
    consola.ir(url, "hallada, con historia")
    consola.enviar("Guardar", "con errores")
    callcenter.contar(("Cocina", "Gotera bajo el lavaplatos"), ("Baño", "La ventana no cierra"))
    callcenter.preguntar_urgencias()
    expect(page.get_by_text("Se parece a lo que cuenta")).to_be_visible()
    consola.leer("dos requerimientos, uno parecido")
    consola.enviar(re.compile("Ver las horas del jueves"), "otro día")
    callcenter.elegir_hora("26 de noviembre", "09:00")
    consola.enviar(re.compile("^Guardar"), "otro día, sin motivo")
    page.get_by_label("Queda sin hora").check()
    consola.leer("sin hora")
    page.get_by_label("Por qué", exact=True).fill("No tiene su agenda a mano")
    consola.enviar(re.compile("^Guardar"), "guardada sin hora")
    page.goto(consola.sitio + url)
    page.get_by_label("Dice ser el propietario").check()
    callcenter.preguntar_urgencias(electricidad="Sí")
    consola.leer("urgente, de otra persona")
    page.get_by_role("textbox", name="Quién llama").fill("Marta Soto")
    page.get_by_label("Números de contacto").fill("+56 9 1111 2222")
    callcenter.contar(("", "No hay luz"))
    consola.enviar(re.compile("^Guardar"), "guardada, urgente y con RUT pendiente")
    page.goto(consola.sitio + url)
    callcenter.preguntar_urgencias()
    callcenter.marcar(page.locator("#toma"), "Consulta")
    consola.enviar(re.compile("^Guardar"), "consulta con errores")
    page.get_by_role("textbox", name="Consulta", exact=True).fill(
        "¿Cada cuánto se mantiene la caldera?"
    )
    consola.enviar(re.compile("^Guardar"), "guardada, consulta")


def test_toma_sin_horas_y_con_la_hora_perdida(consola, callcenter):
    page, llamada = consola.page, llamada_de()
    url = f"{LLAMADA}{llamada.depto.pk}/"
    page.goto(consola.sitio + url)
    callcenter.preguntar_urgencias()
    callcenter.contar(("Cocina", "Gotera"))
    callcenter.elegir_hora("25 de noviembre", "09:00")
    elegida = page.locator("input[name=cupo]:checked").get_attribute("value")
    otra = Telefonista(
        Usuario.objects.get(username="callcenter"), Unidad.objects.get(nombre="Depto. 807")
    )
    assert otra.guardar(cupo=elegida).status_code == 302
    consola.enviar(re.compile("^Guardar"), "la hora se tomó mientras tanto")
    expect(page.get_by_text("Quedó elegida la siguiente libre")).to_be_visible()
    type(llamada.pauta).objects.update(dia=1)
    hora.fijar(local("2026-12-03 10:15"))
    consola.ir(url, "un feriado se lleva el día")
    callcenter.preguntar_urgencias()
    callcenter.contar(("Cocina", "Gotera"))
    callcenter.elegir_hora("15 de diciembre", "09:00")
    consola.enviar(re.compile("^Guardar"), "fuera de plazo, sin motivo ni acuerdo")
    type(llamada.pauta).objects.all().delete()
    consola.ir(url, "proyecto sin pauta")


def leer_como(consola, vistos, llamada, *usuarios):
    """The case as each of them sees it: their verbs, each with its form open."""
    hora.fijar(llamada.ahora)
    for usuario in usuarios:
        CallCenter(consola.page, consola.sitio).otra_persona(usuario)
        abrir_formularios(consola, llamada.solicitud, vistos)


def en_el_telefono_falta(consola, boton, nombre):
    """The on-site page says itself what is missing, without asking the server."""
    consola.page.get_by_role("button", name=boton).first.click()
    expect(consola.page.locator("[aria-invalid=true]").first).to_be_visible()
    consola.leer(nombre)


def test_caso_y_vivienda_hasta_el_diagnostico(consola):
    llamada, vistos = llamada_de(), set()
    llamada.ingresar("Gotera. " * 60, "Puerta que no cierra", "x" * 90)
    leer_como(consola, vistos, llamada, "jefatura", "callcenter")
    consola.page.get_by_role("link", name="Agendar inspección").click()
    consola.enviar("Agendar y avisar", "agendar con errores")
    llamada.agendar()
    leer_como(consola, vistos, llamada, "callcenter")
    llamada.ahora = llamada.visita.inicia_en
    leer_como(consola, vistos, llamada, "callcenter", "inspectora")
    consola.ir("/consola/ingevec/dia/", "mis visitas")
    consola.ir("/consola/ingevec/dia/?fecha=2026-11-26", "mis visitas, ninguna")
    leer_terreno(consola, llamada, "por entrar")
    consola.page.get_by_text("No había nadie").first.click()
    consola.leer("no había nadie")
    en_el_telefono_falta(consola, "Registrar el ingreso", "ingreso con errores")
    llamada.entrar()
    leer_como(consola, vistos, llamada, "inspectora")
    leer_terreno(consola, llamada, "diagnosticando")
    en_el_telefono_falta(consola, "Guardar el diagnóstico", "diagnóstico con errores")


def test_caso_y_vivienda_de_los_trabajos(consola):
    llamada, vistos = llamada_de(), set()
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar(no_corresponden=[1])
    leer_como(consola, vistos, llamada, "callcenter", "inspectora")
    leer_terreno(consola, llamada, "inspección terminada")
    llamada.agendar_trabajos()
    leer_como(consola, vistos, llamada, "callcenter")
    llamada.entrar(por=Rol.MAESTRO)
    leer_como(consola, vistos, llamada, "cuadrilla")
    leer_terreno(consola, llamada, "trabajando")
    consola.page.get_by_text("Falta otra visita").click()
    consola.leer("falta otra visita")
    en_el_telefono_falta(consola, "Marcar ejecutado", "trabajo con errores")
    [_, r] = sorted(llamada.reqs, key=lambda r: r.estado == "CORRESPONDE")
    llamada.tramitar(r, "ejecutar", Rol.MAESTRO, trabajo="Se cambió el sifón.")
    leer_terreno(consola, llamada, "por terminar")
    llamada.pasar(hours=2).tramitar(llamada.visita, "realizar", Rol.MAESTRO)
    leer_como(consola, vistos, llamada, "callcenter")
    abrir_pestanas(consola, llamada.solicitud)
    consola.ir("/consola/ingevec/solicitud/", "casos")
    consola.ir("/consola/ingevec/solicitud/?urgente=si", "casos, ninguno")


def test_caso_urgente_y_lo_que_termina_de_otro_modo(consola):
    llamada, vistos = llamada_de(), set()
    llamada.ingresar("Fuga de gas", urgencia="gas")
    hora.fijar(llamada.ahora)
    leer_como(consola, vistos, llamada, "callcenter", "inspectora")
    consola.ir("/consola/", "hoy, con una urgencia")
    quien = llamada.gente[Rol.INSPECTOR]
    llamada.tramitar(llamada.solicitud, "atender_urgencia", Rol.CALL_CENTER, persona=quien)
    leer_como(consola, vistos, llamada, "callcenter")
    llamada.entrar()
    llamada.tramitar(llamada.reqs[0], "corresponder", Rol.INSPECTOR, diagnostico="Cañería")
    leer_como(consola, vistos, llamada, "inspectora")
    leer_terreno(consola, llamada, "reparar ahora")
    otra = llamada_de("Depto. 807")
    otra.ingresar(cupo=otra.cupo("2026-11-25 11:15")).diagnosticar(no_corresponden=[0, 1])
    leer_como(consola, vistos, otra, "inspectora")
    otra.ingresar(cupo=otra.cupo("2026-12-02 11:15"))
    otra.ahora = otra.visita.termina_en
    falta = {"llegada_en": otra.visita.inicia_en, "conserje": "Luis Pino"}
    otra.tramitar(otra.visita, "registrar_inasistencia_cliente", Rol.INSPECTOR, **falta)
    leer_como(consola, vistos, otra, "callcenter")
    otra.tramitar(otra.solicitud, "anular", Rol.JEFE, motivo="Se ingresó dos veces")
    leer_como(consola, vistos, otra, "jefatura")
    otra.ingresar(consulta="¿Cada cuánto se mantiene la caldera?")
    leer_como(consola, vistos, otra, "callcenter")


def test_llamados_de_satisfaccion(consola, callcenter):
    consola.ir(LLAMADOS, "nadie por llamar")
    llamada = llamada_de().hasta_por_llamar()
    hora.fijar(llamada.ahora)
    url = f"{LLAMADOS}{llamada.solicitud.pk}/"
    consola.ir(LLAMADOS, "uno por llamar")
    consola.ir(url, "llamado")
    consola.enviar("Guardar el llamado", "llamado sin respuestas")
    callcenter.anotar("Gotera", "Nueva inspección")
    callcenter.anotar("Puerta", "Nuevos trabajos")
    consola.enviar("Guardar el llamado", "llamado sin decir por qué")
    for que in ("Gotera", "Puerta"):
        callcenter.anotar(que, "Nuevos trabajos", "Sigue igual.")
    consola.leer("llamado, horas de trabajos")
    consola.enviar("Guardar el llamado", "llamado sin hora")
    callcenter.anotar("Gotera", "Nueva inspección", "Sigue igual.")
    consola.leer("llamado, horas de inspección")
    consola.enviar("No contestó", "nadie contestó")
    consola.ir(url, "llamado con un intento")
    llamada.solicitud = Solicitud.objects.get(pk=llamada.solicitud.pk)
    llamada.tramitar(
        llamada.solicitud,
        "registrar_conformidad",
        Rol.CALL_CENTER,
        resultados=llamada.resultados("conforme", "conforme"),
    )
    consola.ir(url, "llamado que ya no se espera")


def test_maestros_de_la_administracion(consola):
    EnLaVivienda(consola.page, consola.sitio).entrar("administracion_ingevec")
    consola.ir("/consola/datos/", "datos maestros")
    for modelo in ("pauta", "turno"):
        base = f"/consola/ingevec/{modelo}/"
        consola.ir(base)
        consola.ir(f"{base}?q=nadie", f"{modelo}, ninguno")
        consola.ir(f"{base}add/")
        consola.enviar("Guardar", f"{modelo} con errores")
        consola.page.goto(f"{consola.sitio}{base}")
        consola.page.locator("#result_list th a").first.click()
        consola.leer(f"{modelo}, uno")


def test_correos_que_llegaron(consola, callcenter):
    page, lista = consola.page, "/consola/entrada/correoentrante/"
    consola.ir(lista, "ningún correo")
    consola.ir(f"{lista}pegar/")
    consola.enviar("Guardar el correo", "pegar con errores")
    page.get_by_label("De", exact=True).fill(JAIME[1])
    page.get_by_label("Asunto").fill("Gotera en el 512 de Los Maitenes")
    page.get_by_label("Texto del correo").fill(
        "Proyecto: Edificio Los Maitenes\nDepartamento: 512\nTeléfono: +56 9 8765 4321\n\nGotea."
    )
    consola.enviar("Guardar el correo", "borrador")
    correo = CorreoEntrante.objects.get()
    consola.enviar("Descartar el correo", "descartar sin motivo")
    consola.ir(lista, "un correo")
    consola.ir("/consola/", "hoy, con un correo")
    page.goto(f"{consola.sitio}{lista}{correo.pk}/change/")
    page.get_by_role("link", name="Ingresar con estos datos").click()
    expect(page.get_by_text("confirma cada dato")).to_be_visible()
    consola.leer("llamada de un correo")
    callcenter.preguntar_urgencias()
    page.get_by_label("Queda sin hora").check()
    consola.enviar(re.compile("^Guardar"), "guardada, de un correo")
    consola.ir(f"{lista}{correo.pk}/change/", "correo tratado")
