"""Ingevec's side ways in a real browser: a weekday that a holiday takes, and an urgency."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from postventa.calendario import hora
from tests.conftest import local
from tests.servicios.actores import correos_de, navegador, ultimo_correo
from tests.servicios.actores_ingevec import (
    INSPECTOR,
    INSPECTORA,
    JAIME,
    CallCenter,
    DeIngevec,
    EnLaVivienda,
)
from tickets.ingevec.models import Solicitud, Turno

pytestmark = pytest.mark.django_db(transaction=True)

POR_QUE = (
    "No hay martes en los 5 días hábiles que siguen a la llamada: el martes 8 de diciembre es "
    "feriado (La Inmaculada Concepción)."
)


@pytest.fixture
def callcenter(sitio, browser):
    with navegador(browser, sitio, 1280) as page:
        yield CallCenter(page, sitio)


@pytest.fixture
def administracion(sitio, browser):
    with navegador(browser, sitio, 1280) as page:
        yield DeIngevec(page, sitio)


@pytest.fixture
def telefono(sitio, browser):
    with navegador(browser, sitio) as page:
        yield EnLaVivienda(page, sitio)


def la_solicitud(folio):
    return Solicitud.objects.get(folio=folio)


def horas(desde):
    """What `manage.py horas` says, line by line."""
    salida = StringIO()
    call_command("horas", "ingevec-demo", desde=desde, stdout=salida)
    return [json.loads(linea) for linea in salida.getvalue().splitlines()]


def recibir_los_martes(administracion):
    """The administrator gives the project another weekday."""
    page = administracion.page
    administracion.entrar("administracion_ingevec")
    page.goto(f"{administracion.sitio}/consola/ingevec/pauta/")
    page.get_by_role("link", name="Edificio Los Maitenes").first.click()
    page.get_by_label("Día").first.select_option(label="martes")
    administracion.hacer("Guardar")


def historial(personal, folio):
    """All that the case's history says."""
    personal.abrir(folio)
    personal.page.get_by_role("link", name=re.compile("^Historial")).click()
    return personal.page.get_by_role("region", name="Detalle del caso").inner_text()


@pytest.mark.regla("G-03", "G-08")
def test_feriado_se_lleva_el_dia_del_proyecto(administracion, callcenter):
    recibir_los_martes(administracion)
    hora.fijar(local("2026-12-03 10:15"))
    [dicho] = horas("2026-12-03T10:15")
    assert dicho["excepcion"] == POR_QUE
    fechas = {c: [h["inicio"][:10] for h in hs] for c, hs in dicho["alternativas"].items()}
    assert {c: sorted(set(f)) for c, f in fechas.items()} == {
        "otro_dia": ["2026-12-04", "2026-12-07", "2026-12-09", "2026-12-10", "2026-12-11"],
        "fuera_de_plazo": ["2026-12-15"],
    }

    # (b) the next Tuesday, out of the term: with a reason and the owner's consent, never silently.
    page = callcenter.page
    callcenter.entrar("callcenter")
    callcenter.atender(JAIME[0])
    callcenter.sin_urgencia()
    callcenter.contar(("Cocina", "Gotera bajo el lavaplatos"))
    expect(page.get_by_text(POR_QUE)).to_be_visible()
    callcenter.elegir_hora("15 de diciembre", "09:00")
    callcenter.intentar_guardar()
    expect(page.get_by_role("link", name="Explica por qué no sirve el día")).to_be_visible()
    expect(page.get_by_role("link", name="Confirma que el propietario está")).to_be_visible()
    assert not Solicitud.objects.exists()
    page.get_by_label("Por qué", exact=True).fill("Viaja hasta el lunes 14.")
    page.get_by_label(re.compile("está de acuerdo con una fecha fuera")).check()
    folio = callcenter.guardar()
    callcenter.abrir(folio)
    expect(page.get_by_text("Viaja hasta el lunes 14.").first).to_be_visible()
    assert "Viaja hasta el lunes 14." in historial(callcenter, folio)
    assert la_solicitud(folio).excepcion == "fuera_de_plazo"
    assert "martes 15 de diciembre, a las 09:00" in ultimo_correo(JAIME[1])[0]
    assert la_solicitud(folio).plazos.get().estado == "CUMPLIDO_TARDE"

    # (a) another weekday inside the term: only its reason.
    callcenter.atender("Depto. 807")
    callcenter.sin_urgencia()
    callcenter.contar(("Baño", "La ventana no cierra"))
    callcenter.elegir_hora("4 de diciembre", "09:00")
    page.get_by_label("Por qué", exact=True).fill("El martes es feriado.")
    folio = callcenter.guardar()
    solicitud = la_solicitud(folio)
    assert (solicitud.excepcion, solicitud.motivo_excepcion) == (
        "otro_dia",
        "El martes es feriado.",
    )
    assert solicitud.plazos.get().estado == "CUMPLIDO"
    assert "El martes es feriado." in historial(callcenter, folio)


def dar_turno(administracion, quien, desde, hasta):
    """The administrator writes down who is on duty."""
    page = administracion.page
    page.goto(f"{administracion.sitio}/consola/ingevec/turno/add/")
    page.get_by_label("Empresa").select_option(label="Ingevec")
    page.get_by_label("Persona").select_option(label=quien)
    for cual, (dia, a_las) in (("Desde", desde), ("Hasta", hasta)):
        page.get_by_label(re.compile(f"^{cual}.*[Ff]echa|^{cual}.*día")).fill(dia)
        page.get_by_label(re.compile(f"^{cual}.*[Hh]ora")).fill(a_las)
    administracion.hacer("Guardar")


