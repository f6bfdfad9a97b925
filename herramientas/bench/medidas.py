"""Turns, medians and JSON lines.

What is compared takes turns within one run, A B A B ..., so that whatever else the machine does
falls on all alike: only the ratio of the same turn is worth reading.
"""

import json
import os
import platform
import time
from statistics import median


def decir(medida: str, **datos) -> None:
    """One figure: one JSON line on the standard output."""
    print(json.dumps({"medida": medida, **datos}, ensure_ascii=False, default=str), flush=True)


def maquina() -> dict:
    """What the figures were taken on."""
    return {
        "procesador": _procesador(),
        "nucleos": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "carga": os.getloadavg()[0],
    }


def _procesador() -> str:
    try:
        with open("/proc/cpuinfo") as archivo:
            return next(li.split(":")[1].strip() for li in archivo if li.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def cronometrar(hacer) -> tuple[float, float]:
    """Milliseconds of one call: by the wall, and of processor in this process."""
    inicio, propio = time.perf_counter(), time.process_time()
    hacer()
    return (time.perf_counter() - inicio) * 1000, (time.process_time() - propio) * 1000


class Tiempos(list):
    """Milliseconds of each turn, with this process's own beside them: on a machine that others
    use, waiting for one's turn is most of the wall's."""

    def __init__(self):
        super().__init__()
        self.propios = []

    def anotar(self, medido: tuple[float, float]) -> None:
        self.append(medido[0])
        self.propios.append(medido[1])


def por_turnos(quienes: dict, vueltas: int, calentar: int = 2, antes=None) -> dict:
    """{name: milliseconds of each turn}; `antes(name)` prepares each turn outside the time."""
    tiempos = {nombre: Tiempos() for nombre in quienes}
    for vuelta in range(-calentar, vueltas):
        for nombre, hacer in quienes.items():
            if antes:
                antes(nombre)
            medido = cronometrar(hacer)
            if vuelta >= 0:
                tiempos[nombre].anotar(medido)
    return tiempos


def razon(de: list[float], sobre: list[float]) -> float:
    """Median of the ratios turn by turn."""
    return round(median(a / b for a, b in zip(de, sobre, strict=True)), 2)


def resumen(valores: Tiempos, cifras: int = 3) -> dict:
    orden = sorted(valores)
    return {
        "mediana": round(median(orden), cifras),
        "menor": round(orden[0], cifras),
        "procesador": round(median(valores.propios), cifras),
        "p95": round(orden[int(len(orden) * 0.95)], cifras),
        "vueltas": len(orden),
    }
