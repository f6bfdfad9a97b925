"""`herramientas/entorno.sh` on machines that lack something: one clear line, no traceback."""

import os
import shutil
import subprocess

import pytest

VIEJO = "#!/bin/sh\n[ $1 = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n"
NUEVO = '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.12.0\nexit 0\n'
SIN_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n'


@pytest.fixture
def copia(raiz, tmp_path):
    """A checkout with nothing installed and a PATH that holds only what the test puts there."""
    (tmp_path / "herramientas").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(raiz / "herramientas/entorno.sh", tmp_path / "herramientas")
    (tmp_path / "requirements.txt").write_text("")
    for programa in ("sh", "cat", "cksum", "dirname", "date", "rm"):
        (tmp_path / "bin" / programa).symlink_to(shutil.which(programa))
    return tmp_path


def poner(copia, nombre, guion):
    archivo = copia / "bin" / nombre
    archivo.write_text(guion)
    archivo.chmod(0o755)


def hacer_entorno(copia):
    return subprocess.run(
        ["sh", "herramientas/entorno.sh", "requirements.txt"],
        cwd=copia,
        env=os.environ | {"PATH": str(copia / "bin")},
        capture_output=True,
        text=True,
    )


def test_python_viejo_se_dice_en_una_linea(copia):
    poner(copia, "python3", VIEJO)
    salida = hacer_entorno(copia)
    assert salida.returncode == 1
    assert salida.stderr == "postventa: Python 3.11 or newer is needed; found: Python 3.9.2\n"


def test_sin_python_se_dice_en_una_linea(copia):
    salida = hacer_entorno(copia)
    assert salida.stderr == "postventa: Python 3.11 or newer is needed; found: none\n"


def test_sin_modulo_venv_se_dice_en_una_linea(copia):
    poner(copia, "python3", SIN_VENV)
    salida = hacer_entorno(copia)
    assert salida.returncode == 1
    assert salida.stderr == (
        "postventa: this Python has no venv module; on Debian and Ubuntu: "
        "apt-get install python3-venv\n"
    )
    assert not (copia / ".venv").exists()


def test_si_python3_es_viejo_se_usa_uno_mas_nuevo(copia):
    poner(copia, "python3", VIEJO)
    poner(copia, "python3.12", NUEVO)
    assert "making the environment in .venv with Python 3.12.0" in hacer_entorno(copia).stdout
