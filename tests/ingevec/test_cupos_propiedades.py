"""What is offered is what the door accepts, over calendars, weekdays and taken hours (R7)."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postventa.calendario.models import Feriado
from postventa.personas.models import Rol
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import DatosInvalidos
from postventa.visitas import agenda
from postventa.visitas.models import Visita
from tests.conftest import SANTIAGO
from tickets.ingevec.cupos import ofrecer
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.models import Inspector, Pauta, Solicitud

# Around both clock changes, the holiday of the fixtures and the end of a year.
SEMANAS = st.sampled_from(
    [date(2026, 3, 30), date(2026, 9, 1), date(2026, 11, 23), date(2026, 12, 2), date(2026, 12, 28)]
)
llamadas = st.builds(
    lambda lunes, minutos: (
        datetime(*lunes.timetuple()[:3], 13, tzinfo=UTC) + timedelta(minutes=minutos)
    ),
    SEMANAS,
    st.integers(0, 5 * 1440),
)
escenas = st.fixed_dictionaries(
    {
        "llamada": llamadas,
        "dia": st.integers(0, 4),
        "minutos": st.sampled_from([15, 30, 45, 50, 60, 110, 240]),
        # Days after the call, and for a whole term to be taken now and then.
        "feriados": st.sets(st.integers(1, 12), max_size=5),
        "tope": st.integers(1, 4),
        "tomadas": st.lists(
            st.tuples(st.integers(0, 12), st.integers(36, 72), st.sampled_from([15, 40, 200])),
            max_size=10,
        ),
        "demora": st.sampled_from([0, 0, 30, 2 * 1440, 5 * 1440, 9 * 1440]),
        "cual": st.integers(0, 10_000),
    }
)
a_fondo = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# The document's windows as minutes of the day (G-07), for a walk of its own.
VENTANAS = dict.fromkeys(range(4), ((540, 810), (900, 1110))) | {4: ((540, 870),)}


@contextmanager
def deshecho():
    """What is written inside is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def montar(escena, solicitud, pauta, inspector):
    """The holidays, the diary and the guideline of an example, stored."""
    base = escena["llamada"].astimezone(SANTIAGO).date()
    for n in escena["feriados"]:
        Feriado.objects.get_or_create(
            calendario=pauta.proyecto.calendario,
            fecha=base + timedelta(n),
            defaults={"nombre": f"Feriado {n}", "fuente": "prueba"},
        )
    Pauta.objects.filter(pk=pauta.pk).update(
        dia=escena["dia"], minutos_inspeccion=escena["minutos"]
    )
    Inspector.objects.filter(pauta=pauta).update(cupos_por_dia=escena["tope"])
    Solicitud.objects.filter(pk=solicitud.pk).update(llamada_en=escena["llamada"])
    for salto, cuarto, minutos in escena["tomadas"]:
        dia = datetime(*(base + timedelta(salto)).timetuple()[:3], tzinfo=SANTIAGO)
        inicia = dia.replace(hour=cuarto // 4, minute=cuarto % 4 * 15).astimezone(UTC)
        visita = Visita(
            expediente_id=solicitud.pk,
            tipo="TRABAJO",
            persona=inspector,
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=minutos),
            # Not the solicitud's own to leave: held ones keep their place in the day.
            estado="REALIZADA",
        )
        try:
            with transaction.atomic():
                visita.save()
                agenda.ocupar(visita)
        except agenda.Choque:
            continue


def aceptada(solicitud, por, ahora, cupo, **excepcion):
    """Does the door book that hour? Nothing of it stays."""
    try:
        with deshecho():
            tramitar(
                Solicitud.objects.get(pk=solicitud.pk),
                "agendar_inspeccion",
                por,
                ahora=ahora,
                inicia_en=cupo.inicio,
                persona=cupo.inspector,
                **excepcion,
            )
    except DatosInvalidos:
        return False
    return True


def plazo_a_mano(feriados, llamada):
    """R7 by walking: the five business days after the local date of the call."""
    fecha, plazo = llamada.astimezone(SANTIAGO).date(), []
    while len(plazo) < 5:
        fecha += timedelta(1)
        if fecha.weekday() < 5 and fecha not in feriados:
            plazo.append(fecha)
    return plazo


def cabe_a_mano(cupo):
    """Every minute of it stands inside one window of the document."""
    inicio, fin = (i.astimezone(SANTIAGO) for i in (cupo.inicio, cupo.fin))
    desde, hasta = (i.hour * 60 + i.minute for i in (inicio, fin))
    return inicio.date() == fin.date() and any(
        abre <= desde and hasta <= cierra for abre, cierra in VENTANAS[inicio.weekday()]
    )


