"""docker-compose.yml, Dockerfile and .env.example say the same thing, and none tells a secret."""

import re

import pytest
import yaml

PROPIOS = ["web", "worker", "beat"]
# Set by the machinery around us, not by whoever runs the site.
AJENAS = {"DJANGO_SETTINGS_MODULE", "PATH", "PYTEST_XDIST_WORKER"}
LEER = r"""(?:env\.\w+|environ\.get|dj_db_url)\(\s*["']([A-Z_]+)["']|environ\[["']([A-Z_]+)["']\]"""


@pytest.fixture(scope="module")
def compose(raiz):
    return yaml.safe_load((raiz / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def ejemplo(raiz):
    """The variables of .env.example with their values; the ones commented out count too."""
    lineas = (raiz / ".env.example").read_text().splitlines()
    return dict(m.groups() for linea in lineas if (m := re.match(r"^#?([A-Z_]+)=(.*)$", linea)))


def variables_leidas(raiz):
    """Every variable that the code takes from its environment."""
    archivos = [*raiz.glob("postventa/**/*.py"), *raiz.glob("herramientas/*.py")]
    texto = "\n".join(archivo.read_text() for archivo in archivos)
    return {uno or otro for uno, otro in re.findall(LEER, texto)} - AJENAS


def variables_de_compose(raiz):
    return set(re.findall(r"\$\{([A-Z_]+)", (raiz / "docker-compose.yml").read_text()))


def test_cada_parte_corre_la_misma_imagen_y_tiene_salud(compose):
    servicios = compose["services"]
    assert set(servicios) == {"preparar", "db", "redis", *PROPIOS}
    assert {servicios[nombre]["image"] for nombre in [*PROPIOS, "preparar"]} == {"postventa"}
    assert [n for n, s in servicios.items() if "healthcheck" not in s] == ["preparar"]


def test_las_partes_esperan_a_que_la_base_este_preparada(compose):
    for nombre in PROPIOS:
        espera = compose["services"][nombre]["depends_on"]
        assert espera["preparar"]["condition"] == "service_completed_successfully"
        assert espera["redis"]["condition"] == "service_healthy"


def test_ningun_servidor_interno_se_publica(compose):
    publicados = {n: s["ports"] for n, s in compose["services"].items() if "ports" in s}
    assert publicados == {"web": ["127.0.0.1:${PUERTO:-8000}:8000"]}


def test_los_secretos_vienen_de_fuera(compose, ejemplo):
    servicios = compose["services"]
    assert servicios["web"]["environment"]["SECRET_KEY"] == "${SECRET_KEY:?}"
    assert servicios["db"]["environment"]["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD:?}"
    assert {n: v for n, v in ejemplo.items() if re.search(r"KEY|PASSWORD", n) and v} == {}


def test_la_imagen_no_corre_como_root_e_instala_con_hashes(raiz):
    dockerfile = (raiz / "Dockerfile").read_text()
    assert re.findall(r"^USER (\S+)$", dockerfile, re.M) == ["postventa"]
    assert "--require-hashes" in dockerfile


def test_el_ejemplo_nombra_cada_variable_y_ninguna_de_mas(raiz, ejemplo):
    usadas = variables_leidas(raiz) | variables_de_compose(raiz)
    assert usadas - set(ejemplo) == set()
    assert set(ejemplo) - usadas == {"ANYMAIL_SENDGRID_API_KEY"}
