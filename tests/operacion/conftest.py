"""What the tests about the project's own files share."""

import shutil
import subprocess
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def raiz():
    return RAIZ


@pytest.fixture(scope="session")
def seguidos():
    """Every file of the project: those git follows and those it would, as long as they exist."""
    orden = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not shutil.which("git") or not (RAIZ / ".git").exists():
        pytest.skip("only in a git checkout")
    salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True)
    nombres = sorted(set(salida.stdout.split("\0")) - {""})
    return [RAIZ / nombre for nombre in nombres if (RAIZ / nombre).is_file()]
