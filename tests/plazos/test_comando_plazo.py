"""`plazo` computes and explains a term of the companies' own policies, or says why not."""

import json
from io import StringIO

import pytest
from django.core.management import base

from postventa.calendario.carga import cargar
from postventa.calendario.models import Calendario, Feriado, Jornada
from postventa.empresas.models import Empresa, Sede
from postventa.plazos.management.commands.plazo import Command
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion.siembra import sembrar

pytestmark = pytest.mark.django_db

LUNES = "2026-11-23T10:15"


@pytest.fixture(autouse=True)
def empresas(monkeypatch):
    """The four companies with their policies, as a new installation has them."""
    cargar(2026, 2027)
    sembrar()
    # A command closes its connection when it ends; here it is the test's own.
    monkeypatch.setattr(base.connections, "close_all", lambda: None)


@pytest.fixture
def austral():
    """A project of Icalma where the clocks never change."""
    return Sede.objects.create(
        empresa=Empresa.objects.get(codigo="icalma"),
        codigo="austral",
        nombre="Condominio Austral",
        zona_propia="America/Punta_Arenas",
    )


@pytest.fixture
def morro():
    """A project of Icalma in Arica, with its own holiday and its own hours."""
    return Sede.objects.create(
        empresa=Empresa.objects.get(codigo="icalma"),
        codigo="morro",
        nombre="Edificio Morro",
        calendario_propio=Calendario.objects.get(codigo="cl-arica"),
        jornada_propia=Jornada.objects.get(codigo="ingevec-trabajos"),
    )


def ejecutar(*argumentos):
    """Exit status, standard output and standard error of the command, as a shell would see them."""
    salida, errores = StringIO(), StringIO()
    comando = Command(stdout=salida, stderr=errores, no_color=True)
    try:
        comando.run_from_argv(["manage.py", "plazo", *argumentos])
    except SystemExit as fin:
        return fin.code, salida.getvalue(), errores.getvalue()
    return 0, salida.getvalue(), errores.getvalue()


def calculado(*argumentos):
    estado, salida, errores = ejecutar(*argumentos)
    assert estado == 0, errores
    assert all(linea.startswith("Advertencia: ") for linea in errores.splitlines())
    return json.loads(salida)


def vence(*argumentos):
    return calculado(*argumentos)["vence"]


# The documents' own terms


@pytest.mark.regla("I-07")
def test_el_objeto_entero():
    assert calculado("icalma", "contacto", LUNES) == {
        "desde": "2026-11-23T10:15:00-03:00",
        "inicio_efectivo": "2026-11-23T10:15:00-03:00",
        "vence": "2026-11-25T10:15:00-03:00",
        "vence_utc": "2026-11-25T13:15:00Z",
        "feriados_saltados": [],
        "explicacion": (
            "El plazo es de 48 horas hábiles, es decir, 2 días hábiles. "
            "Se cuenta desde el lunes 23 de noviembre, a las 10:15. "
            "No se cuentan sábados, domingos ni feriados. "
            "Vence a más tardar el miércoles 25 de noviembre, a las 10:15."
        ),
    }


def test_un_ingreso_en_sabado_dice_su_inicio_efectivo():
    respuesta = calculado("icalma", "contacto", "2026-11-28T11:00")
    assert respuesta["desde"] == "2026-11-28T11:00:00-03:00"
    assert respuesta["inicio_efectivo"] == "2026-11-30T08:00:00-03:00"
    assert respuesta["vence"] == "2026-12-02T08:00:00-03:00"


@pytest.mark.regla("I-11")
def test_72_horas_despues_de_la_inspeccion():
    assert vence("icalma", "coordinar_trabajo", "2026-10-06T16:00") == "2026-10-09T16:00:00-03:00"


@pytest.mark.regla("G-11")
def test_veinte_dias_habiles_de_ingevec():
    assert vence("ingevec", "trabajos", "2026-11-26T10:00") == "2026-12-28T23:59:59-03:00"


@pytest.mark.regla("C-09")
def test_veinte_dias_habiles_de_capera_nombran_los_feriados():
    respuesta = calculado("capera", "respuesta", "2026-11-26T11:00")
    assert respuesta["vence"] == "2026-12-29T23:59:59-05:00"
    assert respuesta["feriados_saltados"] == [
        {"fecha": "2026-12-08", "nombre": "Inmaculada Concepción"},
        {"fecha": "2026-12-09", "nombre": "Batalla de Ayacucho"},
        {"fecha": "2026-12-25", "nombre": "Navidad del Señor"},
    ]


def test_el_plazo_legal_de_capera():
    assert vence("capera", "plazo_legal", "2026-11-26T11:00") == "2026-12-21T23:59:59-05:00"


@pytest.mark.regla("C-13")
def test_diez_dias_calendario_de_capera():
    assert vence("capera", "conformidad", "2026-12-15T17:00") == "2026-12-25T23:59:59-05:00"


