"""Measures Postventa beside its floors, on PostgreSQL:  correr.py [--solo envio] [--vueltas N]

JSON lines on the standard output. PostgreSQL is the server of DATABASE_URL, where it works in a
database of its own (`test_...`) that is gone afterwards, or a throw-away one.
"""

import argparse
import os
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

HERRAMIENTAS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERRAMIENTAS.parent), str(HERRAMIENTAS)]
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.ajustes"

from bench.medidas import decir, maquina  # noqa: E402
from procesos import Aviso  # noqa: E402
from servicios import carpetas_de_postgres, exigir, postgres, programa  # noqa: E402

MEDIDAS = ("envio", "plazos", "paginas", "lista", "barrido")
# Minutes each: only when they are named.
LARGAS = ("escala", "tablero")


def opciones():
    que = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__.splitlines()[0])
    que.add_argument(
        "--solo", default=",".join(MEDIDAS), help=f"which: {','.join(MEDIDAS)}; {','.join(LARGAS)}"
    )
    que.add_argument("--vueltas", type=int, default=60, help="turns of each comparison")
    que.add_argument(
        "--abiertos", default="10000,100000,1000000", help="open clocks for the sweep, ascending"
    )
    que.add_argument("--vencidos", type=int, default=1000, help="clocks due in each sweep")
    que.add_argument("--casos", default="2500,250000", help="cases of `escala`, ascending")
    que.add_argument("--abiertas", type=int, default=20, help="of a hundred cases, how many open")
    return que.parse_args()


@contextmanager
def base_de_datos():
    """DATABASE_URL, or a throw-away server's while it lasts."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    initdb = programa("initdb", carpetas=carpetas_de_postgres())
    exigir("PostgreSQL", initdb, "postgresql", "DATABASE_URL")
    with tempfile.TemporaryDirectory(prefix="postventa-bench-") as carpeta:
        Path(carpeta).chmod(0o711)
        (Path(carpeta) / "pg").mkdir()
        with postgres(Path(carpeta) / "pg", initdb) as os.environ["DATABASE_URL"]:
            yield


@contextmanager
def tablas():
    """A fresh database beside the named one, with every table."""
    import django
    from django.db import connection

    django.setup()
    nombre = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(nombre, verbosity=0)


def main() -> None:
    args = opciones()
    pedidas = args.solo.split(",")
    hay = (*MEDIDAS, *LARGAS)
    if desconocidas := set(pedidas) - set(hay):
        raise Aviso(f"no such measure: {', '.join(sorted(desconocidas))} (of {', '.join(hay)})")
    decir("maquina", **maquina())
    with base_de_datos(), tablas():
        from bench import datos

        proyecto = datos.sembrar()
        for nombre in pedidas:
            import_module(f"bench.{nombre}").medir(proyecto, args)


if __name__ == "__main__":
    try:
        main()
    except Aviso as aviso:
        sys.exit(f"postventa: {aviso}")
