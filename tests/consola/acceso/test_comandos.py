"""What is done on the server when nobody can do it in the console."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from postventa.expedientes.models import CambioMaestro
from tests.accesos.telefono import SEGUNDO, codigo, con_clave, con_factor


def test_quitar_en_el_servidor_deja_entrar_y_queda_escrito(supervisor, icalma, capsys):
    abierta, _ = con_factor()
    call_command("quitar_segundo_paso", "rsepulveda")
    assert "Quitado: rsepulveda" in capsys.readouterr().out
    assert Authenticator.objects.count() == 0
    assert abierta.get("/consola/").status_code == 302
    cambio = CambioMaestro.objects.get()
    assert (cambio.empresa, cambio.accion, cambio.por) == (icalma, "factor", None)


def test_quitar_a_quien_administra_todo_queda_en_la_cadena_de_nadie(raiz):
    con_factor("raiz")
    call_command("quitar_segundo_paso", "raiz", verbosity=0)
    assert CambioMaestro.objects.get().empresa is None


@pytest.mark.parametrize(
    ("cuenta", "dice"),
    [("nadie", "No hay una cuenta"), ("rsepulveda", "no tiene un segundo paso")],
)
def test_quitar_lo_que_no_hay_lo_dice(supervisor, cuenta, dice):
    with pytest.raises(CommandError, match=dice):
        call_command("quitar_segundo_paso", cuenta)


def test_recifrar_deja_retirar_la_clave_anterior(supervisor, settings, capsys):
    _, secreto = con_factor()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "otra", [settings.SECRET_KEY]
    call_command("recifrar_segundo_paso")
    assert "Guardados de nuevo: 2." in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    otro = Client()
    con_clave(otro)
    assert otro.post(SEGUNDO, {"code": codigo(secreto)}).status_code == 302


def test_recifrar_nombra_a_quien_ya_no_se_puede_leer(supervisor, settings, capsys):
    con_factor()
    settings.SECRET_KEY = "otra"
    call_command("recifrar_segundo_paso")
    assert "No se puede leer el de rsepulveda" in capsys.readouterr().out
