"""The demonstration: loaded once, of every company, and told as it is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from postventa.empresas.models import Sede
from postventa.personas.documentos import normalizar
from postventa.personas.models import Cliente, Membresia, Usuario
from postventa.tramitacion import demo
from tickets.inmuebles.models import Proyecto

SEDES = ["algarrobos", "icalma-demo", "ingevec-demo", "piura", "plataforma-central"]


@pytest.fixture
def base(db):
    call_command("cargar_base", verbosity=0)


def cargar(*opciones):
    salida = StringIO()
    call_command("cargar_demo", *opciones, stdout=salida)
    return salida.getvalue()


def sedes():
    return list(Sede.objects.order_by("codigo").values_list("codigo", flat=True))


def test_carga_cada_empresa_y_una_sola_vez(base):
    assert cargar("--si-vacia").splitlines() == [
        "Demostración cargada: Condominio Los Arrayanes, 6 unidades.",
        "Demostración cargada: Edificio Los Maitenes, 6 unidades.",
        "Demostración cargada: CAPERA, Residencial Los Algarrobos, caseta de ventas, 6 reclamos.",
        "Demostración cargada: COMTECO, Plataforma Central (demostración), 4 clientes.",
    ]
    assert sedes() == SEDES
    cuantos = Usuario.objects.count(), Cliente.objects.count()
    assert cargar("--si-vacia") == ""
    with pytest.raises(CommandError, match="ya está"):
        cargar()
    assert (Usuario.objects.count(), Cliente.objects.count()) == cuantos


def test_demostracion_de_antes_recibe_la_empresa_que_falta(base, monkeypatch):
    solo = {"icalma": demo._DEMOS["icalma"]}
    todas = dict(demo._DEMOS)
    monkeypatch.setattr(demo, "_DEMOS", solo)
    cargar()
    assert sedes() == ["icalma-demo"]
    monkeypatch.setattr(demo, "_DEMOS", todas)
    assert cargar("--si-vacia").startswith("Demostración cargada: Edificio Los Maitenes")
    assert sedes() == SEDES
    assert Usuario.objects.filter(is_superuser=True).count() == 1


def test_base_con_otros_datos_no_se_toca(base):
    Usuario.objects.create_user("alguien")
    assert cargar("--si-vacia") == ""
    assert sedes() == []
    with pytest.raises(CommandError, match="make demo"):
        cargar()


def test_donde_no_es_demostracion_no_se_carga_ni_se_muestra(base, settings):
    settings.DEMO = False
    for comando in ("cargar_demo", "presentar_demo"):
        with pytest.raises(CommandError, match="no admite"):
            call_command(comando)
    assert sedes() == []


def test_toda_persona_es_de_su_empresa_y_entra_con_la_clave(base):
    demo.cargar()
    for persona in Usuario.objects.filter(is_superuser=False):
        [membresia] = persona.membresias.select_related("empresa")
        assert persona.email.endswith(f"@{membresia.empresa.codigo}.example")
        assert persona.check_password(demo.CLAVE)
        assert persona.is_staff
    assert Membresia.objects.values("empresa").distinct().count() == 4


def test_clientes_tienen_documento_valido_y_correo_inventado(base):
    demo.cargar()
    for cliente in Cliente.objects.all():
        assert normalizar(cliente.tipo_documento, cliente.numero) == cliente.numero
        assert cliente.correo == "" or cliente.correo.endswith(".example")
    # Somebody owns two homes and somebody has no mail, in each company.
    for proyecto in Proyecto.objects.all():
        suyos = Cliente.objects.filter(propiedades__unidad__proyecto=proyecto)
        assert suyos.count() - suyos.distinct().count() == 1
        assert suyos.filter(correo="").count() == 1


def test_presentacion_dice_direcciones_personas_y_propietarios(base, settings):
    settings.SITE_URL = "http://127.0.0.1:8999"
    demo.cargar()
    salida = StringIO()
    call_command("presentar_demo", stdout=salida)
    texto = salida.getvalue()
    assert "Portal de propietarios   http://127.0.0.1:8999/icalma/" in texto
    assert "Consola del personal     http://127.0.0.1:8999/consola/" in texto
    assert "Propietarios de Edificio Los Maitenes, Ingevec" in texto
    assert "Reclamantes de CAPERA" in texto
    assert f"Personal (clave: {demo.CLAVE})" in texto
    for persona in Usuario.objects.all():
        assert f"    {persona.username} " in texto
    for cliente in Cliente.objects.all():
        assert f"{cliente.documento} " in texto


def test_presentacion_calla_lo_que_no_esta_cargado(base):
    assert "Ingevec" not in demo.presentacion()