def test_solo_una_politica_con_limite_lo_dice():
    respuesta = calculado("comteco", "dano", LUNES)
    assert respuesta["vence"] == "2026-11-24T10:15:00-04:00"
    assert respuesta["limite"] == "2026-11-25T10:15:00-04:00"
    assert "limite" not in calculado("comteco", "reconexion_tv", LUNES)


@pytest.mark.regla("ASE-IND")
def test_menos_de_24_horas_es_un_segundo_antes():
    respuesta = calculado("comteco", "oportunidad", LUNES)
    assert respuesta["vence"] == "2026-11-24T10:14:59-04:00"
    assert respuesta["vence_utc"] == "2026-11-24T14:14:59Z"
    assert "antes del martes 24 de noviembre, a las 10:15" in respuesta["explicacion"]


# Where


def test_la_zona_reemplaza_a_la_de_la_empresa():
    aqui = calculado("icalma", "consulta", "2026-08-28T10:00")
    alla = calculado("icalma", "consulta", "2026-08-28T10:00", "--zona", "America/Punta_Arenas")
    assert aqui["vence"] == "2026-09-04T23:59:59-04:00"
    assert alla["vence"] == "2026-09-04T23:59:59-03:00"


def test_la_sede_pone_su_zona(austral):
    respuesta = calculado("icalma", "contacto", "2026-09-04T10:00", "--sede", "austral")
    assert respuesta["desde"] == "2026-09-04T10:00:00-03:00"
    assert respuesta["vence"] == "2026-09-08T10:00:00-03:00"
    assert respuesta["vence_utc"] == "2026-09-08T13:00:00Z"


def test_la_sede_pone_su_calendario_y_su_jornada(morro):
    # Mon 7 Jun 2027 is a holiday in Arica only; 13:30 is its lunch time.
    respuesta = calculado("icalma", "contacto", "2027-06-04T13:30", "--sede", "morro")
    assert respuesta["inicio_efectivo"] == "2027-06-04T14:00:00-04:00"
    assert respuesta["vence"] == "2027-06-09T14:00:00-04:00"
    assert [f["fecha"] for f in respuesta["feriados_saltados"]] == ["2027-06-07"]
    assert vence("icalma", "contacto", "2027-06-04T13:30") == "2027-06-08T13:30:00-04:00"


def test_la_jornada_de_la_politica_manda_sobre_la_de_la_sede(morro):
    politica = PoliticaPlazo.objects.get(empresa__codigo="icalma", codigo="contacto")
    politica.jornada = Jornada.objects.get(codigo="icalma")
    politica.save()
    assert (
        vence("icalma", "contacto", "2026-11-23T13:30", "--sede", "morro")
        == "2026-11-25T13:30:00-03:00"
    )


def test_una_politica_vieja_no_se_usa():
    politica = PoliticaPlazo.objects.get(empresa__codigo="icalma", codigo="contacto")
    politica.es_vigente = False
    politica.save()
    politica.pk, politica.version, politica.es_vigente, politica.cantidad = None, 2, True, 24
    politica.save()
    assert vence("icalma", "contacto", LUNES) == "2026-11-24T10:15:00-03:00"


# What may be changed for one calculation


@pytest.mark.parametrize(
    ("unidad", "esperado"),
    [
        ("horas_habiles", "2026-11-25T10:15:00-03:00"),
        ("horas_oficina", "2026-11-30T08:15:00-03:00"),
        ("horas_corridas", "2026-11-25T10:15:00-03:00"),
        ("dias_habiles", "2027-02-02T23:59:59-03:00"),
        ("dias_calendario", "2027-01-10T23:59:59-03:00"),
        ("meses", "2030-11-23T23:59:59-03:00"),
    ],
)
def test_la_unidad_reemplaza_a_la_de_la_politica(unidad, esperado):
    assert vence("icalma", "contacto", LUNES, "--unidad", unidad) == esperado


def test_la_unidad_no_se_guarda():
    vence("icalma", "contacto", LUNES, "--unidad", "horas_oficina")
    politica = PoliticaPlazo.objects.get(empresa__codigo="icalma", codigo="contacto")
    assert politica.unidad == "horas_habiles"


def test_un_feriado_indicado_vale_solo_para_este_calculo():
    antes = Feriado.objects.count()
    respuesta = calculado("icalma", "contacto", LUNES, "--feriado", "2026-11-24")
    assert respuesta["vence"] == "2026-11-26T10:15:00-03:00"
    assert respuesta["feriados_saltados"] == [{"fecha": "2026-11-24", "nombre": "Feriado indicado"}]
    assert Feriado.objects.count() == antes
    assert vence("icalma", "contacto", LUNES) == "2026-11-25T10:15:00-03:00"


def test_se_pueden_indicar_varios_feriados():
    dias = ["--feriado", "2026-11-24", "--feriado", "2026-11-25", "--feriado", "2026-11-28"]
    assert vence("icalma", "contacto", LUNES, *dias) == "2026-11-27T10:15:00-03:00"


def test_un_feriado_indicado_no_le_cambia_el_nombre_al_que_ya_estaba():
    respuesta = calculado("icalma", "contacto", "2026-12-07T10:00", "--feriado", "2026-12-08")
    assert respuesta["feriados_saltados"][0]["nombre"] == "La Inmaculada Concepción"


