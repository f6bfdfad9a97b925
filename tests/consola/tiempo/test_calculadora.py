"""The calculator of staff: the same arithmetic as the clocks, and nothing written."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.calendario.models import Calendario, Feriado
from postventa.empresas.models import Sede
from postventa.plazos.models import PoliticaPlazo
from tests.consola.conftest import CANARIO, entrar
from tests.consola.test_paginas import revisar
from tests.consola.test_roles import politica

URL = "/consola/plazos/politicaplazo/calculadora/"


@pytest.fixture
def calcular(supervisor, icalma, proyecto):
    web = entrar(supervisor)

    def pedir(**datos):
        datos = {"politica": politica(icalma)[0].pk, "sede": proyecto.pk, **datos}
        base = {"dia": "2026-11-23", "hora": "10:15", "cantidad": "", "unidad": "", "feriado": ""}
        respuesta = web.get(URL, base | datos)
        assert respuesta.status_code == 200
        revisar(respuesta)
        return respuesta

    return pedir


def errores(respuesta):
    return {
        campo: [str(e) for e in lista] for campo, lista in respuesta.context["form"].errors.items()
    }


def test_pagina_vacia_propone_ahora(supervisor, proyecto):
    respuesta = entrar(supervisor).get(URL)
    revisar(respuesta)
    pagina = respuesta.content.decode()
    assert 'value="2026-11-23"' in pagina
    assert 'value="10:15"' in pagina
    assert "Elige un plazo y cuándo empieza." in pagina


def test_politica_dice_cuando_vence_cuando_avisa_y_por_que(calcular):
    respuesta = calcular()
    assert respuesta.context["vence"] == "el miércoles 25 de noviembre de 2026, a las 10:15"
    assert respuesta.context["avisa"] == "el martes 24 de noviembre de 2026, a las 10:15"
    porque = respuesta.context["porque"]
    assert [(d.numero, d.rotulo, d.clase) for d in porque.dias] == [
        (23, "Empieza 10:15", ""),
        (24, "Cuenta", ""),
        (25, "Hasta 10:15", "fin"),
    ]
    pagina = respuesta.content.decode()
    assert '<ol class="dias">' in pagina
    assert "El plazo es de 48 horas hábiles, es decir, 2 días hábiles." in pagina
    assert "Próximo feriado después:</b> martes 8 de diciembre, Inmaculada Concepción" in pagina


def test_feriado_de_mas_cuenta_solo_aqui(calcular):
    respuesta = calcular(feriado="2026-11-24")
    assert respuesta.context["vence"] == "el jueves 26 de noviembre de 2026, a las 10:15"
    assert respuesta.context["porque"].saltados == "martes 24 de noviembre (Feriado de prueba)"
    assert Feriado.objects.count() == 1
    assert calcular().context["vence"] == "el miércoles 25 de noviembre de 2026, a las 10:15"


def test_salta_fin_de_semana_y_feriado(calcular):
    porque = calcular(dia="2026-12-04", hora="16:00").context["porque"]
    assert porque.saltados == (
        "sábado 5 de diciembre, domingo 6 de diciembre y martes 8 de diciembre "
        "(Inmaculada Concepción)"
    )


@pytest.mark.parametrize(
    ("cantidad", "unidad", "vence"),
    [
        (72, "", "el jueves 26 de noviembre de 2026, a las 10:15"),
        (72, "horas_corridas", "el jueves 26 de noviembre de 2026, a las 10:15"),
        (5, "dias_habiles", "el lunes 30 de noviembre de 2026, hasta el final del día"),
        (1, "meses", "el miércoles 23 de diciembre de 2026, hasta el final del día"),
        (9, "horas_oficina", "el martes 24 de noviembre de 2026, a las 09:15"),
    ],
)
def test_otra_cantidad_u_otra_unidad(calcular, cantidad, unidad, vence):
    assert calcular(cantidad=cantidad, unidad=unidad).context["vence"] == vence
    if unidad:
        suelta = calcular(politica="", cantidad=cantidad, unidad=unidad)
        assert suelta.context["vence"] == vence


def test_probar_no_cambia_la_politica(calcular, icalma):
    antes = list(PoliticaPlazo.objects.order_by("pk").values())
    calcular(cantidad=240, unidad="horas_corridas")
    assert list(PoliticaPlazo.objects.order_by("pk").values()) == antes


def test_plazo_largo_se_explica_sin_tira_de_dias(calcular):
    respuesta = calcular(cantidad=60, unidad="dias_habiles")
    assert respuesta.context["porque"].dias == ()
    assert '<ol class="dias">' not in respuesta.content.decode()
    assert "no tiene feriados de 2027" in respuesta.content.decode()


def test_limite_del_documento(calcular, icalma):
    PoliticaPlazo.objects.filter(codigo="contacto").update(limite_cantidad=96)
    assert calcular().context["limite"] == "el viernes 27 de noviembre de 2026, a las 10:15"
    assert calcular(cantidad=72).context["limite"] is None


def test_no_escribe_nada(calcular, supervisor):
    calcular()
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        calcular()
    leen = ("SELECT", "SAVEPOINT", "RELEASE", "DECLARE")
    escrituras = [q["sql"] for q in consultas if not q["sql"].startswith(leen)]
    assert escrituras == []
    assert entrar(supervisor).post(URL, {}).status_code == 405


# --- what is wrong, beside its field


@pytest.mark.parametrize(
    ("datos", "campo", "dice"),
    [
        ({"dia": ""}, "dia", "Escribe el día en que empieza."),
        ({"dia": "ayer"}, "dia", "Escribe el día completo."),
        ({"dia": "0001-01-01"}, "dia", "Escribe un año entre"),
        ({"hora": "25:00"}, "hora", "Escribe la hora, por ejemplo 10:15."),
        ({"sede": ""}, "sede", "Elige el proyecto"),
        ({"sede": "999"}, "sede", "Elige una de la lista."),
        ({"politica": "x"}, "politica", "Elige una de la lista."),
        ({"politica": ""}, "cantidad", "Elige una política o escribe una cantidad."),
        ({"politica": "", "cantidad": "5"}, "unidad", "Elige una política o una unidad."),
        ({"cantidad": "-1"}, "cantidad", "Escribe 1 o más."),
        ({"cantidad": "muchas"}, "cantidad", "Escribe un número entero."),
        ({"cantidad": "50"}, "cantidad", "múltiplo"),
        ({"cantidad": "999999999"}, "cantidad", ""),
        ({"unidad": "siglos"}, "unidad", "Elige una de la lista."),
        ({"feriado": "nunca"}, "feriado", "Escribe el día completo."),
        # The night the clocks go forward in Chile.
        ({"dia": "2026-09-06", "hora": "00:30"}, "hora", "Esa hora no existe"),
    ],
)
def test_error_junto_a_su_campo(calcular, datos, campo, dice):
    respuesta = calcular(**datos)
    mensajes = errores(respuesta)[campo]
    assert len(mensajes) == 1
    assert dice in mensajes[0]
    assert "porque" not in respuesta.context
    assert f'id="id_{campo}_error"' in respuesta.content.decode()


def test_politica_de_una_empresa_y_proyecto_de_otra(raiz, icalma, otra):
    datos = {"politica": politica(icalma)[0].pk, "sede": otra.proyecto.pk}
    respuesta = entrar(raiz).get(URL, {**datos, "dia": "2026-11-23", "hora": "10:15"})
    assert errores(respuesta) == {"sede": ["Es de otra empresa: elige uno de Icalma."]}


# --- only one's own


def test_solo_ofrece_lo_propio(calcular, otra):
    assert CANARIO not in calcular().content.decode()
    for campo, fila in (("politica", otra.politica), ("sede", otra.proyecto)):
        assert list(errores(calcular(**{campo: fila.pk}))) == [campo]


def test_sin_proyectos_lo_dice(supervisor, icalma):
    Sede.objects.all().delete()
    assert "No tienes ningún proyecto todavía" in entrar(supervisor).get(URL).content.decode()


def test_politica_que_llega_en_la_direccion_queda_elegida(supervisor, proyecto, icalma):
    p, _ = politica(icalma)
    pagina = entrar(supervisor).get(URL, {"politica": p.pk}).content.decode()
    assert f'<option value="{p.pk}" selected>' in pagina
    assert "resumen-errores" not in pagina


def test_calendario_y_zona_son_los_del_proyecto(calcular, proyecto):
    ajeno = Calendario.objects.create(codigo="bo", nombre="Bolivia", pais="BO")
    Feriado.objects.create(calendario=ajeno, fecha=date(2026, 11, 24), nombre="Local", fuente="x")
    proyecto.calendario_propio, proyecto.zona_propia = ajeno, "America/La_Paz"
    proyecto.save()
    respuesta = calcular()
    assert respuesta.context["vence"] == "el jueves 26 de noviembre de 2026, a las 10:15"
    assert "America/La_Paz" in respuesta.content.decode()


def test_datos_maestros_y_la_politica_llevan_a_ella(supervisor, proyecto, icalma):
    web = entrar(supervisor)
    assert f'href="{URL}"' in web.get("/consola/datos/").content.decode()
    p, _ = politica(icalma)
    ficha = web.get(f"/consola/plazos/politicaplazo/{p.pk}/change/").content.decode()
    assert f'href="{URL}?politica={p.pk}"' in ficha
