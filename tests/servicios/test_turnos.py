"""Two desks that press "next" at the same instant, on PostgreSQL, with a control (003:99)."""

from uuid import uuid4

import pytest
from django.db.models import QuerySet

from comteco.recepcion import ingreso, turnos
from comteco.recepcion import mesones as sillas
from comteco.recepcion.models import Ficha, Meson
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Usuario
from tests.comteco.recepcion.conftest import (
    VIERNES,
    comteco,
    hall,
    mesones,
    plantel,
    plataforma,
)
from tests.servicios.carreras import contar, correr
from tests.servicios.test_controles import una_vez

__all__ = ["comteco", "hall", "mesones", "plantel", "plataforma"]

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]


def apretar(meson):
    """The button of a desk, pressed by who sits there."""

    def hacer():
        suyo = Meson.objects.select_related("atiende").get(pk=meson.pk)
        ficha = turnos.siguiente(suyo, suyo.atiende, ahora=VIERNES)
        return ficha.codigo if ficha else "nadie"

    return hacer


def junto_a_otro(barrera):
    """Both have chosen a number before either of them calls it."""
    turnos.tramitar = una_vez(barrera, lambda *a, **k: None)
    llamar = turnos.tramitar

    def despues(*args, **kwargs):
        llamar()
        from postventa.tramitacion.acciones import tramitar

        return tramitar(*args, **kwargs)

    turnos.tramitar = despues


def sin_saltar(barrera):
    """The control: nobody locks nor skips, and both have chosen before either calls."""
    QuerySet.select_for_update = lambda self, *a, **k: self
    junto_a_otro(barrera)


@pytest.mark.regla("DSC-P8")
def test_dos_mesones_a_la_vez_llaman_fichas_distintas(hall):
    hall.llega()
    hall.llega()
    resultado = correr([apretar(hall.mesones.doce), apretar(hall.mesones.catorce)], junto_a_otro)
    assert sorted(resultado) == ["V-001", "V-002"]
    assert set(Ficha.objects.values_list("estado", "llamadas")) == {("LLAMADA", 1)}
    assert Ficha.objects.values("meson").distinct().count() == 2


def test_control_sin_saltar_los_dos_eligen_la_misma(hall):
    """Without it one of the desks is left with nothing, or with the other's number."""
    hall.llega()
    hall.llega()
    resultado = correr([apretar(hall.mesones.doce), apretar(hall.mesones.catorce)], sin_saltar)
    assert sorted(resultado) != ["V-001", "V-002"]
    assert Ficha.objects.filter(numero=2, estado="EMITIDA").exists()


def test_el_mismo_meson_apretado_dos_veces_llama_una(hall):
    for _ in range(3):
        hall.llega()
    resultado = correr([apretar(hall.mesones.doce)] * 4)
    assert contar(resultado) == {"V-001": 1, "Conflicto": 3}
    assert Ficha.objects.filter(estado="LLAMADA").count() == 1


@pytest.mark.regla("DSC-P8")
def test_treinta_que_llegan_a_la_vez_tienen_numeros_seguidos(hall):
    destino = hall.destino("instalacion")

    def recibir():
        informes = Usuario.objects.get(username="informes")
        ingreso.direccionar(
            hall.sede, informes, nonce=uuid4(), destino=destino, referencia="SF-1",
            cumple=True, deuda=False, ahora=VIERNES,
        )  # fmt: skip

    assert contar(correr([recibir] * 30)) == {"ok": 30}
    numeros = sorted(Ficha.objects.values_list("numero", flat=True))
    assert numeros == list(range(1, 31))
    assert Movimiento.objects.filter(verbo="emitir").count() == 30


def sentarse(meson, usuario):
    """The button "Tomar", pressed by somebody who has just come in."""

    def hacer():
        persona = Usuario.objects.get(username=usuario)
        sillas.tomar(Meson.objects.get(pk=meson.pk), persona)
        return usuario

    return hacer


def test_un_meson_libre_lo_toma_uno_solo(hall):
    libre = hall.mesones.libre
    resultado = contar(correr([sentarse(libre, q) for q in ("asesora", "asesor", "caja")]))
    assert resultado.pop("Conflicto") == 2
    [quien] = resultado
    assert Meson.objects.get(pk=libre.pk).atiende.username == quien
    # Whoever lost stays where they were.
    de_antes = {"asesora": hall.mesones.doce, "asesor": hall.mesones.catorce}
    for otro, meson in de_antes.items():
        sigue = Meson.objects.get(pk=meson.pk).atiende
        assert (sigue is None) == (otro == quien)


def test_quien_toma_dos_a_la_vez_se_sienta_en_uno(hall):
    Meson.objects.filter(pk=hall.mesones.catorce.pk).update(atiende=None)
    dos = [hall.mesones.libre, hall.mesones.catorce]
    resultado = contar(correr([sentarse(m, "caja") for m in dos]))
    assert resultado in ({"caja": 2}, {"caja": 1, "Conflicto": 1})
    assert Meson.objects.filter(atiende__username="caja").count() == 1


def test_dejar_y_llamar_a_la_vez_no_deja_ficha_sin_nadie(hall):
    hall.llega()
    doce = hall.mesones.doce
    asesora = doce.atiende

    def llamar():
        turnos.siguiente(doce, asesora, ahora=VIERNES)
        return "llamó"

    def irse():
        sillas.dejar(Meson.objects.get(pk=doce.pk), Usuario.objects.get(username="asesora"))
        return "se fue"

    assert set(correr([llamar, irse])) in ({"llamó", "Conflicto"}, {"NoAutorizado", "se fue"})
    assert Ficha.objects.filter(estado="LLAMADA", meson__atiende=None).count() == 0
