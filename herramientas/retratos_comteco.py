"""COMTECO's story for the manual's pictures: from the hall's door to the desk that attends."""

import re

from retratos_gente import CELULAR, ESCRITORIO, Personal
from retratos_icalma import poner_hora


def contar(chromium, sitio):
    poner_hora("2026-12-09T10:15")
    informes = Personal(chromium, sitio, ESCRITORIO)
    informes.entrar("informes")
    recibir(informes)
    asesora = Personal(chromium, sitio, ESCRITORIO)
    asesora.entrar("asesora")
    atender(asesora, Personal(chromium, sitio, CELULAR))
    jefatura = Personal(chromium, sitio, ESCRITORIO)
    jefatura.entrar("jefa_plataforma")
    jefatura.ir("/consola/sala/indicador/")
    jefatura.retratar("comteco-indicador")
    mirar_el_panel(Personal(chromium, sitio, ESCRITORIO))


def recibir(informes):
    """Three people: the second one's number is shown."""
    for n in (1, 2, 3):
        informes.ir("/consola/sala/?q=traslado")
        informes.abrir(re.compile("Traslado de servicios"))
        informes.escribir("Referencia de la consulta", f"SF-{n:03d}")
        informes.marcar("^Cumple los requisitos y no")
        if n == 2:
            informes.retratar("comteco-recepcion")
        informes.pulsar("Entregar la ficha, o decirle lo que falta")
        if n == 2:
            informes.retratar("comteco-ficha")


def atender(asesora, cliente):
    """One is attended and answers on a telephone; the next one is called."""
    from comteco.recepcion.models import Ficha

    asesora.ir("/consola/sala/mesones/")
    asesora.retratar("comteco-mesones")
    asesora.ir("/consola/sala/meson/")
    pulsar = asesora.page.get_by_role
    pulsar("button", name=re.compile("^Siguiente")).click()
    pulsar("button", name=re.compile("^Llegó")).click()
    pulsar("button", name=re.compile("^Terminar y llamar")).click()
    asesora.retratar("comteco-meson")
    cliente.ir(f"/comteco/sala/ficha/{Ficha.objects.get(numero=1).publico}/")
    cliente.retratar("comteco-encuesta")
    cliente.pulsar("Sí")
    cliente.page.get_by_text("Gracias por su respuesta").wait_for()


def mirar_el_panel(television):
    from comteco.recepcion import llaves
    from comteco.recepcion.models import SalaDeEspera
    from postventa.calendario import hora

    llave = llaves.dar(SalaDeEspera.objects.get(), hora.ahora())
    television.ir(f"/comteco/sala/panel/{llave}/")
    television.retratar("comteco-panel")
