"""Wall times of a project, read from a form."""

from datetime import date, time

import pytest
from django import forms

from postventa.consola.formularios import hablar, instante_local
from postventa.consola.relojes import falta, horario_en, tono_de
from tests.conftest import LUNES, local


def test_hora_de_pared_es_la_del_proyecto(proyecto):
    assert instante_local(proyecto, date(2026, 11, 24), time(10)) == local("2026-11-24 10:00")


def test_hora_que_se_salta_no_existe(proyecto):
    with pytest.raises(ValueError, match="no existe"):
        instante_local(proyecto, date(2026, 9, 6), time(0, 30))


def test_hora_que_ocurre_dos_veces_es_la_segunda(proyecto):
    from datetime import UTC, datetime

    # 23:30 of 2026-04-04 happens at 02:30Z and again at 03:30Z.
    segunda = datetime(2026, 4, 5, 3, 30, tzinfo=UTC)
    assert instante_local(proyecto, date(2026, 4, 4), time(23, 30)) == segunda


@pytest.mark.parametrize(
    ("vence", "tono", "texto"),
    [
        ("2026-11-23 10:14", "mal", "Vencido hace 1 min"),
        ("2026-11-23 10:15", "alerta", "Vence ahora"),
        ("2026-11-23 10:16", "alerta", "Queda 1 min"),
        ("2026-11-23 12:33", "alerta", "Quedan 2 h 18 min"),
        ("2026-11-25 14:15", "corre", "2 días hábiles y 4 h"),
    ],
)
def test_tono_y_palabras_se_calculan_desde_ahora(proyecto, vence, tono, texto):
    vence = local(vence)
    palabras = falta(horario_en(proyecto, None), LUNES, vence, "horas_habiles", LUNES)
    assert (tono_de(vence, LUNES), palabras) == (tono, texto)


@pytest.mark.parametrize("anio", [1, 1999, 2101, 9999])
def test_anio_absurdo_se_explica(proyecto, anio):
    with pytest.raises(ValueError, match="Escribe un año entre 2000 y 2100"):
        instante_local(proyecto, date(anio, 12, 31), time(10))


@pytest.mark.parametrize(
    ("campo", "valor", "dice"),
    [
        (forms.DateField(label="día"), "32-1", "Escribe la fecha como dd-mm-aaaa."),
        (forms.DateField(label="día"), "", "Completa «Día»."),
        (forms.TimeField(), "9x", "Escribe la hora como 10:30."),
        (forms.IntegerField(), "x", "Escribe un número entero."),
        (forms.IntegerField(min_value=0), "-1", "Escribe un número desde 0."),
        (forms.IntegerField(max_value=5), "6", "Escribe un número hasta 5."),
        (forms.ChoiceField(label="Decisión"), "", "Elige una opción en «Decisión»."),
        (forms.BooleanField(label="Leído"), "", "Marca «Leído»."),
        (forms.CharField(label="X", error_messages={"required": "Di cuál."}), "", "Di cuál."),
    ],
)
def test_lo_que_falla_dice_que_hacer_y_de_tu(campo, valor, dice):
    hablar(campo)
    with pytest.raises(forms.ValidationError) as error:
        campo.clean(valor)
    assert error.value.messages == [dice]
