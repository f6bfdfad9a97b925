"""`herramientas/servicios.py`: a part that is missing is named before anything starts."""

import pytest
import servicios
from procesos import Aviso, puerto_libre

VARIABLES = ("CHROMIUM", "DATABASE_URL", "REDIS_URL")


@pytest.fixture
def maquina_vacia(monkeypatch, tmp_path):
    """A PATH with nothing on it; the test adds the programs it wants."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(servicios, "carpetas_de_postgres", list)

    def poner(*nombres):
        for nombre in nombres:
            (tmp_path / nombre).write_text("#!/bin/sh\n")
            (tmp_path / nombre).chmod(0o755)

    return poner


@pytest.mark.parametrize(
    ("hay", "falta"),
    [
        ([], "Chromium is missing: install it (on Debian: chromium) or set CHROMIUM"),
        (
            ["chromium", "redis-server"],
            "PostgreSQL is missing: install it (on Debian: postgresql) or set DATABASE_URL",
        ),
        (
            ["chromium", "initdb"],
            "Redis is missing: install it (on Debian: redis-server) or set REDIS_URL",
        ),
    ],
)
def test_se_dice_que_parte_falta(maquina_vacia, monkeypatch, hay, falta):
    maquina_vacia(*hay)
    monkeypatch.setattr(servicios, "Senales", object)
    with pytest.raises(Aviso) as error:
        servicios.con_servicios(["true"])
    assert str(error.value) == falta


def test_no_empieza_con_un_servidor_que_no_contesta(monkeypatch):
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{puerto_libre()}/0")
    with pytest.raises(Aviso, match=r"nothing answers at .* which REDIS_URL names"):
        servicios.comprobar("REDIS_URL", 6379)


def test_se_prefiere_el_postgres_mas_nuevo(monkeypatch):
    carpetas = [f"/usr/lib/postgresql/{version}/bin" for version in ("9.6", "15", "17")]
    monkeypatch.setattr(servicios.glob, "glob", lambda _: carpetas)
    assert servicios.carpetas_de_postgres() == carpetas[::-1]
