"""Trámites of COMTECO's demonstration: its own people, and requests at several steps.

The people and the place are those of the company's demonstration; each trámite of the fixture
walks through the door as it would have.
"""

from datetime import date, timedelta
from uuid import uuid4

from comteco.procedimientos.ingreso import abrir
from comteco.procedimientos.requisitos import aplicables
from postventa.calendario import hora
from postventa.empresas.models import Sede
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.siembra import leer

ARCHIVO = "comteco_tramites_demo.json"
CLIENTE = ("tipo_documento", "numero")


def abrir_casos(sede: Sede) -> None:
    """Walk each trámite: [step, who, data] in its order, so many minutes ago."""
    gente = {u.username: u for u in Usuario.objects.filter(membresias__empresa=sede.empresa)}
    for fila in leer(ARCHIVO):
        _andar(fila, sede, gente)


def _andar(fila, sede, gente) -> None:
    ahora = hora.ahora() - timedelta(minutes=fila["hace_minutos"])
    cliente = Cliente.objects.get(
        empresa=sede.empresa, **{campo: fila["cliente"][campo] for campo in CLIENTE}
    )
    tramite = abrir(sede, cliente, gente[fila["abre"]], nonce=uuid4(), ahora=ahora, **fila["abrir"])
    hoy = ahora.astimezone(sede.tz).date()
    for verbo, quien, datos in fila["pasos"]:
        ahora += timedelta(minutes=1)
        tramite = tramitar(tramite, verbo, gente[quien], ahora=ahora, **_datos(datos, tramite, hoy))


def _datos(datos: dict, tramite, hoy: date) -> dict:
    """The fixture's words as the door takes them: what is met, days from today, past months."""
    datos = dict(datos)
    if "cumple" in datos:
        filas = list(aplicables(tramite, hoy))
        datos["cumplidos"] = filas[datos.pop("menos", 0) :]
    for campo in ("desde_el", "hasta_el"):
        if campo in datos:
            datos[campo] = hoy + timedelta(days=datos[campo])
    if "meses_atras" in datos:
        total = hoy.year * 12 + hoy.month - 1
        meses = (total - n for n in datos.pop("meses_atras"))
        datos["meses"] = [f"{n // 12}-{n % 12 + 1:02d}" for n in meses]
    return datos
