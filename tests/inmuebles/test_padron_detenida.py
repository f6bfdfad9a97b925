"""A load whose asker may not act any more stops, and says why."""

from postventa.personas.models import Rol, Usuario
from tests.conftest import LUNES
from tests.consola.conftest import entrar, personal
from tests.inmuebles.manos import muchas, revisar
from tickets.inmuebles.models import Unidad
from tickets.inmuebles.padron import aplicacion, carga


def test_carga_de_quien_ya_no_esta_se_detiene_y_dice_por_que(
    icalma, proyecto, administradora, monkeypatch
):
    monkeypatch.setattr(carga, "LOTE", 3)
    monkeypatch.setattr(aplicacion, "RESPIRO_S", 0)
    fue = personal("fue", icalma, Rol.ADMINISTRADOR, first_name="Elisa", last_name="Vera")
    una = revisar(icalma, *muchas(6), por=fue)
    aplicacion.pedir(una, fue, una.version, LUNES)
    assert aplicacion.aplicar(una, LUNES, segundos=-1) is False
    Usuario.objects.filter(pk=fue.pk).update(is_active=False)
    assert aplicacion.aplicar(una, LUNES)
    assert Unidad.objects.count() == 3
    web, ruta = entrar(administradora), f"/consola/inmuebles/cargapadron/{una.pk}"
    pagina = web.get(f"{ruta}/change/").content.decode()
    assert "La cuenta de Elisa Vera, que la pidió, ya no está activa." in pagina
    una.refresh_from_db()
    web.post(f"{ruta}/aplicar/", {"version": una.version})
    assert Unidad.objects.count() == 6
