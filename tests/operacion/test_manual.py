"""The manual says what the product says: its labels, pictures, mails and dates cannot rot."""

import re

import pytest
import retratos
from retratos_gente import RETRATOS

from postventa.calendario.palabras import cantidad_en_palabras, vence_en_palabras
from postventa.plazos.calculo import calcular_plazo
from postventa.plazos.models import PoliticaPlazo
from postventa.visitas.models import Visita
from tests.conftest import local

PAGINAS = (
    "administrador",
    "call-center",
    "capera-gerencia",
    "capera-legal",
    "capera-reclamante",
    "capera-responsable",
    "capera-trabajador",
    "comteco-asesor",
    "comteco-informes",
    "comteco-jefatura",
    "comteco-tramites",
    "gerencia",
    "index",
    "ingevec-call-center",
    "ingevec-inspector",
    "jefe",
    "propietario",
    "supervisor",
)
# Where a word of a screen may stand: templates, the forms and words of the rooms, the scripts.
PALABRAS = (
    "templates/**/*.html",
    "tickets/icalma/**/*.py",
    "tickets/ingevec/**/*.py",
    "tickets/inmuebles/**/*.py",
    "reclamos/**/*.py",
    "comteco/**/*.py",
    "postventa/consola/**/*.py",
    "postventa/*/models.py",
    "static/js/*.js",
)
# What the manual promises, and from when: policy, start, the pages that say it.
FECHAS = [
    ("contacto", "2026-11-23 10:15", ("propietario", "supervisor", "jefe", "administrador")),
    ("contacto", "2026-12-04 16:00", ("propietario",)),
    ("contacto", "2026-11-27 09:10", ("call-center",)),
    ("coordinar_trabajo", "2026-11-24 10:45", ("propietario", "supervisor", "jefe")),
    ("objecion", "2026-11-24 10:45", ("propietario", "jefe")),
    ("consulta", "2026-11-25 11:30", ("propietario", "jefe")),
    ("resolver_objecion", "2026-11-25 11:30", ("jefe",)),
    ("objetar_inasistencia", "2026-11-24 10:45", ("propietario", "jefe")),
]


def aplanar(texto):
    return " ".join(texto.split())


@pytest.fixture(scope="module")
def manual(raiz):
    hojas = sorted((raiz / "docs" / "manual").glob("*.md"))
    return {hoja.stem: aplanar(hoja.read_text(encoding="utf-8")) for hoja in hojas}


@pytest.fixture(scope="module")
def pantallas(raiz):
    archivos = [archivo for patron in PALABRAS for archivo in sorted(raiz.glob(patron))]
    return aplanar("\n".join(a.read_text(encoding="utf-8") for a in archivos))


def test_cada_persona_tiene_su_hoja(manual):
    assert tuple(manual) == PAGINAS
    enlazadas = re.findall(r"\]\(([\w-]+)\.md\)", manual["index"])
    assert sorted([*enlazadas, "index"]) == sorted(PAGINAS)


def test_cada_imagen_del_manual_se_retrata_y_cada_retrato_se_usa(manual):
    usadas = re.findall(r"!\[[^\]]+\]\(imagenes/([\w-]+)\.png\)", " ".join(manual.values()))
    assert sorted(usadas) == sorted(RETRATOS)
    assert sum(hoja.count("![") for hoja in manual.values()) == len(usadas)


def test_cada_retrato_se_toma_una_vez_en_la_historia(raiz):
    historias = sorted((raiz / "herramientas").glob("retratos_*.py"))
    historia = " ".join(h.read_text(encoding="utf-8") for h in historias)
    assert sorted(re.findall(r'retratar\("([\w-]+)"', historia)) == sorted(RETRATOS)


def test_cada_palabra_de_pantalla_existe(manual, pantallas):
    citadas = {
        (nombre, cita) for nombre, hoja in manual.items() for cita in re.findall("«(.*?)»", hoja)
    }
    citadas = {(nombre, cita) for nombre, cita in citadas if cita}
    assert sorted(par for par in citadas if par[1].strip() not in pantallas) == []
    assert len(citadas) > 100


def test_cada_asunto_de_correo_existe(manual, raiz):
    plantillas = [*raiz.glob("templates/correos/icalma/*.txt")]
    plantillas += raiz.glob("templates/correos/plazo_*.txt")
    asuntos = [re.search("block asunto %}(.*)", p.read_text())[1] for p in plantillas]
    asuntos = " ".join([*asuntos, *(nombre.lower() for nombre in Visita.Tipo.labels)])
    faltan = []
    for nombre, hoja in manual.items():
        _, _, tabla = hoja.partition("## Los correos")
        tabla = tabla.partition("## ")[0]
        for fila in re.findall(r"(?<=\| )([^|*-][^|]*) \| [^|]+ \|", tabla)[1:]:
            faltan += [(nombre, a) for a in re.split(", o ", fila) if a not in asuntos]
    assert faltan == []


@pytest.mark.parametrize(("codigo", "desde", "hojas"), FECHAS)
def test_las_fechas_del_manual_son_las_del_calendario(codigo, desde, hojas, proyecto, manual):
    politica = PoliticaPlazo.objects.get(empresa=proyecto.empresa, codigo=codigo)
    calculado = calcular_plazo(politica, proyecto, local(desde))
    vence = vence_en_palabras(calculado.vence_en, proyecto.tz)
    vence = vence.removeprefix("el ").partition(", hasta")[0]
    cantidad = cantidad_en_palabras(politica.cantidad, politica.unidad)
    dichas = {h: (vence in manual[h], cantidad in manual[h]) for h in hojas}
    assert dichas == dict.fromkeys(hojas, (True, True))


def test_sin_navegador_lo_dice_en_una_linea(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "ningun-navegador-se-llama-asi")
    with pytest.raises(retratos.Aviso) as aviso:
        retratos.navegador()
    assert str(aviso.value).endswith(("make manual", "make entorno-dev"))
    assert "\n" not in str(aviso.value)