def acusar_recibo(telefono, folio):
    """Somebody takes it in hand: told, and the clock of the first contact goes on."""
    hora.fijar(local("2026-11-23 22:35"))
    telefono.entrar("inspectora")
    expect(telefono.page.get_by_text(re.compile("Urgencia sin acuse")).first).to_be_visible()
    telefono.abrir(folio)
    expect(telefono.page.get_by_text("Sin acuse de recibo.")).to_be_visible()
    telefono.page.get_by_role("link", name="Acusar recibo de la urgencia").click()
    telefono.hacer("Acusar recibo")
    expect(telefono.page.get_by_text(re.compile("Acuse:"))).to_be_visible()
    assert telefono.relojes()[0].startswith("Primer contacto de una urgencia")


def reparar_en_la_misma_visita(telefono):
    """12.3: what is urgent is diagnosed and mended without another visit."""
    hora.fijar(local("2026-11-23 23:05"))
    telefono.abrir_visita()
    telefono.entrar_a_la_casa("23:00", "Jaime Riquelme")
    telefono.diagnosticar(1, "Corresponde", "Cañería rota.")
    telefono.page.get_by_role("button", name="Reparar ahora").click()
    telefono.ejecutar(1, "Se cambió el tramo.")
    telefono.terminar()


def oir_que_hay_urgencia(callcenter):
    """At the first «Sí», before any other answer: what keeps them safe, and of two, the gravest."""
    agua, gas = (callcenter.page.get_by_role("group", name=re.compile(q)) for q in ("Cañer", "gas"))
    callcenter.marcar(agua, "Sí")
    leido = (
        "«Cierre ahora la llave de paso del agua si puede hacerlo. Es una urgencia y la atendemos "
        "de inmediato. Daniela Cortés Millar le llamará enseguida al número que nos dio."
    )
    assert callcenter.frase() == f"{leido}»"
    callcenter.marcar(gas, "Sí")
    assert callcenter.frase().startswith("«Cierre ahora la llave del gas, abra las ventanas")
    callcenter.marcar(gas, "No")
    assert callcenter.frase() == f"{leido}»"
    return leido


@pytest.mark.regla("G-14", "G-15", "G-16")
def test_urgencia_de_noche_la_toma_quien_esta_de_turno(administracion, callcenter, telefono):
    Turno.objects.all().delete()
    administracion.entrar("administracion_ingevec")
    dar_turno(
        administracion, "Óscar Pino Arancibia", ("2026-11-23", "08:00"), ("2026-11-23", "20:00")
    )
    dar_turno(
        administracion, "Daniela Cortés Millar", ("2026-11-23", "20:00"), ("2026-11-24", "08:00")
    )

    hora.fijar(local("2026-11-23 22:30"))
    page = callcenter.page
    callcenter.entrar("callcenter")
    callcenter.atender(JAIME[0])
    callcenter.contar(("Cocina", "Sale agua por el muro"))
    callcenter.intentar_guardar()
    expect(page.get_by_role("link", name="Pregunta primero por las cuatro")).to_be_visible()
    leido = oir_que_hay_urgencia(callcenter)
    expect(page.get_by_role("heading", name="Hora de inspección")).to_be_hidden()
    folio = callcenter.guardar()
    assert callcenter.frase().startswith(f"{leido} Su número")

    # At once, whatever the hour: who is on duty now and nobody else of the shifts.
    asunto, cuerpo = ultimo_correo(INSPECTORA)
    assert asunto == f"{folio}: urgencia en Depto. 512, Edificio Los Maitenes"
    # The set clock goes on: a story's minutes are the machine's.
    promesa = r"Primer contacto a más tardar el lunes 23 de noviembre, a las 23:3\d"
    assert re.search(promesa, cuerpo)
    assert correos_de(INSPECTOR) == []

    acusar_recibo(telefono, folio)
    assert la_solicitud(folio).plazos.get().estado == "CORRIENDO"

    # Somebody is sent on a Monday night: neither the project's Wednesday nor its hours count.
    hora.fijar(local("2026-11-23 22:40"))
    callcenter.abrir(folio)
    callcenter.elegir("Atender la urgencia")
    page.get_by_label("Quién va").select_option(label="Daniela Cortés Millar")
    callcenter.hacer("Enviar")
    assert callcenter.estado() == "Atención inmediata"
    assert re.search(r"cumplido en [5-9] min|cumplido en 1\d min", callcenter.relojes()[0])
    plazo = la_solicitud(folio).plazos.get()
    assert (plazo.codigo, plazo.estado) == ("urgencia", "CUMPLIDO")
    assert re.search(r"lunes 23 de noviembre, a las 22:4\d", ultimo_correo(JAIME[1])[0])

    reparar_en_la_misma_visita(telefono)
    callcenter.abrir(folio)
    assert callcenter.estado() == "Por llamar"
    assert [(p.codigo, p.estado) for p in la_solicitud(folio).plazos.order_by("pk")] == [
        ("urgencia", "CUMPLIDO"),
        ("trabajos", "CUMPLIDO"),
        ("satisfaccion", "CORRIENDO"),
    ]
