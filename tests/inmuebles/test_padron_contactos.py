"""What a padrón may do to where a customer is reached (TM-08)."""

import pytest

from postventa.consola import contactos
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Cliente, Usuario
from tests.conftest import LUNES
from tests.inmuebles.manos import aplicar, cargar, motivos_de, revisar
from tickets.inmuebles.models import Proyecto

P = "icalma-demo"
CAMILA = "16.482.937-5"


def test_correo_registrado_no_se_reemplaza_y_pide_el_cambio(icalma, cliente, unidad):
    una = revisar(icalma, f"{P};{unidad.nombre};{CAMILA};;otra@malo.example;9 0000 0000;;;;;")
    fila = una.filas.get()
    assert (fila.resultado, fila.cambios, fila.pide_contacto) == ("igual", [], True)
    assert [a.split(":")[0] for a in fila.avisos] == ["Pide cambio de contacto"] * 2
    assert (una.totales["pide_contacto"], una.totales["por_escribir"]) == (1, 0)


def test_correo_distinto_junto_a_un_cambio_que_si_va(icalma, cliente, unidad):
    cargar(icalma, f"{P};{unidad.nombre};{CAMILA};Camila R.;otra@malo.example;;;;;;")
    cliente.refresh_from_db()
    assert (cliente.nombre, cliente.correo) == ("Camila R.", "camila@correo.example")


def test_contacto_vacio_se_llena_y_la_bitacora_lo_llama_contacto(icalma, cliente, unidad):
    Cliente.objects.update(correo="", telefono="")
    cargar(icalma, f"{P};{unidad.nombre};{CAMILA};;ana@correo.example;9 1111 2222;;;;;")
    cliente.refresh_from_db()
    assert (cliente.correo, cliente.telefono) == ("ana@correo.example", "9 1111 2222")
    cambio = CambioMaestro.objects.get(modelo="personas.cliente")
    assert (cambio.accion, cambio.detalle["correo"]) == ("contacto", ["", "ana@correo.example"])


@pytest.fixture
def de_un_proyecto(icalma, proyecto, unidad, administradora):
    """Administers a project of the company that is not the one where Camila lives."""
    suyo = Proyecto.objects.create(empresa=icalma, codigo="robles", nombre="Los Robles")
    administradora.membresias.update(sede=suyo)
    return Usuario.objects.get(pk=administradora.pk)


@pytest.mark.parametrize(
    ("datos", "dice"),
    [
        (";ana@malo.example;", "(correo)"),
        (";;9 0000 0000", "(teléfono)"),
        ("Otra Persona;ana@malo.example;", "(nombre, correo)"),
    ],
)
def test_administradora_de_un_proyecto_no_toca_a_quien_vive_en_otro(
    icalma, cliente, de_un_proyecto, datos, dice
):
    Cliente.objects.update(correo="", telefono="")
    fila = f"robles;Depto 1;{CAMILA};{datos};;;;10-06-2024;"
    una = revisar(icalma, fila, por=de_un_proyecto)
    assert "vivienda en un proyecto que no administras" in motivos_de(una)[2]
    assert dice in motivos_de(una)[2]
    assert una.totales["por_escribir"] == 0
    # Who administers the whole company does.
    cargar(icalma, fila)
    cliente.refresh_from_db()
    assert cliente.correo or cliente.telefono


def test_administradora_de_un_proyecto_le_anota_su_segunda_vivienda(
    icalma, cliente, de_un_proyecto
):
    """What is already so is no change; and having a home here too opens nothing."""
    Cliente.objects.update(correo="", telefono="")
    fila = f"robles;Depto 1;{CAMILA};{cliente.nombre};{{}};;;;;10-06-2024;"
    una = aplicar(revisar(icalma, fila.format(""), por=de_un_proyecto), por=de_un_proyecto)
    assert una.totales["aplicadas"] == 1
    otra = revisar(icalma, fila.format("ana@malo.example"), por=de_un_proyecto)
    assert "(correo)" in motivos_de(otra)[2]


def test_contacto_vacio_con_un_cambio_en_curso_no_se_llena(icalma, cliente, unidad, supervisor):
    Cliente.objects.update(correo="")
    cliente.refresh_from_db()
    contactos.pedir(
        cliente, supervisor, correo="a@b.example", telefono="", evidencia="x", ahora=LUNES
    )
    una = revisar(icalma, f"{P};{unidad.nombre};{CAMILA};;ana@correo.example;;;;;;")
    assert una.filas.get().avisos == [
        "Tiene un cambio de contacto en curso: esta carga no toca su correo."
    ]


def test_contacto_que_se_llenó_entre_revisar_y_aplicar_no_se_pisa(icalma, cliente, unidad):
    Cliente.objects.update(correo="")
    una = revisar(icalma, f"{P};{unidad.nombre};{CAMILA};;ana@correo.example;;;;;;")
    Cliente.objects.update(correo="de-otra-via@correo.example")
    una = aplicar(una)
    cliente.refresh_from_db()
    assert cliente.correo == "de-otra-via@correo.example"
    assert una.filas.get().pide_contacto
    assert una.totales["cambiaron"] == 1
