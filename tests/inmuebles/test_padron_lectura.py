"""Reading a spreadsheet: any reasonable shape comes in, nothing hostile does."""

import io
import zipfile
from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.inmuebles.manos import ENCABEZADO, csv_de, rut, xlsx_de
from tickets.inmuebles.padron import hoja
from tickets.inmuebles.padron.columnas import COLUMNAS, columna_de
from tickets.inmuebles.padron.filas import interpretar, leer_fecha, limpiar
from tickets.inmuebles.padron.limites import ArchivoEnorme, ArchivoIlegible
from tickets.inmuebles.padron.tabla import leer

FILA = "p1;Torre Ñ 1;12.345.678-5;Íñigo Peña;a@b.cl;9 1111 2222;;;20-06-2024;;"
PROYECTOS = {"p1": 7}
RECEPCION = datetime.fromisoformat("2023-03-14")


def unica(nombre, contenido):
    (par,) = leer(nombre, contenido).filas
    return par


@pytest.mark.parametrize("codigo", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("separador", [";", ",", "\t"])
def test_csv_de_cualquier_codigo_y_separador(codigo, separador):
    texto = csv_de(FILA).decode().replace(";", separador)
    numero, celdas = unica("x.csv", texto.encode(codigo))
    assert (numero, celdas["nombre"], celdas["entrega_el"]) == (2, "Íñigo Peña", "20-06-2024")


def test_comas_dentro_de_comillas_no_engañan_al_separador():
    contenido = b'Proyecto;Unidad;"Correo, de contacto"\np1;"Torre B; depto, 1";x'
    tabla = leer("x.csv", contenido)
    assert tabla.filas == [(2, {"proyecto": "p1", "unidad": "Torre B; depto, 1"})]
    assert tabla.sobran == ["Correo, de contacto"]


@pytest.mark.parametrize(
    ("escrito", "clave"),
    [
        ("RECEPCION DEFINITIVA", "recepcion_definitiva_el"),
        (" recepción   definitiva ", "recepcion_definitiva_el"),
        ("E-Mail", "correo"),
        ("R.U.T.", "documento"),
        ("dueno desde", "desde"),
        ("Fono", "telefono"),
        ("inscripcion_el", "inscripcion_el"),
        ("observaciones", None),
    ],
)
def test_encabezado_con_o_sin_acentos_y_mayusculas(escrito, clave):
    assert columna_de(escrito) == clave


@given(st.sampled_from(COLUMNAS), st.data())
def test_todo_titulo_se_reconoce_como_sea_que_se_escriba(columna, data):
    letras = [data.draw(st.sampled_from([c.upper(), c.lower()])) for c in columna.titulo]
    assert columna_de(f" {''.join(letras)} ") == columna.clave


def test_ningun_nombre_sirve_a_dos_columnas():
    nombres = [n for c in COLUMNAS for n in c.otros | {c.clave}]
    assert len(nombres) == len(set(nombres))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_fecha_se_lee_en_todas_sus_formas(fecha):
    formas = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y-%m-%d 00:00:00", "%Y/%m/%d"]
    assert {leer_fecha(fecha.strftime(f)) for f in formas} == {fecha}
    assert leer_fecha(f"{fecha.day}/{fecha.month}/{fecha.year}") == fecha


@given(st.integers(20_000, 80_000))
def test_numero_de_dia_de_excel_es_una_fecha(serie):
    assert leer_fecha(str(serie)) == date(1899, 12, 30) + timedelta(days=serie)


@given(st.text(max_size=30))
def test_leer_fecha_nunca_falla(texto):
    assert leer_fecha(texto) is None or isinstance(leer_fecha(texto), date)


@pytest.mark.parametrize(
    "texto", ["09-06-24", "06/31/2024", "31-04-2024", "9-6", "hoy", "0", "09-06/2024", "1-1-0001"]
)
def test_lo_que_no_es_una_fecha_clara_no_se_adivina(texto):
    assert leer_fecha(texto) is None


@given(st.integers(1_000_000, 99_999_999))
def test_rut_se_lee_con_puntos_sin_ellos_y_con_espacios(n):
    cuerpo = rut(n % 5_000_000)
    con_puntos = f"{int(cuerpo[:-2]):,}".replace(",", ".") + cuerpo[-2:]
    for forma in (cuerpo, con_puntos, cuerpo.replace("-", ""), f" {con_puntos.lower()} "):
        celdas = {"proyecto": "p1", "unidad": "1", "documento": forma}
        fila, motivos = interpretar(2, celdas, PROYECTOS)
        assert (fila.documento, motivos) == (cuerpo, [])


@given(st.dictionaries(st.sampled_from([c.clave for c in COLUMNAS]), st.text(max_size=520)))
def test_interpretar_rechaza_o_lee_y_nunca_falla(celdas):
    fila, motivos = interpretar(2, celdas, PROYECTOS)
    assert motivos or (fila.proyecto_id == 7 and fila.unidad)
    assert all(m.endswith((".", "cl", "2222", "12.345.678-5")) for m in motivos)


@given(st.text(max_size=60))
def test_limpiar_deja_una_linea_visible_y_es_estable(texto):
    limpio = limpiar(texto)
    assert limpio.isprintable()
    assert limpio == limpio.strip()


def test_xlsx_trae_fechas_numeros_y_textos():
    contenido = xlsx_de(
        ("p1", 704, 123456785, "Íñigo Peña", "a@b.cl", 56911112222, RECEPCION, None,
         date(2024, 6, 20), 45452.0, None),
    )  # fmt: skip
    fila, motivos = interpretar(*unica("x.xlsx", contenido), PROYECTOS)
    assert motivos == []
    assert (fila.unidad, fila.documento, fila.telefono) == ("704", "12345678-5", "56911112222")
    assert (fila.recepcion_definitiva_el, fila.entrega_el, fila.desde) == (
        date(2023, 3, 14),
        date(2024, 6, 20),
        date(2024, 6, 9),
    )


def test_xlsx_vacio_por_medio_conserva_el_numero_de_fila():
    contenido = xlsx_de((), ("p1", "A"), (), ("p1", "B"))
    assert [(n, c["unidad"]) for n, c in leer("x.XLSX", contenido).filas] == [(3, "A"), (5, "B")]


# --- what goes out

FORMULAS = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "\rx", "\0x"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_ninguna_celda_que_sale_es_una_formula(formula):
    hojas = [("Hoja", [["Título"], [formula]])]
    assert f"'{formula[0]}" in hoja.escribir("csv", hojas).decode("utf-8-sig")
    celda = load_workbook(io.BytesIO(hoja.escribir("xlsx", hojas))).active["A2"]
    assert (celda.data_type, celda.value[:1], celda.number_format) == ("s", "'", "@")


@given(st.text(max_size=40))
def test_lo_que_sale_vuelve_a_entrar_igual(texto):
    assert hoja.sin_comilla(hoja.segura(texto)) == texto or texto.startswith("'")
    assert not hoja.segura(texto).startswith(hoja.FORMULA)


def test_nombre_con_formula_entra_como_texto():
    celdas = {"proyecto": "p1", "unidad": "1", "documento": rut(1), "nombre": "=cmd|calc"}
    assert interpretar(2, celdas, PROYECTOS)[0].nombre == "=cmd|calc"


# --- what does not come in


def rechazo(nombre, contenido):
    with pytest.raises((ArchivoIlegible, ArchivoEnorme)) as error:
        leer(nombre, contenido)
    return error.value.status, error.value.mensaje


@pytest.mark.parametrize(
    ("nombre", "contenido", "status", "dice"),
    [
        ("x.csv", b"", 422, "está vacío"),
        ("x.csv", b"\n \n", 422, "está vacío"),
        ("x.csv", ENCABEZADO.encode(), 422, "solo tiene el encabezado"),
        ("x.csv", b"a;b\n1;2", 422, "Falta la columna «Proyecto» y la columna «Unidad»"),
        ("x.csv", b"proyecto;unidad;RUT;documento\n1;2;3;4", 422, "Hay dos columnas para «RUT"),
        ("x.csv", b"proyecto;unidad\n\0;1", 422, "no es un CSV"),
        ("x.csv", b";".join([b"x"] * 61) + b"\n1", 422, "más de 60 columnas"),
        ("x.csv", b"proyecto;unidad\n" + b"1;1\n" * 20_001, 413, "más de 20.000 filas"),
        ("x.csv", b"x" * (10 * 1024 * 1024 + 1), 413, "pesa más de 10 MB"),
        ("x.csv", b"proyecto;unidad\n1;" + b"x" * 140_000, 422, "cerca de la línea"),
        ("x.pdf", b"%PDF", 422, "Solo leemos archivos XLSX y CSV"),
        ("x.xls", b"\xd0\xcf\x11\xe0", 422, "Solo leemos archivos XLSX y CSV"),
        ("x.xlsm", b"PK", 422, "macros"),
        ("x.xlsx", b"PK\x03\x04nada", 422, "dañada o incompleta"),
        ("x.xlsx", b"no es zip", 422, "dañada o incompleta"),
        ("sin_extension", b"x", 422, "Solo leemos"),
    ],
)  # fmt: skip
def test_archivo_que_no_sirve_dice_que_hacer(nombre, contenido, status, dice):
    assert rechazo(nombre, contenido)[0] == status
    assert dice in rechazo(nombre, contenido)[1]


def rehacer(cambios=None, bueno=None):
    """A good XLSX with some of its parts replaced or added."""
    salida, partes = io.BytesIO(), {}
    with zipfile.ZipFile(io.BytesIO(bueno or xlsx_de(("p1", "A")))) as viejo:
        partes = {n: viejo.read(n) for n in viejo.namelist()}
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as nuevo:
        for nombre, datos in {**partes, **(cambios or {})}.items():
            nuevo.writestr(nombre, datos)
    return salida.getvalue()


def test_rehacer_sin_cambios_se_lee():
    assert unica("x.xlsx", rehacer()) == (2, {"proyecto": "p1", "unidad": "A"})


def muchas(celdas, marco="<worksheet><sheetData><row>{}</row></sheetData></worksheet>"):
    return marco.format("<c/>" * celdas).encode()


DTD = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<worksheet>&b;</worksheet>"
)


