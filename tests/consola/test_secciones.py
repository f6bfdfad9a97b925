"""The header's sections: the cases of each person's own rooms, and where we are."""

import pytest

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.personas.models import Membresia, Rol
from tests.conftest import LUNES
from tests.consola.conftest import entrar, personal

ICALMA, INGEVEC = "/consola/icalma/ticket/", "/consola/ingevec/solicitud/"


@pytest.fixture
def ingevec(icalma):
    """Ingevec's company, in Icalma's calendar: only its name matters here."""
    return Empresa.objects.create(
        codigo="ingevec", nombre="Ingevec", pais="CL", zona=icalma.zona,
        calendario=icalma.calendario, jornada=icalma.jornada, prefijo_folio="ING",
        remitente="postventa@ingevec.example",
    )  # fmt: skip


@pytest.fixture
def comteco(icalma):
    """A company of two rooms, in Icalma's calendar."""
    return Empresa.objects.create(
        codigo="comteco", nombre="COMTECO", pais="BO", zona=icalma.zona,
        calendario=icalma.calendario, jornada=icalma.jornada, prefijo_folio="COM",
        remitente="atencion@comteco.example",
    )  # fmt: skip


def casos(persona, ruta="/consola/"):
    hora.fijar(LUNES)
    secciones = entrar(persona).get(ruta).context["secciones"]
    return [(s["nombre"], s["url"]) for s in secciones if s["nombre"].startswith("Casos")]


def actual(persona, ruta):
    hora.fijar(LUNES)
    secciones = entrar(persona).get(ruta).context["secciones"]
    return [s["nombre"] for s in secciones if s["es_actual"]]


def test_quien_trabaja_en_una_empresa_ve_sus_casos(icalma, ingevec):
    assert casos(personal("una", icalma, Rol.SUPERVISOR)) == [("Casos", ICALMA)]
    assert casos(personal("otra", ingevec, Rol.CALL_CENTER)) == [("Casos", INGEVEC)]


def test_quien_trabaja_en_dos_ve_los_de_cada_una(icalma, ingevec):
    persona = personal("ambas", icalma, Rol.CALL_CENTER)
    Membresia.objects.create(usuario=persona, empresa=ingevec, rol=Rol.CALL_CENTER)
    assert casos(persona) == [("Casos Icalma", ICALMA), ("Casos Ingevec", INGEVEC)]
    # One search in the header, that of the first room.
    pagina = entrar(persona).get("/consola/").content.decode()
    assert pagina.count('id="buscar-caso"') == 1


def test_las_salas_de_una_empresa_se_llaman_como_ella_las_llama(comteco):
    secciones = (
        entrar(personal("asesora", comteco, Rol.ASESOR)).get("/consola/").context["secciones"]
    )
    assert [s["nombre"] for s in secciones][:3] == ["Hoy", "Sala de atención", "Post venta"]


def test_quien_trabaja_en_otra_empresa_no_ve_casos(icalma, ingevec, otra):
    assert casos(otra.supervisora) == []


@pytest.mark.parametrize(
    ("ruta", "seccion"),
    [
        ("/consola/", ["Hoy"]),
        (INGEVEC, ["Casos"]),
        ("/consola/ingevec/llamada/", []),
        ("/consola/ingevec/pauta/", ["Datos"]),
        ("/consola/inmuebles/unidad/", ["Datos"]),
        ("/consola/plazos/plazo/", ["Plazos"]),
        ("/consola/mi-agenda/", []),
    ],
)
def test_la_cabecera_dice_donde_estamos(ingevec, ruta, seccion):
    assert actual(personal("centro", ingevec, Rol.CALL_CENTER), ruta) == seccion
