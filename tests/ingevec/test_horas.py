"""`horas` prints the hours of a call as JSON, or why there are none, or what is wrong."""

import json
from io import StringIO

import pytest
from django.core.management import base

from tickets.ingevec.management.commands.horas import Command

CALL = "2026-11-23T10:15"


@pytest.fixture(autouse=True)
def conexion(monkeypatch):
    # A command closes its connection when it ends; here it is the test's own.
    monkeypatch.setattr(base.connections, "close_all", lambda: None)


def ejecutar(*argumentos):
    """Exit status, standard output and standard error of the command, as a shell would see them."""
    salida, errores = StringIO(), StringIO()
    comando = Command(stdout=salida, stderr=errores, no_color=True)
    try:
        comando.run_from_argv(["manage.py", "horas", *argumentos])
    except SystemExit as fin:
        return fin.code, salida.getvalue(), errores.getvalue()
    return 0, salida.getvalue(), errores.getvalue()


def lineas(*argumentos):
    estado, salida, errores = ejecutar("ingevec-demo", *argumentos)
    assert (estado, errores) == (0, "")
    return [json.loads(linea) for linea in salida.splitlines()]


@pytest.mark.regla("G-03", "G-07", "G-08")
def test_una_linea_por_hora(pauta):
    filas = lineas("--desde", CALL)
    assert filas[0] == {
        "inicio": "2026-11-25T09:00:00-03:00",
        "fin": "2026-11-25T09:45:00-03:00",
        "inspector": "ing_inspector",
    }
    assert len(filas) == 10


@pytest.mark.parametrize(
    "desde", ["2026-11-23T23:30", "2026-11-23T23:30:00-03:00", "2026-11-24T02:30Z"]
)
def test_sin_desfase_es_la_hora_del_proyecto(pauta, desde):
    filas = lineas("--desde", desde, "--dia", "martes")
    assert {f["inicio"][:10] for f in filas} == {"2026-11-24"}


def test_en_otra_zona_habla_con_su_desfase(pauta):
    pauta.proyecto.zona_propia = "America/Punta_Arenas"
    pauta.proyecto.save()
    assert lineas("--desde", "2026-07-06T10:00")[0]["inicio"] == "2026-07-08T09:00:00-03:00"


@pytest.mark.regla("G-08")
@pytest.mark.parametrize("dia", ["miercoles", "miércoles", "Miércoles", "MIERCOLES"])
def test_otro_dia_de_la_semana(pauta, dia):
    type(pauta).objects.update(dia=0)
    assert lineas("--desde", CALL, "--dia", dia)[0]["inicio"] == "2026-11-25T09:00:00-03:00"


@pytest.mark.regla("G-03")
def test_sin_horas_un_objeto_con_la_excepcion_y_las_alternativas(pauta):
    [objeto] = lineas("--desde", "2026-12-03T10:00", "--dia", "martes")
    assert set(objeto) == {"excepcion", "alternativas"}
    assert "el martes 8 de diciembre es feriado (Inmaculada Concepción)" in objeto["excepcion"]
    otro_dia, despues = objeto["alternativas"].values()
    assert list(objeto["alternativas"]) == ["otro_dia", "fuera_de_plazo"]
    assert otro_dia[0]["inicio"] == "2026-12-04T09:00:00-03:00"
    assert {f["inicio"][:10] for f in despues} == {"2026-12-15"}


@pytest.mark.regla("G-12")
def test_horas_de_trabajos(pauta):
    filas = lineas("--desde", "2026-11-25T09:40", "--tipo", "trabajo")
    assert [(f["inicio"][5:16], f["inspector"]) for f in filas[:4]] == [
        ("11-26T09:00", "ing_maestro"),
        ("11-26T09:00", "ing_inspector"),
        ("11-26T14:00", "ing_maestro"),
        ("11-26T14:00", "ing_inspector"),
    ]
    assert filas[-1]["fin"] == "2026-12-24T17:00:00-03:00"


def test_lo_tomado_no_sale(pauta, ocupar):
    ocupar("2026-11-25 09:00")
    assert lineas("--desde", CALL)[0]["inicio"] == "2026-11-25T09:45:00-03:00"


def test_anio_sin_feriados_se_advierte(pauta):
    estado, salida, errores = ejecutar("ingevec-demo", "--desde", "2026-12-30T10:00")
    assert (estado, len(salida.splitlines())) == (0, 10)
    assert errores.startswith("Advertencia: no hay feriados cargados de 2027")


@pytest.mark.parametrize(
    ("argumentos", "dice"),
    [
        (("nada", "--desde", CALL), "No existe el proyecto «nada»; hay ingevec-demo."),
        (("sin-pauta", "--desde", CALL), "no tiene pauta de visitas"),
        (("ingevec-demo", "--desde", "ayer"), "No se entiende «ayer»"),
        (("ingevec-demo", "--desde", "2026-13-01"), "No se entiende «2026-13-01»"),
        (("ingevec-demo", "--desde", "2026-09-06T00:30"), "no existe en America/Santiago"),
        (("ingevec-demo", "--desde", "1899-01-01T10:00"), "fuera del rango"),
        (("ingevec-demo", "--desde", "1900-01-01T10:00:00Z"), "fuera del rango"),
        (("ingevec-demo", "--desde", CALL, "--dia", "sábado"), "--dia va de lunes a viernes"),
        (("ingevec-demo", "--desde", CALL, "--dia", "domingo"), "--dia va de lunes a viernes"),
        (("ingevec-demo", "--desde", CALL, "--dia", "3"), "--dia va de lunes a viernes"),
        (("ingevec-demo", "--desde", CALL, "--tipo", "paseo"), "No existe el tipo «paseo»"),
        (("ingevec-demo",), "Opciones incorrectas (falta --desde)"),
        ((), "Opciones incorrectas (falta proyecto, --desde)"),
        (("ingevec-demo", "--desde"), "Opciones incorrectas (falta el valor de --desde)"),
        (("ingevec-demo", "--desde", CALL, "--sede", "x"), "(no existe --sede x)"),
    ],
)
def test_lo_que_esta_mal_se_dice_en_una_linea(pauta, edificio, argumentos, dice, capsys):
    type(edificio).objects.create(empresa=edificio.empresa, codigo="sin-pauta", nombre="Nuevo")
    estado, salida, errores = ejecutar(*argumentos)
    assert (estado, salida) == (2, "")
    assert dice in errores
    assert errores.startswith("Error: ")
    assert len(errores.splitlines()) == 1


def test_sin_ningun_proyecto_se_dice(db):
    estado, _, errores = ejecutar("ingevec-demo", "--desde", CALL)
    assert (estado, errores) == (2, "Error: No existe el proyecto «ingevec-demo»; hay ninguno.\n")