@pytest.mark.parametrize(
    ("cambios", "dice"),
    [
        ({"xl/media/a.bin": b"\0" * (65 * 1024 * 1024)}, "demasiado grande por dentro"),
        ({f"a/{n}.bin": b"x" for n in range(501)}, "demasiado grande por dentro"),
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/worksheets/sheet1.xml": DTD}, "dañada o incompleta"),
        ({"xl/sharedStrings.xml": DTD}, "dañada o incompleta"),
        ({"xl/workbook.xml": DTD.decode().encode("utf-16")}, "dañada o incompleta"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}, "dañada o incompleta"),
        ({"xl/worksheets/sheet1.xml": b" " * 70_000 + DTD}, "dañada o incompleta"),
        ({"xl/media/imagen.png": DTD}, "dañada o incompleta"),
        ({"xl/worksheets/hoja.dat": muchas(5)}, "dañada o incompleta"),
        ({"xl/worksheets/sheet1.xml": muchas(100_001)}, "demasiado grande por dentro"),
        ({"xl/sharedStrings.xml": muchas(100_001, "<sst><si>{}</si></sst>")}, "por dentro"),
        ({"xl/styles.xml": muchas(2_000_001, "<styleSheet>{}</styleSheet>")}, "por dentro"),
    ],
)
def test_xlsx_hostil_no_se_abre(cambios, dice):
    status, mensaje = rechazo("x.xlsx", rehacer(cambios))
    assert (status, dice in mensaje) == (422, True)


