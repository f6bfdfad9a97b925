"""An hour on a form: shown once whoever goes, named, and read back only if it is one."""

from datetime import timedelta

import pytest

from postventa.calendario import hora
from postventa.personas.models import Membresia, Rol, Usuario
from tests.conftest import SANTIAGO, local
from tests.ingevec.conftest import LLAMADA
from tickets.ingevec.cupos import Cupo, Oferta, ofrecer
from tickets.ingevec.eleccion import Eleccion, dias_de, leer_valor, opciones_por_dia, valor_de
from tickets.ingevec.horas import horario_de, termino_de
from tickets.ingevec.models import Excepcion, Inspector
from tickets.ingevec.toma.lectura import CUANDO, frases_de

MIERCOLES = local("2026-11-25 09:00")


def cupo(inicio=MIERCOLES, persona=None):
    return Cupo(inicio, inicio + timedelta(minutes=45), persona or Usuario(pk=7, username="ana"))


def horas(dias):
    return [
        (d.fecha.isoformat(), n, [o.hora for o in franja]) for d in dias for n, franja in d.franjas
    ]


def test_el_valor_vuelve_igual():
    assert leer_valor(valor_de(cupo(), "otro_dia")) == Eleccion(MIERCOLES, 7, "otro_dia")
    assert leer_valor(valor_de(cupo())) == Eleccion(MIERCOLES, 7, "")


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "sin_hora",
        "2026-11-25T09:00:00+00:00",
        "2026-11-25T09:00:00|7|",  # whose wall?
        "ayer|7|",
        "9999-12-31T23:59:59+00:00|7|",
        "0001-01-01T00:00:00+14:00|7|",
        "2026-11-25T09:00:00+00:00|siete|",
        "2026-11-25T09:00:00+00:00|-7|",
        "2026-11-25T09:00:00+00:00|99999999999999999999|",
        "2026-11-25T09:00:00+00:00|7|porque_si",
        "2026-11-25T09:00:00+00:00|7||",
    ],
)
def test_lo_que_no_es_una_hora_no_se_lee(texto):
    assert leer_valor(texto) is None


def test_las_horas_van_por_dia_y_parte_del_dia():
    tarde, jueves = local("2026-11-25 15:00"), local("2026-11-26 13:15")
    oferta = Oferta((cupo(), cupo(tarde), cupo(jueves)))
    assert horas(dias_de(oferta, SANTIAGO)) == [
        ("2026-11-25", "Mañana", ["09:00"]),
        ("2026-11-25", "Tarde", ["15:00"]),
        ("2026-11-26", "Mañana", ["13:15"]),
    ]


def test_una_hora_de_varias_personas_se_ofrece_una_vez_y_va_la_primera():
    oferta = Oferta((cupo(), cupo(persona=Usuario(pk=9, username="luis"))))
    [dia] = dias_de(oferta, SANTIAGO)
    [(_, [opcion])] = dia.franjas
    assert (opcion.quien, opcion.corto) == ("ana", "miércoles 25, 09:00")
    assert opcion.cuando == "miércoles 25 de noviembre a las nueve de la mañana"


def test_cada_salida_dice_la_excepcion_que_necesita():
    otro, fuera = local("2026-11-26 09:00"), local("2026-12-02 09:00")
    oferta = Oferta((), "No quedan", {"otro_dia": (cupo(otro),), "fuera_de_plazo": (cupo(fuera),)})
    dias = dias_de(oferta, SANTIAGO)
    assert [(d.nombre, d.excepcion) for d in dias] == [
        ("Jueves 26 de noviembre", "otro_dia"),
        ("Miércoles 2 de diciembre", "fuera_de_plazo"),
    ]
    grupos = dict(opciones_por_dia(oferta, SANTIAGO))
    assert list(grupos) == [
        f"Jueves 26 de noviembre · {Excepcion.OTRO_DIA.label}",
        f"Miércoles 2 de diciembre · {Excepcion.FUERA_DE_PLAZO.label}",
    ]


def test_sin_horas_no_hay_dias():
    assert dias_de(Oferta(()), SANTIAGO) == []


# --- what is read out


@pytest.fixture
def oferta(pauta):
    hora.fijar(LLAMADA)
    return ofrecer(pauta, LLAMADA, LLAMADA)


def frases(pauta, oferta, **mas):
    termino = termino_de(horario_de(pauta, pauta.jornada_inspeccion), LLAMADA, pauta.dia)
    mas = {"tiene_correo": True, "guardia": [], **mas}
    return frases_de(pauta, oferta, termino, SANTIAGO, **mas)


def test_se_ofrecen_las_tres_primeras_horas_una_vez_cada_una(pauta, oferta, ingevec):
    otra = Usuario.objects.create_user("otra_inspectora", is_staff=True)
    Membresia.objects.create(usuario=otra, empresa=ingevec, rol=Rol.INSPECTOR)
    Inspector.objects.create(pauta=pauta, usuario=otra)
    dicho = frases(pauta, ofrecer(pauta, LLAMADA, LLAMADA)).ofrecer
    assert dicho == (
        "Puedo ofrecerle el miércoles 25 de noviembre a las nueve de la mañana, a las nueve y "
        "cuarenta y cinco de la mañana o a las diez y media de la mañana. ¿Cuál le acomoda?"
    )


def test_la_frase_del_cupo_dice_cuanto_dura_y_como_llega_el_numero(pauta, oferta):
    con, sin = frases(pauta, oferta), frases(pauta, oferta, tiene_correo=False)
    assert CUANDO in con.cupo
    assert "Dura unos 45 minutos" in con.cupo
    assert "le llegará por correo" in con.cupo
    assert "En un momento le doy su número" in sin.cupo


def test_sin_hora_se_dice_hasta_cuando(pauta, oferta):
    assert "a más tardar el lunes 30 de noviembre" in frases(pauta, oferta).sin_hora


def test_de_una_urgencia_se_dice_quien_llama(pauta, oferta, gente):
    assert "Le llamaremos enseguida" in frases(pauta, oferta).urgentes["gas"]
    con_guardia = frases(pauta, oferta, guardia=[gente[Rol.MAESTRO]]).urgentes["gas"]
    assert "Maestro Prueba le llamará enseguida" in con_guardia
