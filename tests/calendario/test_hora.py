"""The product's one clock and the command that moves it."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from postventa.calendario import hora
from postventa.calendario.models import AjusteHora

from .lugares import local, utc

REAL = utc("2026-11-23 13:15:30")

pytestmark = pytest.mark.django_db

movidas = []


def al_mover():
    movidas.append(hora.ahora())


@pytest.fixture
def reloj():
    """The machine's clock, stopped; `.shift()` moves it."""
    with time_machine.travel(REAL + timedelta(microseconds=999_999), tick=False) as viajero:
        yield viajero


@pytest.fixture
def fijo(settings):
    settings.RELOJ_MOVIBLE = False


def reloj_de_consola(*opciones):
    salida = StringIO()
    call_command("reloj", *opciones, stdout=salida)
    return salida.getvalue()


def test_sin_ajuste_es_la_hora_real_en_segundos_enteros(reloj):
    assert hora.ahora() == REAL
    assert hora.ahora().tzinfo is UTC


def test_mover_suma_segundos_y_sigue_corriendo(reloj):
    assert hora.mover(3600) == REAL + timedelta(hours=1)
    assert hora.mover(3600) == REAL + timedelta(hours=2)
    reloj.shift(90)
    assert hora.ahora() == REAL + timedelta(hours=2, seconds=90)
    assert hora.mover(-7200) == REAL + timedelta(seconds=90)


def test_fijar_pone_un_instante_que_sigue_corriendo(reloj):
    assert hora.fijar(local("2027-03-01 09:00")) == utc("2027-03-01 12:00:00")
    reloj.shift(60)
    assert hora.ahora() == utc("2027-03-01 12:01:00")


def test_fijar_sin_zona_se_rechaza(reloj):
    with pytest.raises(ValueError, match="zona"):
        hora.fijar(datetime(2027, 3, 1, 9))  # noqa: DTZ001


def test_normal_vuelve_a_la_hora_real(reloj):
    hora.mover(86_400)
    assert hora.normal() == REAL
    assert not AjusteHora.objects.exists()


def test_un_siglo_es_el_limite(reloj):
    hora.mover(1000)
    with pytest.raises(ValueError, match="siglo"):
        hora.mover(10**11)
    assert hora.ahora() == REAL + timedelta(seconds=1000)


def test_hay_un_solo_ajuste():
    AjusteHora.objects.create(desfase=1)
    assert str(AjusteHora.objects.get()) == "1 s"
    with pytest.raises(IntegrityError), transaction.atomic():
        AjusteHora.objects.create(pk=2, desfase=1)


def test_la_hora_cuesta_una_consulta(django_assert_num_queries):
    with django_assert_num_queries(1):
        hora.ahora()


# Where the clock is fixed


def test_el_reloj_fijo_no_mira_la_base(reloj, fijo, django_assert_num_queries):
    AjusteHora.objects.create(desfase=86_400)
    with django_assert_num_queries(0):
        assert hora.ahora() == REAL


@pytest.mark.parametrize(
    "accion", [lambda: hora.mover(1), lambda: hora.fijar(REAL), lambda: hora.normal()]
)
def test_el_reloj_fijo_no_se_mueve(accion, fijo, reloj):
    with pytest.raises(hora.RelojFijo, match="no se puede mover"):
        accion()
    assert not AjusteHora.objects.exists()


# The command


def test_reloj_dice_la_hora(reloj):
    assert reloj_de_consola() == "Hora del producto: 2026-11-23T13:15:30Z\n"


@pytest.mark.parametrize(
    ("tiempo", "segundos"),
    [
        ("2d", 172_800),
        ("90m", 5400),
        ("3h", 10_800),
        ("45s", 45),
        ("1d12h", 129_600),
        ("1d 2h 3m", 93_780),
    ],
)
def test_reloj_avanza(tiempo, segundos, reloj):
    esperado = REAL + timedelta(seconds=segundos)
    assert reloj_de_consola("--avanzar", tiempo) == f"Hora del producto: {esperado:%FT%TZ}\n"


def test_reloj_retrocede(reloj):
    reloj_de_consola("--avanzar", "2d")
    assert reloj_de_consola("--avanzar=-1d12h") == "Hora del producto: 2026-11-24T01:15:30Z\n"


def test_reloj_fija_un_instante(reloj):
    salida = reloj_de_consola("--fijar", "2026-11-25T10:15-03:00")
    assert salida == "Hora del producto: 2026-11-25T13:15:00Z\n"


def test_reloj_vuelve_a_lo_normal(reloj):
    hora.mover(1000)
    assert reloj_de_consola("--normal") == "Hora del producto: 2026-11-23T13:15:30Z\n"


@pytest.mark.parametrize(
    ("opciones", "mensaje"),
    [
        (["--avanzar", "dos días"], "No se entiende «dos días»"),
        (["--avanzar", ""], "No se entiende «»"),
        (["--avanzar", "2"], "No se entiende «2»"),
        (["--avanzar", "2d3"], "No se entiende «2d3»"),
        (["--avanzar", "1.5h"], "No se entiende «1.5h»"),
        (["--avanzar", "99999999d"], "siglo"),
        (["--fijar", "mañana"], "No se entiende «mañana»"),
        (["--fijar", "2026-11-25T10:15"], "desfase"),
        (["--fijar", "2026-13-25T10:15-03:00"], "No se entiende"),
        (["--fijar", "2300-01-01T00:00Z"], "siglo"),
        (["--avanzar", "1d", "--normal"], "solo una"),
        (["--no-existe"], "Opciones incorrectas"),
    ],
)
def test_reloj_rechaza_en_una_linea(opciones, mensaje, reloj):
    with pytest.raises(CommandError, match=mensaje) as error:
        reloj_de_consola(*opciones)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)
    assert hora.ahora() == REAL


@pytest.mark.parametrize("opciones", [["--avanzar", "2d"], ["--fijar", "2026-11-25T10:15Z"]])
def test_reloj_fijo_se_niega_con_salida_2(opciones, fijo, reloj):
    with pytest.raises(CommandError, match="no se puede mover") as error:
        reloj_de_consola(*opciones)
    assert error.value.returncode == 2


def test_al_mover_se_llama_a_los_interesados(settings, reloj):
    settings.RELOJ_AL_MOVER = [f"{__name__}.al_mover"]
    movidas.clear()
    reloj_de_consola()
    assert movidas == []
    reloj_de_consola("--avanzar", "1h")
    reloj_de_consola("--normal")
    assert movidas == [REAL + timedelta(hours=1), REAL]
