"""How far an administrador reaches: master data of other companies and places stays as it was."""

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse

from postventa.empresas.models import Empresa
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.plazos.models import PoliticaPlazo
from tests.conftest import _personal
from tickets.inmuebles.models import Proyecto, Recinto, Unidad

CLAVE = "Otra-clave-2026"


def por(usuario):
    navegador = Client()
    navegador.force_login(usuario)
    return navegador


def formulario(prefijo, **campos):
    """A change form's post with an empty inline."""
    return {f"{prefijo}-TOTAL_FORMS": 0, f"{prefijo}-INITIAL_FORMS": 0, **campos}


@pytest.fixture
def vecina(icalma):
    """Another company, where the same person answers the telephone."""
    return Empresa.objects.create(
        codigo="vecina", nombre="Vecina", razon_social="Vecina SpA", prefijo_folio="VEC",
        remitente="posventa@vecina.example", calendario=icalma.calendario, jornada=icalma.jornada,
    )  # fmt: skip


@pytest.fixture
def de_dos(icalma, vecina):
    """Administers one company and has a lesser role in the other."""
    persona = _personal("tdos", "Tomás", "Riveros", icalma, Rol.ADMINISTRADOR)
    Membresia.objects.create(usuario=persona, empresa=vecina, rol=Rol.CALL_CENTER)
    return persona


@pytest.fixture
def de_uno(icalma, proyecto):
    """Administers one project."""
    persona = _personal("tuno", "Teresa", "Uribe", icalma, Rol.ADMINISTRADOR)
    persona.membresias.update(sede=proyecto)
    return persona


@pytest.fixture
def de_toda(icalma):
    return _personal("ttoda", "Andrés", "Toro", icalma, Rol.ADMINISTRADOR)


# --- another company


def test_dato_maestro_no_nace_donde_no_se_administra(de_dos, vecina):
    datos = formulario("lugares", empresa=vecina.pk, nombre="Intruso", orden=1, es_activo="on")
    respuesta = por(de_dos).post(reverse("admin:inmuebles_recinto_add"), datos)
    assert "empresa" in respuesta.context["adminform"].form.errors
    assert not Recinto.objects.exists()


def test_dato_maestro_no_se_muda_a_otra_empresa(de_dos, icalma, vecina):
    propio = Recinto.objects.create(empresa=icalma, nombre="Cocina")
    datos = formulario("lugares", empresa=vecina.pk, nombre="Cocina", orden=1, es_activo="on")
    por(de_dos).post(reverse("admin:inmuebles_recinto_change", args=[propio.pk]), datos)
    assert Recinto.objects.get() == propio
    assert Recinto.objects.get().empresa == icalma


def test_unidad_no_nace_en_proyecto_de_la_otra_empresa(de_dos, vecina):
    ajeno = Proyecto.objects.create(empresa=vecina, codigo="vec", nombre="Los Robles")
    datos = formulario("propiedades", proyecto=ajeno.pk, nombre="Intrusa")
    respuesta = por(de_dos).post(reverse("admin:inmuebles_unidad_add"), datos)
    assert respuesta.status_code == 403
    assert not Unidad.objects.exists()
    assert not CambioMaestro.objects.filter(empresa=vecina).exists()


def test_control_dato_maestro_nace_en_la_empresa_propia(de_dos, icalma):
    datos = formulario("lugares", empresa=icalma.pk, nombre="Cocina", orden=1, es_activo="on")
    assert por(de_dos).post(reverse("admin:inmuebles_recinto_add"), datos).status_code == 302
    assert Recinto.objects.get().empresa == icalma


# --- more than one's own project


def roles(persona, **fila):
    """The post of a person's page with one row of roles."""
    datos = {"username": persona.username, "is_active": "on", "first_name": "Otra"}
    datos |= {"membresias-TOTAL_FORMS": 1, "membresias-INITIAL_FORMS": 1}
    propia = persona.membresias.get()
    fila = {"id": propia.pk, "usuario": persona.pk, "empresa": propia.empresa_id,
            "sede": propia.sede_id or "", "rol": propia.rol, **fila}  # fmt: skip
    return datos | {f"membresias-0-{campo}": valor for campo, valor in fila.items()}


def pagina_de(persona):
    return reverse("admin:personas_usuario_change", args=[persona.pk])


