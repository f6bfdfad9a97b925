"""A revision with a real worker, a killed one, two at once, and a page that follows it."""

import os
import signal
from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.calendario.models import Calendario, Feriado
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.plazos.models import Plazo
from postventa.tramitacion import recalculo_masivo
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.models import Recalculo
from postventa.tramitacion.recalculo_masivo import avanzar, barrer, huella, pedir
from tests.conftest import LUNES, local
from tests.expedientes.manos import diferencias
from tests.servicios.actores import CLAVE, Personal, camino_de_camila, cargar_demo, navegador
from tests.servicios.carreras import contar, correr
from tickets.icalma.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
DESPUES = local("2026-11-26 10:15")


@pytest.fixture
def decretado(camino, jefe, icalma):
    """Cases of one Monday, and the decree that moves them by a day; the chief administers too."""
    Membresia.objects.create(usuario=jefe, empresa=icalma, rol=Rol.ADMINISTRADOR)

    def decretar(casos=6):
        hora.fijar(LUNES)
        for _ in range(casos):
            camino.generar(1)
        calendario = Calendario.objects.get()
        Feriado.objects.create(
            calendario=calendario, fecha=date(2026, 11, 24), nombre="Decreto", fuente="prueba"
        )
        return calendario

    return decretar


def pedida(calendario, quien):
    return pedir(calendario, quien, "Ley", huella(), uuid4(), hora.ahora())[0]


def movidos():
    return Movimiento.objects.filter(verbo="recalcular_plazo").count()


def estado(job):
    return Recalculo.objects.get(pk=job.pk).estado


def test_worker_la_hace_por_la_pista(decretado, jefe, worker, esperar):
    job = pedida(decretado(), jefe)
    esperar(lambda: estado(job) == "TERMINADO")
    assert set(Plazo.objects.values_list("vence_en", flat=True)) == {DESPUES}
    assert movidos() == 6


def test_worker_muerto_y_beat_la_retoma(
    decretado, jefe, worker, beat, settings, esperar, monkeypatch
):
    """RF-03: killed between two batches; what it did stays done, what it had in hand is free."""
    monkeypatch.setattr(recalculo_masivo, "LOTE", 2)
    settings.CELERY_PISTAS = False
    os.killpg(worker.pid, signal.SIGSTOP)
    job = pedida(decretado(), jefe)
    avanzar(job.pk)
    avanzar(job.pk)
    assert (estado(job), movidos()) == ("EN_CURSO", 2)
    os.killpg(worker.pid, signal.SIGCONT)
    esperar(lambda: estado(job) == "TERMINADO")
    assert movidos() == 6
    assert diferencias() == []


@pytest.mark.concurrencia
def test_dos_workers_a_la_vez_mueven_cada_plazo_una_vez(decretado, jefe, monkeypatch):
    monkeypatch.setattr(recalculo_masivo, "LOTE", 2)
    job = pedida(decretado(8), jefe)

    def trabajar():
        barrer()

    assert contar(correr([trabajar] * 3)) == {"ok": 3}
    barrer()
    assert (estado(job), movidos()) == ("TERMINADO", 8)
    assert Recalculo.objects.get().hechos == 8
    assert diferencias() == []


@pytest.mark.concurrencia
def test_dos_personas_a_la_vez_piden_una(decretado, jefe):
    calendario, vista = decretado(1), huella()

    def aplicar():
        pedir(calendario, Usuario.objects.get(pk=jefe.pk), "Ley", vista, uuid4(), LUNES)

    assert contar(correr([aplicar] * 3)) == {"ok": 3}
    assert Recalculo.objects.count() == 1


@pytest.mark.concurrencia
def test_contactar_mientras_se_mueve_no_rompe_ni_la_cadena_ni_el_plazo(decretado, jefe, camino):
    """The door and the revision take the same locks in the same order."""
    job = pedida(decretado(4), jefe)
    avanzar(job.pk)
    tickets = list(Ticket.objects.order_by("-pk").values_list("pk", flat=True))

    def contactar():
        for pk in tickets:
            tramitar(
                Ticket.objects.get(pk=pk),
                "registrar_contacto",
                Usuario.objects.get(pk=camino.supervisor.pk),
                exito=True,
                medio="telefono",
            )

    def mover():
        barrer()

    assert contar(correr([contactar, mover])) == {"ok": 2}
    barrer()
    assert estado(job) == "TERMINADO"
    assert set(Plazo.objects.filter(codigo="contacto").values_list("estado", flat=True)) == {
        "CUMPLIDO"
    }
    lineas = dict(job.lineas.values_list("plazo_id", "estado"))
    vencen = dict(Plazo.objects.values_list("pk", "vence_en"))
    assert {vencen[pk] == DESPUES for pk, e in lineas.items() if e == "MOVIDO"} <= {True}
    assert {vencen[pk] == DESPUES for pk, e in lineas.items() if e == "IGUAL"} <= {False}
    assert diferencias() == []


# --- in a browser


@pytest.fixture
def sitio(live_server, settings):
    cargar_demo(live_server.url, settings)
    camino = camino_de_camila()
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    hora.fijar(local("2026-11-24 12:00"))
    return live_server.url


def decretar_en_pantalla(page, sitio):
    """The holiday, typed in the calendar's page; it lands on what moves."""
    cl = Calendario.objects.get(codigo="cl")
    page.goto(f"{sitio}/consola/calendario/calendario/{cl.pk}/change/")
    page.get_by_role("button", name="Agregar Feriado").click()
    fila = page.locator("tr.dynamic-feriados").last
    for campo, valor in (("fecha", "25-11-2026"), ("nombre", "Duelo"), ("fuente", "Decreto 1")):
        fila.locator(f"input[name$={campo}]").fill(valor)
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("heading", name="Qué plazos se mueven")).to_be_visible()
    page.get_by_label("Motivo").fill("Decreto 1")
    page.get_by_role("button", name="Mover").click()


def test_del_feriado_al_final_con_la_pagina_que_se_sigue_sola(sitio, browser, page):
    with navegador(browser, sitio, 1280) as page:
        Personal(page, sitio).entrar("admin", CLAVE)
        decretar_en_pantalla(page, sitio)
        avance = page.locator("[data-avance]")
        expect(avance).to_contain_text("En espera")
        expect(page.get_by_role("link", name="Ver cómo va ahora")).to_be_hidden()
        barrer()
        expect(avance).to_contain_text("Terminada")
        expect(page.get_by_role("heading", name="Plazo por plazo")).to_be_visible()


def test_sin_javascript_la_pagina_se_actualiza_con_su_enlace(sitio, browser, page):
    admin = Usuario.objects.get(username="admin")
    cl = Calendario.objects.get(codigo="cl")
    Feriado.objects.create(
        calendario=cl, fecha=date(2026, 11, 25), nombre="Duelo", fuente="Decreto"
    )
    job = pedida(cl, admin)
    contexto = browser.new_context(java_script_enabled=False)
    page = contexto.new_page()
    Personal(page, sitio).entrar("admin", CLAVE)
    page.goto(f"{sitio}/consola/tramitacion/recalculo/{job.pk}/change/")
    expect(page.locator("[data-avance]")).to_contain_text("En espera")
    barrer()
    page.get_by_role("link", name="Ver cómo va ahora").click()
    expect(page.locator("[data-avance]")).to_contain_text("Terminada")
    contexto.close()
