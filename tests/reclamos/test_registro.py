"""The registers as files: their columns, safe cells, and whose complaints leave."""

import csv
import io

import pytest
from openpyxl import load_workbook

from postventa.calendario import hora
from postventa.expedientes.models import CambioMaestro
from tests.consola.conftest import entrar

RECLAMOS, CERRADOS = "/consola/reclamos/reclamo/", "/consola/reclamos/cierre/"
REGISTRO, HOJAS = "registro-de-reclamaciones/", "hojas-para-indecopi/"


@pytest.fixture(autouse=True)
def hoy(caso):
    hora.fijar(caso.ahora)


def en_csv(web, lista=RECLAMOS, archivo=""):
    respuesta = web.post(f"{lista}exportar/{archivo}csv/")
    assert respuesta.status_code == 200
    contenido = b"".join(respuesta.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(contenido), delimiter=";"))


def en_xlsx(web, lista=RECLAMOS, archivo=""):
    respuesta = web.post(f"{lista}exportar/{archivo}xlsx/")
    hoja = load_workbook(io.BytesIO(b"".join(respuesta.streaming_content))).active
    titulos, *filas = hoja.iter_rows(values_only=True)
    return [dict(zip(titulos, fila, strict=True)) for fila in filas]


@pytest.mark.regla("C-04")
@pytest.mark.parametrize("leer", [en_csv, en_xlsx])
def test_registro_trae_los_campos_del_documento_y_los_dos_numeros(caso, leer):
    caso.ingresar("correo", servicio="Venta de lote")
    [fila] = leer(entrar(caso.plantel.legal), archivo=REGISTRO)
    esperado = {
        "Código": "CAP-20261126-01",
        "N° de Ingreso": "0001-2026",
        "Canal": "Correo electrónico",
        "Origen": "Externa",
        "Tipo": "Reclamo",
        "Servicio afectado": "Venta de lote",
        "Motivo": "El lote entregado no es el del contrato",
        "Tipología": "metraje",
        "Receptor": "Vendedora",
        "Reclamante": "Rosa Chunga Silva",
        "Documento": "DNI 40123456",
        "Teléfono": "'+51 969 111 222",
        "Descripción": "Al medir el lote con el topógrafo faltan 12 metros cuadrados.",
        "Ocurrió": "2026-11-20",
    }
    assert esperado.items() <= fila.items()
    assert not fila["Cierre"]


@pytest.mark.regla("C-04", "C-14")
def test_registro_trae_conclusiones_y_cierre(caso):
    caso.respondida().tramitar("conformar", caso.cliente).archivar()
    [fila] = en_csv(entrar(caso.plantel.legal), archivo=REGISTRO)
    assert fila["Conclusiones"] == "conclusiones del caso"
    assert fila["Cierre"] == "2026-11-26 11:00"


@pytest.mark.regla("C-14", "C-18", "C-21")
@pytest.mark.parametrize("leer", [en_csv, en_xlsx])
def test_cerrados_trae_como_termino_y_lo_que_se_agrego(caso, casos, leer):
    caso.respondida().tramitar("conformar", caso.cliente).archivar()
    filas = leer(entrar(caso.plantel.gerente), CERRADOS)
    esperado = {
        "Código": "CAP-20261126-01",
        "N° de Ingreso": "0001-2026",
        "Cómo terminó": "Conforme",
        "Cerró": "Legal",
        "Lecciones aprendidas": "lecciones del caso",
        "Propuestas de mejora": "propuestas del caso",
    }
    assert esperado.items() <= filas[0].items()


def test_lista_de_cerrados_dice_lo_pendiente_y_no_se_edita(caso):
    caso.respondida().tramitar("conformar", caso.cliente).archivar()
    web = entrar(caso.plantel.administrador)
    pagina = web.get(CERRADOS).content.decode()
    assert "CAP-20261126-01" in pagina
    assert "Completo" in pagina
    cierre = caso.releer().cierre
    assert web.get(f"{CERRADOS}{cierre.pk}/change/").status_code == 302
    assert web.post(f"{CERRADOS}{cierre.pk}/change/", {"lecciones": "x"}).status_code == 405
    assert web.get(f"{CERRADOS}add/").status_code == 403