def test_quien_administra_un_proyecto_no_se_da_la_empresa(de_uno, proyecto):
    respuesta = por(de_uno).post(pagina_de(de_uno), roles(de_uno, sede=""))
    assert "Elige un proyecto de los que administras." in respuesta.content.decode()
    assert de_uno.membresias.get().sede_id == proyecto.pk


def test_quien_administra_un_proyecto_no_crea_a_nadie_en_otro(de_uno, icalma, proyecto):
    Proyecto.objects.create(empresa=icalma, codigo="otro", nombre="Otro")
    datos = {"username": "nueva", "password1": CLAVE, "password2": CLAVE}
    datos |= formulario("membresias")
    datos |= {"membresias-TOTAL_FORMS": 1, "membresias-0-empresa": icalma.pk,
              "membresias-0-sede": "", "membresias-0-rol": Rol.JEFE}  # fmt: skip
    por(de_uno).post(reverse("admin:personas_usuario_add"), datos)
    assert not Usuario.objects.filter(username="nueva").exists()
    por(de_uno).post(
        reverse("admin:personas_usuario_add"), {**datos, "membresias-0-sede": proyecto.pk}
    )
    assert Usuario.objects.get(username="nueva").membresias.get().sede_id == proyecto.pk


@pytest.mark.parametrize("accion", ["factor", "desbloquear", "sesiones"])
def test_quien_administra_un_proyecto_no_toca_el_acceso_de_la_empresa(de_uno, de_toda, accion):
    url = reverse("admin:personas_usuario_acceso", args=[de_toda.pk])
    assert por(de_uno).post(url, {"accion": accion}).status_code == 403
    assert Usuario.objects.get(pk=de_toda.pk).version_sesiones == 0


def test_quien_administra_un_proyecto_no_cambia_la_clave_de_la_empresa(de_uno, de_toda):
    url = reverse("admin:auth_user_password_change", args=[de_toda.pk])
    datos = {"password1": CLAVE, "password2": CLAVE}
    assert por(de_uno).post(url, datos).status_code == 403
    assert not check_password(CLAVE, Usuario.objects.get(pk=de_toda.pk).password)
    assert por(de_toda).post(
        reverse("admin:auth_user_password_change", args=[de_uno.pk]), datos
    ).status_code == 302  # fmt: skip


def test_quien_administra_un_proyecto_no_edita_lo_de_toda_la_empresa(de_uno, icalma, de_toda):
    politica = PoliticaPlazo.objects.filter(empresa=icalma).first()
    recinto = Recinto.objects.create(empresa=icalma, nombre="Cocina")
    paginas = {
        "empresas_empresa": icalma.pk,
        "plazos_politicaplazo": politica.pk,
        "inmuebles_recinto": recinto.pk,
        "calendario_calendario": icalma.calendario_id,
        "calendario_jornada": icalma.jornada_id,
        "personas_usuario": de_toda.pk,
    }
    for nombre, pk in paginas.items():
        url = reverse(f"admin:{nombre}_change", args=[pk])
        assert por(de_uno).post(url, {}).status_code == 403, nombre
        assert b'name="_save"' not in por(de_uno).get(url).content, nombre
        assert b'name="_save"' in por(de_toda).get(url).content, nombre
    for nombre in ("plazos_politicaplazo", "inmuebles_recinto", "inmuebles_proyecto"):
        assert por(de_uno).get(reverse(f"admin:{nombre}_add")).status_code == 403, nombre


def test_quien_administra_un_proyecto_edita_el_suyo(de_uno, proyecto, unidad, cliente):
    navegador = por(de_uno)
    for nombre, pk in (
        ("inmuebles_proyecto", proyecto.pk),
        ("inmuebles_unidad", unidad.pk),
        ("personas_cliente", cliente.pk),
    ):
        pagina = navegador.get(reverse(f"admin:{nombre}_change", args=[pk]))
        assert b'name="_save"' in pagina.content, nombre
    datos = formulario("propiedades", proyecto=proyecto.pk, nombre="Casa 9")
    assert navegador.post(reverse("admin:inmuebles_unidad_add"), datos).status_code == 302
    assert Unidad.objects.filter(nombre="Casa 9", proyecto=proyecto).exists()
