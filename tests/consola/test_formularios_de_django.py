"""What the console mends of Django's own forms."""

import html
import json
import re

import pytest

from postventa.calendario.models import Calendario
from postventa.personas.models import Usuario
from tests.consola.conftest import entrar


@pytest.fixture
def admin(db):
    return entrar(Usuario.objects.create_superuser("quien-administra", "a@x.cl", "clave-de-prueba"))


def test_la_clave_de_otro_se_pide_entera_y_en_nuestras_palabras(admin):
    otra = Usuario.objects.create_user("otra", password="la-de-antes", is_staff=True)
    url = f"/consola/personas/usuario/{otra.pk}/password/"
    pagina = admin.get(url).content.decode()
    assert "Clave nueva" in pagina
    assert not re.search(r"opcional|LDAP|Contraseña|&lt;ul", pagina)
    respuesta = admin.post(url, {"password1": "", "password2": ""})
    assert "Escribe la clave nueva." in respuesta.content.decode()
    nueva = "Treinta-y-tres-limones"
    assert admin.post(url, {"password1": nueva, "password2": nueva}).status_code == 302
    otra.refresh_from_db()
    assert otra.check_password(nueva)


def test_agregar_una_fila_dice_su_nombre_en_minuscula(admin):
    calendario = Calendario.objects.create(codigo="zz", nombre="Otro")
    pagina = admin.get(f"/consola/calendario/calendario/{calendario.pk}/change/").content.decode()
    datos = [json.loads(html.unescape(d)) for d in re.findall(r'inline-formset="(.*?)"', pagina)]
    assert [d["options"]["addText"] for d in datos] == ["Agregar feriado"]
