"""Every page in a real browser: nothing for axe to find."""

import re

import pytest
from django.contrib import admin
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.calendario.models import Calendario, Feriado
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion import recalculo_masivo
from postventa.tramitacion.acciones import anotar
from tests.conftest import local
from tests.servicios.actores import (
    CAMILA,
    CLAVE,
    Personal,
    Propietaria,
    camino_de_camila,
    codigo_de,
    navegador,
)
from tests.servicios.lector import PULGAR, Lector
from tickets.icalma.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)

MATIAS = ("17.903.264-3", "matias.contreras@correo.example")


def test_control_el_lector_encuentra_lo_que_busca(page):
    lector = Lector(page, "", PULGAR)
    page.set_viewport_size({"width": 390, "height": 860})
    page.set_content(
        "<html lang=es><title>Mala</title><style>@media (prefers-color-scheme: dark) "
        "{p {color: #eee}} div {width: 500px} button {height: 20px; display: block}</style>"
        "<main><h1>Mala</h1><input style='height: 50px'><p>No se lee de noche</p>"
        "<div>Ancho</div><button aria-describedby=nada>Chico</button></main>"
    )
    lector.leer("mala")
    chico, sin_nada = "button Chico: mide 20 px de alto", "button Chico: no existe nada"
    assert lector.hallado == {
        "mala": [("label", "critical", ["input"])],
        "mala, a 390 px": ["mide 508 px de ancho", sin_nada, chico],
        "mala, a 1280 px": [sin_nada, chico],
        "mala, de noche": [("color-contrast", "serious", ["p"])],
    }


@pytest.mark.parametrize(
    ("guion", "falla"),
    [
        ("new Image().src = 'http://ajeno.invalid/a.png'", "ajeno"),
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        ("setTimeout(() => { throw new Error('roto') })", "roto"),
    ],
)
def test_control_el_navegador_delata_lo_ajeno_y_lo_roto(sitio, browser, guion, falla):
    vigilado = navegador(browser, sitio)
    page = vigilado.__enter__()
    page.goto(f"{sitio}/icalma/")
    page.evaluate(guion)
    page.wait_for_timeout(300)
    with pytest.raises(AssertionError, match=falla):
        vigilado.__exit__(None, None, None)


def test_portal_paginas_sin_entrar(portal):
    portal.ir("/", "empresas")
    for camino in ("", "privacidad/", "contacto/", "accesibilidad/", "no-existe/", "acceso/"):
        portal.ir(f"/icalma/{camino}")
    portal.enviar("Pedir el código", "acceso con errores")
    portal.page.get_by_label("Proyecto").select_option(index=1)
    portal.page.get_by_label(re.compile("RUT")).fill(CAMILA[0])
    portal.enviar("Pedir el código", "código")
    portal.page.get_by_label(re.compile("Código")).fill("12")
    portal.enviar("Entrar con el código", "código con error")
    portal.enviar("Pedir otro código", "otro código")
    portal.ir("/demo/correos/")
    assert len(portal.leidas) == 12


@pytest.mark.parametrize("ancho", [390, 320])
def test_portal_palabras_de_los_pasos_no_se_tocan(portal, ancho):
    portal.page.set_viewport_size({"width": ancho, "height": 860})
    portal.page.goto(f"{portal.sitio}/icalma/requerimiento/")
    expect(portal.page.locator(".avance li")).to_have_count(4)
    cabe = "lis => lis.every(li => li.scrollWidth <= li.clientWidth)"
    assert portal.page.locator(".avance li").evaluate_all(cabe)


def test_portal_requerimiento_de_la_primera_letra_al_numero(portal):
    page = portal.page
    Propietaria(page, portal.sitio, *CAMILA).entrar()
    portal.leer("mis requerimientos, vacío")
    page.get_by_role("link", name="Crear un requerimiento").first.click()
    expect(page.get_by_role("heading", name="¿Qué encontraste?")).to_be_visible()
    portal.leer("observaciones, vacío")
    portal.enviar("Agregar esta observación", "observaciones con errores")
    page.get_by_role("radio", name="Cocina", exact=True).check()
    page.get_by_label(re.compile("En qué lugar")).select_option(label="Lavaplatos")
    page.get_by_label(re.compile("elemento falla")).select_option(label="Grifería")
    portal.leer("observaciones, escribiendo")
    portal.enviar("Agregar esta observación", "observaciones con una")
    portal.enviar("Revisar y enviar", "revisar")
    portal.enviar("Enviar requerimiento", "recibido")
    assert Ticket.objects.count() == 1
    portal.ir("/icalma/mis-requerimientos/", "mis requerimientos, con uno")
    assert len(portal.leidas) == 8


