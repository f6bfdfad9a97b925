"""CAPERA's pages of the staff in a real browser: nothing for axe to find, at both widths."""

import re
from types import SimpleNamespace

import pytest

from postventa.calendario import hora
from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Cliente, Rol
from reclamos.models import Causa
from tests.reclamos.conftest import Caso, persona
from tests.servicios.actores import CLAVE, Personal, foto

pytestmark = pytest.mark.django_db(transaction=True)

RECEPCION = "/consola/capera/recepcion/"
CASO = "/consola/reclamos/reclamo/{}/change/"


@pytest.fixture
def caso(sitio):
    """A complaint of the demo's company, walked by the demo's own people."""
    empresa = Empresa.objects.get(codigo="capera")
    sede, _ = Sede.objects.get_or_create(
        empresa=empresa, codigo="caseta-de-prueba", defaults={"nombre": "Caseta de prueba"}
    )
    cliente, _ = Cliente.objects.get_or_create(
        empresa=empresa, tipo_documento="DNI", numero="41234567",
        defaults={"nombre": "Rosa Chunga Silva", "correo": "rosa@correo.example"},
    )  # fmt: skip
    plantel = SimpleNamespace(
        vendedora=persona("vendedora-de-prueba", empresa, Rol.TRABAJADOR),
        legal=persona("legal-de-prueba", empresa, Rol.LEGAL),
        jefa_obra=persona("jefa-de-prueba", empresa, Rol.TRABAJADOR),
        gerente=persona("gerente-de-prueba", empresa, Rol.GERENTE),
        administrador=persona("admin-de-prueba", empresa, Rol.ADMINISTRADOR),
    )
    for usuario in vars(plantel).values():
        usuario.set_password(CLAVE)
        usuario.save()
    Causa.objects.get_or_create(empresa=empresa, nombre="Planos sin revisar")
    suyo = Caso(sede, cliente, plantel)
    suyo.ahora = hora.ahora()
    return suyo


def entra(consola, quien):
    consola.page.context.clear_cookies()
    Personal(consola.page, consola.sitio).entrar(quien.username, CLAVE)


def leer_caso(consola, caso, *pestanas):
    """Its page, each of its tabs, and each of its forms open."""
    url = CASO.format(caso.reclamo.pk)
    consola.ir(url, f"{caso.reclamo.estado}, la ficha")
    abiertos = consola.page.locator("#verbos a")
    verbos = [(a.inner_text(), a.get_attribute("href")) for a in abiertos.all()]
    for palabras, destino in verbos:
        consola.ir(destino, f"{caso.reclamo.estado}, {palabras}")
    for pestana in pestanas:
        consola.ir(f"{url}?ver={pestana}", f"{caso.reclamo.estado}, {pestana}")


def test_recepcion_en_cada_estado(consola, caso):
    page = consola.page
    entra(consola, caso.plantel.vendedora)
    consola.ir(RECEPCION, "nadie todavía")
    consola.ir(f"{RECEPCION}?q=nadie", "ninguna hallada")
    consola.ir(f"{RECEPCION}nueva/", "de una persona nueva")
    consola.enviar(re.compile("^Guardar"), "con errores")
    page.get_by_label("Nombre completo").fill("Marisol Vilela Ruiz")
    page.locator("input[name=numero]").fill("41234568")
    page.locator("input[name=telefono]").fill("969 333 444")
    page.get_by_label("Carta formal o documento escrito").check()
    page.locator("select[name=sede]").select_option(label=str(caso.sede))
    page.locator("input[name=clase]").first.check()
    page.locator("input[name=motivo]").fill("El lote no es el del contrato")
    page.locator("textarea[name=hechos]").fill("Al medirlo faltan 12 metros.")
    page.locator("[name=bien]").select_option("producto")
    page.locator("input[name=ocurrio_el]").fill("2026-11-20")
    page.locator("input[name=lugar]").fill("Los Algarrobos")
    page.locator("input[type=file]").set_input_files([foto()])
    consola.enviar(re.compile("^Guardar"), "guardada")
    page.get_by_role("link", name="Ver el caso").click()
    consola.leer("la ficha con su foto")
    page.get_by_text("Agregar fotos o PDF").click()
    consola.leer("agregar archivos")
    page.locator("#fotos").set_input_files(
        [{"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"hola"}]
    )
    consola.enviar("Agregar al caso", "un archivo que no entra")


def test_ficha_de_cada_quien_y_sus_formularios(consola, caso):
    caso.ingresar("carta").admitir()
    entra(consola, caso.plantel.legal)
    leer_caso(consola, caso, "cierre", "plazos", "correos", "documentos", "historial")
    caso.tramitar("analizar", caso.plantel.jefa_obra)
    entra(consola, caso.plantel.jefa_obra)
    leer_caso(consola, caso)
    caso.cumplir().tramitar("pedir_visado", caso.plantel.jefa_obra, **caso.texto())
    entra(consola, caso.plantel.gerente)
    leer_caso(consola, caso)


def test_cierre_registro_y_mejora(consola, caso):
    caso.respondida()
    entra(consola, caso.plantel.legal)
    leer_caso(consola, caso)
    caso.tramitar("conformar", caso.cliente)
    leer_caso(consola, caso)
    caso.archivar()
    leer_caso(consola, caso, "cierre")
    for lista in ("reclamo", "cierre", "mejora", "causa", "causa/add"):
        consola.ir(f"/consola/reclamos/{lista}/", lista)
    consola.ir("/consola/datos/", "datos")


def test_empresa_con_sus_establecimientos(consola, caso):
    entra(consola, caso.plantel.administrador)
    consola.ir("/consola/", "hoy, falta el RUC")
    consola.ir(f"/consola/empresas/empresa/{caso.sede.empresa_id}/change/", "la empresa")
    consola.page.locator("#id_tributario").fill("20131312956")
    consola.enviar("Guardar", "un RUC errado")