def test_xlsx_de_14_millones_de_celdas_se_rechaza_sin_armarlas():
    """60 kB that took two minutes and 4 GB to be read."""
    contenido = rehacer({"xl/worksheets/sheet1.xml": muchas(14_000_000)})
    assert len(contenido) < 100_000
    with patch("tickets.inmuebles.padron.libro.load_workbook") as abrir:
        assert "demasiado grande por dentro" in rechazo("x.xlsx", contenido)[1]
    assert not abrir.called


def test_xlsx_ancho_y_con_imagen_no_choca_con_el_freno():
    """Rows as wide as allowed, and an image beside them, are a plain spreadsheet."""
    titulos = ";".join(["Proyecto", "Unidad", *(f"Extra {n}" for n in range(58))])
    bueno = xlsx_de(*[("p1", f"Casa {n}", *["x"] * 58) for n in range(300)], encabezado=titulos)
    leida = leer("x.xlsx", rehacer({"xl/media/imagen.png": b"\x89PNG\r\n\x1a\n"}, bueno))
    assert len(leida.filas) == 300


def test_xlsx_con_clave_lo_dice():
    contenido = bytearray(rehacer())
    for firma, donde in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        desde = -1
        while (desde := contenido.find(firma, desde + 1)) >= 0:
            contenido[desde + donde] |= 1
    assert "tiene clave" in rechazo("x.xlsx", bytes(contenido))[1]


def test_hoja_con_una_fila_en_el_fondo_no_se_recorre_entera():
    libro = Workbook()
    libro.active.append(["Proyecto", "Unidad"])
    libro.active.cell(1_048_576, 1, "p1")
    salida = io.BytesIO()
    libro.save(salida)
    assert "demasiadas filas" in rechazo("x.xlsx", salida.getvalue())[1]


@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.xlsx"]))
def test_bytes_cualquiera_se_leen_o_se_rechazan_con_palabras(contenido, nombre):
    try:
        dice = f"{leer(nombre, contenido).filas[0][0]} es su primera fila."
    except (ArchivoIlegible, ArchivoEnorme) as error:
        dice = error.mensaje
    assert dice.endswith(".")