def test_portal_quien_tiene_dos_viviendas_elige(portal):
    Propietaria(portal.page, portal.sitio, *MATIAS).entrar()
    portal.ir("/icalma/requerimiento/")
    expect(portal.page.get_by_role("heading", name="¿De qué vivienda se trata?")).to_be_visible()


def entrar_al_caso(portal, camino):
    """The owner's session, and a way to read the pages of her case at each step."""
    Propietaria(portal.page, portal.sitio, *CAMILA).entrar()

    def leer(resto="", nombre=""):
        hora.fijar(camino.ahora)
        portal.ir(f"/icalma/caso/{camino.ticket.publico}/{resto}", nombre or resto)

    return leer


def test_portal_caso_de_la_inspeccion_a_la_firma(portal):
    camino = camino_de_camila()
    leer = entrar_al_caso(portal, camino)
    camino.generar().contactar()
    leer("", "caso generado")
    leer("algo-mas/")
    camino.coordinar_inspeccion()
    leer("", "caso con inspección")
    hora_libre = f"visita/{camino.visita.pk}/hora/"
    leer(hora_libre)
    portal.page.get_by_text("Ninguna me sirve").click()
    portal.enviar("Enviar la propuesta", "propuesta con errores")
    camino.inspeccionar()
    leer("", "caso con un rechazo")
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No lo acepto")
    camino.coordinar_trabajo()
    leer("", "caso en consulta, trabajo coordinado")
    leer(f"visita/{camino.visita.pk}/reemplazo/", "reemplazo")
    portal.enviar("Registrar reemplazo", "reemplazo con errores")
    camino.iniciar_trabajo().ejecutar().terminar()
    leer("", "caso por firmar")
    leer("firma/no-conforme/?respuesta=no", "no conforme")
    portal.enviar("Enviar a mi supervisor", "no conforme con errores")
    leer("firma/", "firma")
    portal.enviar("Enviarme el código", "firma con código")
    portal.page.get_by_label("Dibujar mi firma").check()
    portal.enviar("Firmar los trabajos", "firma con errores")
    camino.firmar()
    leer("", "caso con la firma guardada")
    camino.tramitar(camino.obs[1], "confirmar_rechazo", camino.jefe, motivo="Es mantención")
    leer("", "caso cerrado")
    leer("acta/")
    leer(hora_libre, "rechazo")
    assert len(portal.leidas) == 19


def test_portal_caso_con_inasistencias_y_en_espera(portal):
    camino = camino_de_camila()
    leer = entrar_al_caso(portal, camino)
    camino.hasta_por_firmar(1, ())
    primero = camino.ticket
    camino.generar(1)
    leer("recibido/", "recibido en espera")
    leer("", "caso retenido")
    camino.ticket = primero
    camino.firmar()
    camino.generar().contactar()
    for n, cuando in enumerate(("2026-11-27 10:00", "2026-11-30 10:00"), 1):
        camino.coordinar_inspeccion(cuando)
        camino.ahora = camino.visita.termina_en
        falta = {"llegada_en": camino.visita.inicia_en, "conserje": "Luis Pino"}
        camino.tramitar(camino.visita, "registrar_inasistencia_cliente", **falta)
        leer("", f"caso con {n} inasistencia")
    objetada = camino.visita
    leer(f"visita/{objetada.pk}/objetar/", "objetar")
    portal.enviar("Enviar al Jefe de Postventa", "objetar con errores")
    anotar(objetada, "objetar_inasistencia", camino.cliente, ahora=camino.ahora, motivo="Estuve")
    leer("", "caso con la objeción")
    assert len(portal.leidas) == 7


def test_consola_entrada_y_listas(consola):
    camino_de_camila().hasta_por_firmar()
    consola.ir("/consola/", "entrar")
    consola.page.get_by_label("Usuario").fill("nadie")
    consola.page.get_by_label("Clave").fill("nada")
    consola.enviar("Entrar", "entrar con error")
    hora.fijar(local("2026-11-25 11:00"))
    Personal(consola.page, consola.sitio).entrar("supervisor", CLAVE)
    consola.leer("hoy")
    consola.ir("/consola/icalma/ticket/", "casos")
    consola.ir("/consola/icalma/ticket/?q=nadie", "casos, ninguno")
    consola.ir("/consola/espera/", "esperan por ti")
    consola.ir("/consola/buscar/", "buscar")
    consola.ir("/consola/buscar/?q=nadie", "buscar, ninguno")
    consola.ir("/consola/visitas/visita/?dia=semana", "visitas")
    consola.ir("/consola/no-existe/", "no existe")
    consola.ir("/consola/icalma/asistido/", "asistido")
    consola.ir("/consola/password_change/", "cambiar la clave")
    for clave in consola.page.locator("main input[type=password]").all():
        clave.fill("corta")
    consola.enviar("Cambiar mi clave", "cambiar la clave con errores")


