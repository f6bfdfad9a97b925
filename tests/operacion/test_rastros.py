"""Nothing in the project tells on whose machine, or through which registry, it was made."""

import re

# In pieces, so that this file does not contain what it looks for.
ANFITRIONES = [
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "registry" + r"\.npmjs",
    "registry" + r"\.yarnpkg",
    "deb" + r"\.debian",
    "docker" + r"\.io",
    "ghcr" + r"\.io",
    "extra-index" + "-url",
    "--index" + "-url",
    "--find" + "-links",
]
NOMBRES = ("work", "root", "home", "Users", "opt/pypi")
CARPETAS = [rf"(?<![\w.}}])/{nombre}/" for nombre in NOMBRES]
PATRON = re.compile("|".join(ANFITRIONES + CARPETAS))


def hallazgos(archivo):
    texto = archivo.read_bytes().decode("utf-8", errors="replace")
    return sorted({hallado.group() for hallado in PATRON.finditer(texto)})


def test_ningun_archivo_nombra_registros_ni_carpetas_de_una_maquina(seguidos, raiz):
    con_rastro = {str(a.relative_to(raiz)): h for a in seguidos if (h := hallazgos(a))}
    assert con_rastro == {}


def test_el_patron_ve_lo_que_busca(tmp_path):
    muestra = tmp_path / "muestra"
    muestra.write_text("cd /" + "work/x; https://pypi" + ".org/simple")
    assert hallazgos(muestra) == ["/" + "work/", "pypi" + ".org"]


def test_nada_generado_ni_secreto_se_sigue(seguidos, raiz):
    partes = {parte for archivo in seguidos for parte in archivo.relative_to(raiz).parts}
    assert partes & {".venv", "var", ".env", "__pycache__", "node_modules"} == set()