def una(cosas, cual):
    """One of them, if there is any, chosen by the example."""
    return [cosas[cual % len(cosas)]] if cosas else []


def probar(escena, llamada, pauta, comprobar):
    """Run `comprobar(oferta, ahora, pauta)` in that scene, and undo everything."""
    with deshecho():
        montar(escena, llamada.solicitud, pauta, llamada.gente[Rol.INSPECTOR])
        ahora = escena["llamada"] + timedelta(minutes=escena["demora"])
        propia = pauta_del_proyecto(pauta.proyecto_id)
        comprobar(ofrecer(propia, escena["llamada"], ahora), ahora, propia)


@pytest.mark.regla("G-03", "G-07", "G-08")
def test_lo_ofrecido_se_acepta_y_lo_demas_del_plazo_no(llamada, pauta):
    llamada.ingresar()
    por = llamada.gente[Rol.CALL_CENTER]
    vistas = {"ofrecidas": 0, "excepciones": 0, "rechazadas": 0}

    def sin_ofrecer(oferta, propia, en):
        """The hours of the term's days that are not in the offer: taken, full or gone by."""
        with deshecho():
            Inspector.objects.filter(pauta=propia).update(cupos_por_dia=40)
            agenda.Ocupacion.objects.all().delete()
            todas = ofrecer(propia, en, en).cupos
        return [c for c in todas if c not in oferta.cupos]

    @a_fondo
    @given(escenas)
    def repetir(escena):
        def comprobar(oferta, ahora, propia):
            cual, solicitud = escena["cual"], llamada.solicitud
            for cupo in una(oferta.cupos, cual):
                assert aceptada(solicitud, por, ahora, cupo)
                vistas["ofrecidas"] += 1
            for clave, cupos in oferta.alternativas.items():
                for cupo in una(cupos, cual):
                    # Never silently: the same hour without its exception is refused.
                    assert not aceptada(solicitud, por, ahora, cupo)
                    dicho = {"excepcion": clave, "motivo_excepcion": "No hay", "acuerdo": True}
                    assert aceptada(solicitud, por, ahora, cupo, **dicho)
                    vistas["excepciones"] += 1
            ajenas = sin_ofrecer(oferta, propia, escena["llamada"])
            # Few scenes have any: two of each.
            for cupo in una(ajenas, cual) + una(ajenas, cual + len(ajenas) // 2):
                assert not aceptada(solicitud, por, ahora, cupo)
                vistas["rechazadas"] += 1

        probar(escena, llamada, pauta, comprobar)

    repetir()
    # The examples said something of each case.
    assert min(vistas.values()) >= 3, vistas


@pytest.mark.regla("G-03", "G-07", "G-08")
def test_lo_ofrecido_es_lo_que_dice_una_cuenta_a_mano(llamada, pauta):
    llamada.ingresar()

    @a_fondo
    @given(escenas)
    def repetir(escena):
        def comprobar(oferta, ahora, propia):
            feriados = set(Feriado.objects.values_list("fecha", flat=True))
            plazo = plazo_a_mano(feriados, escena["llamada"])
            dia = escena["dia"]
            for cupo in oferta.cupos:
                assert cupo.inicio.astimezone(SANTIAGO).date() in plazo
                assert cupo.inicio.astimezone(SANTIAGO).weekday() == dia
            for cupo in oferta.todos:
                assert cupo.inicio > ahora
                assert cupo.fin - cupo.inicio == timedelta(minutes=escena["minutos"])
                assert cabe_a_mano(cupo)
                assert cupo.inicio.astimezone(SANTIAGO).date() not in feriados
            for cupo in oferta.alternativas.get("otro_dia", ()):
                assert cupo.inicio.astimezone(SANTIAGO).date() in plazo
                assert cupo.inicio.astimezone(SANTIAGO).weekday() != dia
            for cupo in oferta.alternativas.get("fuera_de_plazo", ()):
                assert cupo.inicio.astimezone(SANTIAGO).date() > plazo[-1]
                assert cupo.inicio.astimezone(SANTIAGO).weekday() == dia
            assert bool(oferta.cupos) != bool(oferta.excepcion)
            if not [f for f in plazo if f.weekday() == dia]:
                assert "feriado" in oferta.excepcion

        probar(escena, llamada, pauta, comprobar)

    repetir()