def test_consola_datos_maestros_y_registros(consola):
    """The list of every model of the console and the form of its first row."""
    camino_de_camila().hasta_por_firmar()
    hora.fijar(local("2026-11-27 11:00"))
    Personal(consola.page, consola.sitio).entrar("admin", CLAVE)
    consola.leer("hoy")
    consola.ir("/consola/datos/")
    for modelo in sorted(admin.site._registry, key=lambda m: m._meta.label):
        base = f"/consola/{modelo._meta.app_label}/{modelo._meta.model_name}/"
        consola.ir(base)
        if fila := modelo._default_manager.first():
            consola.ir(f"{base}{fila.pk}/change/")
    for modelo in ("personas/usuario", "inmuebles/unidad"):
        consola.ir(f"/consola/{modelo}/add/")
        consola.enviar("Guardar", f"{modelo} con errores")
    assert len(consola.leidas) > 30


def pagina_de(caso):
    return f"/consola/{caso._meta.label_lower.replace('.', '/')}/{caso.pk}/change/"


def abrir_formularios(consola, caso, vistos):
    """The case with the form of each verb that it has now and was not read before."""
    consola.ir(pagina_de(caso), f"caso {caso.estado}")
    enlaces = consola.page.locator("#verbos a").evaluate_all("l => l.map(a => a.href)")
    for destino in enlaces:
        verbo = re.search(r"verbo=(\w+)-\d+-(\w+)", destino).group(1, 2)
        if verbo in vistos:
            continue
        vistos.add(verbo)
        consola.page.goto(destino)
        consola.leer(f"{caso.estado}: {verbo}")
    for resumen in consola.page.locator("details.decidir summary").all():
        resumen.click()
    consola.leer(f"{caso.estado}: observaciones abiertas")


def abrir_pestanas(consola, caso):
    for pestana in ("visitas", "plazos", "correos", "documentos", "historial"):
        consola.ir(f"{pagina_de(caso)}?ver={pestana}", pestana)


def leer_terreno(consola, camino, nombre):
    """The on-site screen at the width of a phone, every task open."""
    consola.page.set_viewport_size({"width": 390, "height": 860})
    visita = camino.visita
    sala = visita.expediente.tipo
    consola.page.goto(f"{consola.sitio}/consola/{sala}/visita/{visita.pk}/terreno/")
    for resumen in consola.page.locator("details.tarea:not([open]) > summary").all():
        resumen.click()
    consola.leer(f"terreno: {nombre}")
    consola.page.set_viewport_size({"width": 1280, "height": 860})


def test_consola_caso_y_terreno_en_cada_estado(consola):
    camino, vistos = camino_de_camila(), set()
    camino.generar()
    personal = Personal(consola.page, consola.sitio)
    personal.entrar("jefe", CLAVE)
    abrir_formularios(consola, camino.ticket, vistos)
    consola.page.context.clear_cookies()
    personal.entrar("supervisor", CLAVE)
    abrir_formularios(consola, camino.ticket, vistos)
    consola.page.get_by_role("link", name="Registrar contacto").click()
    consola.enviar("Registrar contacto", "contacto con errores")
    camino.contactar()
    abrir_formularios(consola, camino.ticket, vistos)
    camino.coordinar_inspeccion()
    hora.fijar(camino.visita.inicia_en)
    abrir_formularios(consola, camino.ticket, vistos)
    leer_terreno(consola, camino, "por entrar")
    camino.iniciar_inspeccion()
    abrir_formularios(consola, camino.ticket, vistos)
    leer_terreno(consola, camino, "decidiendo")


