"""Numbers of the day, whose turn it is, and what a desk may do with one."""

from datetime import timedelta

import pytest

from comteco.recepcion.models import Ficha, SalaDeEspera
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.calendario.lugares import LA_PAZ
from tests.conftest import local

pytestmark = pytest.mark.regla("DSC-P8")


def test_cada_letra_tiene_su_cuenta(hall):
    codigos = [hall.llega(c).codigo for c in ("instalacion", "pac", "instalacion", "baja", "pac")]
    assert codigos == ["V-001", "P-001", "V-002", "R-001", "P-002"]


def test_la_cuenta_empieza_de_nuevo_con_el_dia_de_la_sede(hall):
    hall.ahora = local("2026-11-27 23:59", LA_PAZ)
    assert [hall.llega().codigo, hall.llega().codigo] == ["V-001", "V-002"]
    hall.ahora = local("2026-11-28 00:00", LA_PAZ)
    # Already the 28th in UTC for four hours, and yet another day only now.
    nueva = hall.llega()
    assert (nueva.codigo, f"{nueva.dia}") == ("V-001", "2026-11-28")


def test_otra_sede_cuenta_aparte(hall, comteco, plantel):
    from comteco.recepcion.models import Meson
    from postventa.empresas.models import Sede

    hall.llega()
    otra = Sede.objects.create(empresa=comteco, codigo="sur", nombre="Sur")
    SalaDeEspera.objects.create(sede=otra)
    Meson.objects.create(sede=otra, codigo="1", unidad=hall.mesones.doce.unidad, prefijos="V")
    hall.sede = otra
    assert hall.llega().codigo == "V-001"


def test_siguiente_llama_por_orden_lo_de_su_unidad_y_sus_letras(hall):
    for codigo in ("pac", "instalacion", "baja", "traslado-salientes"):
        hall.llega(codigo)
    assert hall.siguiente().codigo == "V-001"
    assert hall.siguiente(hall.mesones.catorce).codigo == "R-001"
    # The first P of all waits for the BOC, whose desk calls it.
    assert hall.siguiente(hall.mesones.mezanine).codigo == "P-001"
    with pytest.raises(Conflicto, match="Termina primero"):
        hall.siguiente()


def test_sin_nadie_no_hay_siguiente_ni_lo_de_ayer_espera(hall):
    assert hall.siguiente() is None
    hall.llega()
    hall.ahora += timedelta(days=1)
    assert hall.siguiente() is None


def test_sin_meson_que_la_llame_no_se_da_ficha(hall):
    assert hall.llega("equipos") is None
    assert Ficha.objects.count() == 0


def test_solo_llama_quien_atiende_ese_meson(hall):
    from comteco.recepcion import turnos

    hall.llega()
    with pytest.raises(NoAutorizado, match="atiende otra persona"):
        turnos.siguiente(hall.mesones.doce, hall.plantel.asesor, ahora=hall.ahora)
    assert Ficha.objects.get().estado == "EMITIDA"


@pytest.mark.parametrize("veces", [1, 3])
def test_ausente_solo_tras_las_llamadas_que_pide_la_sala(hall, veces):
    SalaDeEspera.objects.update(llamadas_para_ausente=veces)
    hall.llega()
    ficha = hall.siguiente()
    for _ in range(veces - 1):
        with pytest.raises(Conflicto, match="Llámala otra vez"):
            hall.tramitar(ficha, "ausentar")
        ficha = hall.tramitar(ficha, "volver_a_llamar")
    assert (ficha.llamadas, hall.tramitar(ficha, "ausentar").estado) == (veces, "AUSENTE")


def test_derivar_da_otra_ficha_en_otro_meson(hall):
    hall.llega("traslado-salientes")
    ficha = hall.tramitar(hall.siguiente(), "atender")
    boc = hall.mesones.mezanine.unidad
    vieja = hall.tramitar(ficha, "derivar", unidad=boc)
    nueva = vieja.sigue_en
    assert (vieja.estado, nueva.estado, nueva.codigo) == ("DERIVADA", "EMITIDA", "P-002")
    assert (nueva.unidad, nueva.atencion_id) == (boc, vieja.atencion_id)
    assert nueva.publico != vieja.publico
    assert hall.siguiente(hall.mesones.mezanine) == nueva


def test_no_se_deriva_a_la_misma_unidad_ni_adonde_nadie_llama(hall):
    hall.llega()
    ficha = hall.tramitar(hall.siguiente(), "atender")
    with pytest.raises(Conflicto, match="otra unidad"):
        hall.tramitar(ficha, "derivar", unidad=hall.mesones.doce.unidad)
    # The BOC's desks call no V here.
    with pytest.raises(DatosInvalidos, match="ningún mesón"):
        hall.tramitar(ficha, "derivar", unidad=hall.mesones.mezanine.unidad)
    with pytest.raises(DatosInvalidos, match="Elige a qué unidad"):
        hall.tramitar(ficha, "derivar")
    assert Ficha.objects.count() == 1
