"""Who acts and what each may see: own company, own place."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from postventa.empresas.models import Empresa, Sede
from postventa.personas.actores import SISTEMA, Actor, roles_en
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.personas.permisos import empresas_de, tiene_rol, visibles


@pytest.fixture
def ajena(icalma):
    return Empresa.objects.create(
        codigo="ajena",
        nombre="Ajena",
        pais="CL",
        zona="America/Santiago",
        calendario=icalma.calendario,
        jornada=icalma.jornada,
        prefijo_folio="AJE",
        remitente="postventa@ajena.example",
    )


@pytest.fixture
def sedes(icalma, ajena):
    return [
        Sede.objects.create(empresa=icalma, codigo="norte", nombre="Norte"),
        Sede.objects.create(empresa=icalma, codigo="sur", nombre="Sur"),
        Sede.objects.create(empresa=ajena, codigo="norte", nombre="Norte ajena"),
    ]


def persona(nombre, *membresias, **campos):
    usuario = Usuario.objects.create_user(nombre, **campos)
    for empresa, sede, rol in membresias:
        Membresia.objects.create(usuario=usuario, empresa=empresa, sede=sede, rol=rol)
    return usuario


def test_actor_sale_de_quien_sea(supervisor, cliente):
    assert Actor.de(supervisor) == Actor("usuario", "Rodrigo Sepúlveda", usuario=supervisor)
    assert Actor.de(cliente).documento == "16482937-5"
    assert Actor.de(SISTEMA) is SISTEMA


def test_roles_son_los_de_esa_empresa_y_esa_sede(icalma, ajena, sedes):
    norte, sur, _ = sedes
    ana = persona("ana", (icalma, norte, Rol.SUPERVISOR), (icalma, None, Rol.MAESTRO))
    actor = Actor.de(ana)
    assert roles_en(actor, icalma.pk, norte.pk) == {"supervisor", "maestro"}
    assert roles_en(actor, icalma.pk, sur.pk) == {"maestro"}
    assert roles_en(actor, ajena.pk, norte.pk) == frozenset()


def test_nadie_hereda_roles_por_ser_superusuario_ni_los_conserva_inactivo(icalma):
    jefe = persona("jefa", (icalma, None, Rol.JEFE), is_superuser=True)
    assert roles_en(Actor.de(jefe), icalma.pk) == {"jefe"}
    assert roles_en(Actor.de(persona("root", is_superuser=True)), icalma.pk) == frozenset()
    jefe.is_active = False
    assert roles_en(Actor.de(jefe), icalma.pk) == frozenset()


def test_sistema_y_clientes_no_tienen_roles_de_personal(icalma, cliente):
    assert roles_en(SISTEMA, icalma.pk) == {"sistema"}
    assert roles_en(Actor.de(cliente), icalma.pk) == frozenset()
    assert roles_en(Actor.reemplazo("Ana", "12345678-5"), icalma.pk) == frozenset()


def test_roles_se_leen_una_vez_por_persona(icalma, supervisor, django_assert_num_queries):
    actor = Actor.de(Usuario.objects.get(pk=supervisor.pk))
    with django_assert_num_queries(1):
        for _ in range(3):
            roles_en(actor, icalma.pk)


def test_cada_quien_ve_su_empresa_y_su_sede(icalma, ajena, sedes):
    norte, sur, otra = sedes
    todo = persona("todo", (icalma, None, Rol.GERENTE))
    parte = persona("parte", (icalma, sur, Rol.SUPERVISOR))
    nadie, root = persona("nadie"), persona("root", is_superuser=True)
    caminos = {"empresa": "empresa_id", "sede": "pk"}

    def ve(usuario):
        return set(visibles(Sede.objects.all(), usuario, **caminos))

    assert (ve(todo), ve(parte), ve(nadie)) == ({norte, sur}, {sur}, set())
    assert ve(root) == {norte, sur, otra}
    assert (empresas_de(todo), empresas_de(parte, Rol.JEFE)) == ({icalma.pk}, set())
    assert tiene_rol(parte, icalma.pk, Rol.SUPERVISOR, Rol.JEFE)


def test_misma_persona_en_dos_empresas_son_dos_clientes(icalma, ajena):
    for empresa in (icalma, ajena):
        Cliente.objects.create(empresa=empresa, numero="12345678-5", nombre="Ana")
    with pytest.raises(IntegrityError), transaction.atomic():
        Cliente.objects.create(empresa=icalma, numero="12345678-5", nombre="Otra")


def test_cliente_guarda_su_documento_en_una_sola_forma(icalma):
    ana = Cliente(empresa=icalma, numero="12.345.678-5", nombre="Ana")
    ana.clean()
    assert (ana.numero, ana.documento) == ("12345678-5", "12.345.678-5")
    ana.numero = "12.345.678-6"
    with pytest.raises(ValidationError):
        ana.clean()


@pytest.mark.parametrize(
    ("correo", "velado"),
    [("camila@correo.cl", "ca•••••@correo.cl"), ("a@b.cl", "a•••••@b.cl"), ("", "")],
)
def test_correo_velado_no_dice_la_direccion(correo, velado):
    assert Cliente(correo=correo).correo_velado == velado