# When


@pytest.mark.parametrize(
    ("desde", "esperado"),
    [
        ("2026-11-23", "2026-11-23T00:00:00-03:00"),
        ("2026-11-23T10:15:30", "2026-11-23T10:15:30-03:00"),
        ("2026-11-23 10:15", "2026-11-23T10:15:00-03:00"),
        ("2026-11-23T10:15:30.9", "2026-11-23T10:15:30-03:00"),
        # 23:30 of that Saturday happens twice: the first one is taken.
        ("2026-04-04T23:30", "2026-04-04T23:30:00-03:00"),
    ],
)
def test_la_fecha_es_hora_local(desde, esperado):
    assert calculado("icalma", "contacto", desde)["desde"] == esperado


def test_la_hora_que_se_repite_no_acorta_el_dia():
    respuesta = calculado("icalma", "contacto", "2026-04-03T10:00", "--unidad", "dias_calendario")
    # 48 days later, no longer near the change: the offset is winter's.
    assert respuesta["vence"] == "2026-05-21T23:59:59-04:00"


# Bad input: one line on stderr, status 2


@pytest.mark.parametrize(
    ("argumentos", "mensaje"),
    [
        (["nadie", "contacto", LUNES], "No existe la empresa «nadie»"),
        (["icalma", "nada", LUNES], "no tiene una política vigente «nada»"),
        (["icalma", "trabajos", LUNES], "no tiene una política vigente «trabajos»"),
        (["icalma", "contacto", LUNES, "--sede", "nada"], "no tiene la sede «nada»"),
        (["ingevec", "trabajos", LUNES, "--sede", "austral"], "no tiene la sede «austral»"),
        (["icalma", "contacto", LUNES, "--zona", "Chile"], "No existe la zona horaria «Chile»"),
        (["icalma", "contacto", LUNES, "--zona", "../../etc/passwd"], "No existe la zona"),
        (["icalma", "contacto", LUNES, "--unidad", "semanas"], "No existe la unidad «semanas»"),
        (["icalma", "contacto", LUNES, "--unidad", ""], "No existe la unidad «»"),
        (["icalma", "contacto", "mañana"], "No se entiende «mañana»"),
        (["icalma", "contacto", ""], "No se entiende «»"),
        (["icalma", "contacto", "2026-02-30T10:00"], "No se entiende «2026-02-30T10:00»"),
        (["icalma", "contacto", "2026-11-23T25:00"], "No se entiende"),
        (["icalma", "contacto", "23/11/2026 10:15"], "No se entiende"),
        (["icalma", "contacto", "2026-11-23T10:15-03:00"], "sin zona ni desfase"),
        (["icalma", "contacto", "2026-11-23T10:15Z"], "sin zona ni desfase"),
        (["icalma", "contacto", "2026-09-06T00:30"], "no existe en America/Santiago"),
        (["icalma", "contacto", "1999-12-31T10:00"], "fuera del rango"),
        (["icalma", "contacto", "0001-01-01T00:00"], "fuera del rango"),
        (["icalma", "contacto", "9999-12-31T23:59"], "fuera del rango"),
        (["icalma", "contacto", LUNES, "--feriado", "24-11-2026"], "No se entiende --feriado"),
        (["icalma", "contacto", LUNES, "--feriado", "2026-02-30"], "No se entiende --feriado"),
        (["icalma", "contacto", LUNES, "--sede", "austral", "--zona", "UTC"], "no las dos"),
        (["comteco", "traslado", LUNES, "--unidad", "horas_habiles"], "múltiplo de 24"),
        (["icalma", "contacto"], "Opciones incorrectas"),
        (["icalma", "contacto", LUNES, "--color", "rojo"], "Opciones incorrectas"),
    ],
)
def test_lo_que_no_se_puede_se_dice_en_una_linea(argumentos, mensaje, austral):
    estado, salida, errores = ejecutar(*argumentos)
    assert (estado, salida) == (2, "")
    assert errores.count("\n") == 1
    assert errores.startswith("Error: ")
    assert mensaje in errores


def test_la_hora_que_no_existe_en_santiago_existe_en_la_sede(austral):
    respuesta = calculado("icalma", "contacto", "2026-09-06T00:30", "--sede", "austral")
    assert respuesta["vence"] == "2026-09-09T08:00:00-03:00"


def test_una_sede_puede_llamarse_igual_en_otra_empresa(austral):
    Sede.objects.create(
        empresa=Empresa.objects.get(codigo="ingevec"), codigo="austral", nombre="Otra"
    )
    respuesta = calculado("ingevec", "trabajos", "2026-11-26T10:00", "--sede", "austral")
    assert respuesta["desde"] == "2026-11-26T10:00:00-03:00"


def test_anio_sin_feriados_cargados_se_advierte():
    estado, _, errores = ejecutar("icalma", "contacto", "2035-12-21T10:00")
    assert estado == 0
    assert "no hay feriados cargados de 2035" in errores
    assert ejecutar("icalma", "contacto", LUNES)[2] == ""