def test_consola_caso_y_terreno_de_los_trabajos(consola):
    camino, vistos = camino_de_camila(), set()
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    hora.fijar(camino.ahora)
    Personal(consola.page, consola.sitio).entrar("supervisor", CLAVE)
    abrir_formularios(consola, camino.ticket, vistos)
    leer_terreno(consola, camino, "inspección terminada")
    camino.coordinar_trabajo()
    anotar(
        camino.visita,
        "nombrar_reemplazo",
        camino.cliente,
        ahora=camino.ahora,
        reemplazo_nombre="Rosa Fuentealba Díaz",
        reemplazo_documento="9.483.627-1",
    )
    hora.fijar(camino.visita.inicia_en)
    abrir_formularios(consola, camino.ticket, vistos)
    leer_terreno(consola, camino, "por entrar a trabajar")
    camino.iniciar_trabajo()
    abrir_formularios(consola, camino.ticket, vistos)
    leer_terreno(consola, camino, "trabajando")
    camino.ejecutar().terminar()
    hora.fijar(camino.ahora)
    abrir_formularios(consola, camino.ticket, vistos)
    leer_terreno(consola, camino, "por firmar")
    abrir_pestanas(consola, camino.ticket)
    camino.firmar()
    abrir_formularios(consola, camino.ticket, vistos)
    leer_terreno(consola, camino, "firmada")


def test_consola_ingreso_asistido(consola):
    page = consola.page
    Personal(page, consola.sitio).entrar("supervisor", CLAVE)
    consola.ir("/consola/icalma/asistido/?q=nadie", "ninguna hallada")
    consola.ir("/consola/icalma/asistido/?q=704", "sin código")
    consola.enviar("Enviar el código", "con código pedido")
    campo = page.get_by_role("textbox", name="Código que dicta")
    campo.fill("12")
    consola.enviar("Comprobar el código", "código con error")
    campo.fill(codigo_de(CAMILA[1]))
    consola.enviar("Comprobar el código", "filas")
    consola.enviar("Ingresar el requerimiento", "filas con errores")


def test_consola_calendario_plazos_y_calculadora(consola):
    """The pages of calendars and deadlines, at both widths: empty, full and with errors."""
    page, base = consola.page, "/consola/calendario/calendario"
    camino_de_camila().generar()
    hora.fijar(local("2026-11-23 11:00"))
    Personal(page, consola.sitio).entrar("admin", CLAVE)
    cl = Calendario.objects.get(codigo="cl")
    jornada = camino_de_camila().unidad.proyecto.jornada
    consola.ir(f"{base}/{cl.pk}/mueve/", "nada se mueve")
    consola.ir(f"/consola/calendario/jornada/{jornada.pk}/mueve/")
    Feriado.objects.create(calendario=cl, fecha="2026-11-24", nombre="Duelo", fuente="Decreto 1")
    politica = PoliticaPlazo.objects.get(empresa__codigo="icalma", codigo="contacto")
    calculadora = "/consola/plazos/politicaplazo/calculadora/"
    for ancho in (1280, 390):
        page.set_viewport_size({"width": ancho, "height": 860})
        consola.ir(f"{base}/{cl.pk}/change/?anio=todos", f"calendario {ancho}")
        consola.ir(f"{base}/{cl.pk}/anio/2027/", f"por confirmar {ancho}")
        consola.enviar("Confirmar la lista", f"sin fuente {ancho}")
        consola.ir(f"{base}/{cl.pk}/anio/2026/", f"confirmado {ancho}")
        consola.ir(f"{base}/{cl.pk}/anio/2040/", f"sin feriados {ancho}")
        consola.ir(calculadora, f"calculadora {ancho}")
        consola.enviar("Calcular", f"calculadora con errores {ancho}")
        page.get_by_label("Política").select_option(str(politica.pk))
        page.get_by_label("Proyecto").select_option(index=1)
        consola.enviar("Calcular", f"calculadora con respuesta {ancho}")
        consola.ir(f"/consola/plazos/politicaplazo/{politica.pk}/change/", f"política {ancho}")
        page.get_by_label("Cantidad").fill("72")
        consola.enviar("Guardar", f"política, qué cambia {ancho}")
        consola.ir(f"{base}/{cl.pk}/mueve/", f"qué se mueve {ancho}")
        page.get_by_text("¿Por qué esta fecha?").first.click()
        consola.enviar("Mover", f"qué se mueve, sin motivo {ancho}")
    page.get_by_label("Motivo").fill("Decreto 1")
    consola.enviar("Mover", "revisión en espera")
    recalculo_masivo.barrer()
    page.reload()
    consola.leer("revisión terminada")
    consola.ir("/consola/tramitacion/recalculo/")
    assert len(consola.leidas) == 29