@pytest.mark.parametrize("leer", [en_csv, en_xlsx])
def test_indecopi_trae_las_hojas_y_lo_respondido(caso, casos, leer):
    caso.respondida(pedido="Que se mida otra vez", monto=1200)
    casos().recibir("carta", es_consumidor=False)
    [fila] = leer(entrar(caso.plantel.legal), archivo=HOJAS)
    esperado = {
        "Proveedor": "CAPERA S.A.C.",
        "Establecimiento": "Caseta de Piura",
        "Consumidor": "Rosa Chunga Silva",
        "Motivo": "El lote entregado no es el del contrato",
        "Pedido": "Que se mida otra vez",
        "Tipo": "Reclamo",
        "Observaciones y acciones del proveedor": "En cuanto a su ingreso 0001-2026: se rectifica.",
        "N° de Ingreso": "0001-2026",
    }
    assert esperado.items() <= fila.items()
    assert (str(fila["N° de hoja"]), float(fila["Monto reclamado"])) == ("1", 1200)
    assert str(fila["Respuesta"]).startswith("2026-11-26 11:00")


@pytest.mark.parametrize("leer", [en_csv, en_xlsx])
@pytest.mark.parametrize("archivo", [REGISTRO, HOJAS])
def test_ninguna_celda_es_una_formula(caso, leer, archivo):
    """TM-28."""
    formula = '=HYPERLINK("http://malo.example")'
    caso.cliente.nombre = formula
    caso.cliente.save()
    caso.recibir("correo", servicio="+1", pedido="@x", domicilio="-1", hechos="\t=1+1")
    [fila] = leer(entrar(caso.plantel.legal), archivo=archivo)
    escritos = [v for v in fila.values() if isinstance(v, str)]
    assert f"'{formula}" in escritos
    assert not [v for v in escritos if v.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("archivo", ["", REGISTRO, HOJAS])
def test_aludido_no_saca_lo_que_trata_de_el_ni_otra_empresa_nada(caso, casos, jefe, archivo):
    caso.recibir("correo", aludidos=[caso.plantel.gerente])
    casos().recibir("correo")
    assert [f["Código"] for f in en_csv(entrar(caso.plantel.gerente), archivo=archivo)] == [
        "CAP-20261126-02"
    ]
    assert len(en_csv(entrar(caso.plantel.gerenta), archivo=archivo)) == 2
    assert en_csv(entrar(jefe), archivo=archivo) == []


def test_aludido_no_ve_su_cierre(caso):
    caso.ingresar(aludidos=[caso.plantel.gerente]).admitir()
    caso.tramitar("analizar", caso.plantel.jefa_obra).cumplir().responder()
    caso.tramitar("conformar", caso.cliente).archivar()
    assert en_csv(entrar(caso.plantel.gerente), CERRADOS) == []
    assert len(en_csv(entrar(caso.plantel.gerenta), CERRADOS)) == 1


@pytest.mark.parametrize("archivo", [REGISTRO, HOJAS])
def test_trabajador_no_exporta_y_lo_que_sale_queda_escrito(caso, archivo):
    caso.recibir("correo")
    web = entrar(caso.plantel.vendedora)
    assert "Exportar" not in web.get(RECLAMOS).content.decode()
    assert web.post(f"{RECLAMOS}exportar/{archivo}csv/").status_code == 403
    en_csv(entrar(caso.plantel.legal), archivo=archivo)
    [cambio] = CambioMaestro.objects.filter(accion="exportar")
    assert cambio.detalle["filas"] == ["", 1]
    assert cambio.detalle["archivo"][1] in ("Registro de reclamaciones", "Hojas para Indecopi")


def test_archivo_que_no_existe_es_404(caso):
    web = entrar(caso.plantel.legal)
    assert web.post(f"{RECLAMOS}exportar/otro/csv/").status_code == 404
    assert web.post(f"{RECLAMOS}exportar/{REGISTRO}pdf/").status_code == 404
    assert web.get(f"{RECLAMOS}exportar/{REGISTRO}csv/").status_code == 405


@pytest.mark.parametrize(("archivo", "preguntas"), [(REGISTRO, 16), (HOJAS, 17)])
def test_muchas_filas_no_piden_mas_preguntas(
    caso, casos, archivo, preguntas, django_assert_num_queries
):
    for _ in range(2):
        casos().respondida()
    web = entrar(caso.plantel.legal)
    with django_assert_num_queries(preguntas):
        en_csv(web, archivo=archivo)
    casos().respondida()
    with django_assert_num_queries(preguntas):
        en_csv(web, archivo=archivo)
