"""Seed of the calendars: the `holidays` package, then the corrections that it lacks.

The package is asked here and nowhere else; terms are computed from the table, which staff edit.
A row is the loader's own while its source says so: one with another source belongs to whoever
wrote it, and one that is not in force is never brought back.
"""

import json
from collections import Counter
from datetime import date, time

import holidays
from django.conf import settings
from django.db import transaction

from .models import Calendario, Feriado, Jornada, Tramo

PAQUETE = "paquete holidays"
CALENDARIOS = "calendarios.json"
CORRECCIONES = "feriados_correcciones.json"


@transaction.atomic
def cargar(desde, hasta):
    """Load calendars, jornadas and the holidays of those years, both included.

    Running it twice changes nothing. Returns a Counter: creados, actualizados, retirados,
    respetados (rows of another source, or not in force, that it would have written otherwise).
    """
    datos = _leer(CALENDARIOS)
    _cargar_jornadas(datos["jornadas"])
    cuenta = Counter()
    correcciones = _leer(CORRECCIONES)
    for ficha in datos["calendarios"]:
        calendario = _cargar_calendario(ficha)
        fijos = _dias_irrenunciables(correcciones, calendario.codigo)
        deseados = {
            fecha: {
                "nombre": nombre,
                "fuente": f"{PAQUETE} {holidays.__version__}",
                "es_irrenunciable": f"{fecha:%m-%d}" in fijos,
                "es_vigente": True,
            }
            for fecha, nombre in _del_paquete(ficha, range(desde, hasta + 1)).items()
        }
        deseados |= _corregidos(correcciones, calendario.codigo, desde, hasta)
        _escribir(calendario, deseados, desde, hasta, cuenta)
    return cuenta


def _leer(nombre):
    return json.loads((settings.BASE_DIR / "fixtures" / nombre).read_text(encoding="utf-8"))


def _cargar_jornadas(fichas):
    for ficha in fichas:
        jornada, es_nueva = Jornada.objects.get_or_create(
            codigo=ficha["codigo"], defaults={"nombre": ficha["nombre"]}
        )
        if es_nueva:
            Tramo.objects.bulk_create(
                Tramo(
                    jornada=jornada,
                    dia=dia,
                    desde=time.fromisoformat(tramo["desde"]),
                    hasta=time.fromisoformat(tramo["hasta"]),
                )
                for tramo in ficha["tramos"]
                for dia in tramo["dias"]
            )


def _cargar_calendario(ficha):
    padre = ficha.get("padre") and Calendario.objects.get(codigo=ficha["padre"])
    datos = {"nombre": ficha["nombre"], "pais": ficha["pais"], "padre": padre}
    return Calendario.objects.get_or_create(codigo=ficha["codigo"], defaults=datos)[0]


def _del_paquete(ficha, anios):
    """Public holidays (not the bank ones) in Spanish; of a subdivision, only what it adds."""
    pais, subdivision = ficha["pais"], ficha.get("subdivision")
    nacionales = holidays.country_holidays(pais, years=anios, language="es")
    if subdivision is None:
        return dict(nacionales)
    locales = holidays.country_holidays(pais, subdiv=subdivision, years=anios, language="es")
    return {fecha: nombre for fecha, nombre in locales.items() if fecha not in nacionales}


def _dias_irrenunciables(correcciones, codigo):
    return {
        dia
        for regla in correcciones["irrenunciables"]
        if regla["calendario"] == codigo
        for dia in regla["dias"]
    }


def _corregidos(correcciones, codigo, desde, hasta):
    fechas = {}
    for ficha in correcciones["correcciones"]:
        fecha = date.fromisoformat(ficha["fecha"])
        if ficha["calendario"] == codigo and desde <= fecha.year <= hasta:
            fechas[fecha] = {
                "nombre": ficha["nombre"],
                "fuente": ficha["fuente"],
                "es_irrenunciable": ficha.get("es_irrenunciable", False),
                "es_vigente": ficha.get("es_vigente", True),
            }
    return fechas


def _escribir(calendario, deseados, desde, hasta, cuenta):
    filas = Feriado.objects.filter(calendario=calendario, fecha__year__range=(desde, hasta))
    actuales = {fila.fecha: fila for fila in filas}
    nuevos, cambiados, retirados = [], [], []
    for fecha, datos in deseados.items():
        fila = actuales.get(fecha)
        if fila is None:
            nuevos.append(Feriado(calendario=calendario, fecha=fecha, **datos))
        elif _es_igual(fila, datos):
            continue
        elif fila.fuente.startswith(PAQUETE) and fila.es_vigente:
            for campo, valor in datos.items():
                setattr(fila, campo, valor)
            cambiados.append(fila)
        else:
            cuenta["respetados"] += 1
    for fecha, fila in actuales.items():
        # A newer package that moved a holiday must not leave the old date behind.
        if fecha not in deseados and fila.fuente.startswith(PAQUETE) and fila.es_vigente:
            retirados.append(fila.pk)
    Feriado.objects.bulk_create(nuevos)
    if cambiados:
        Feriado.objects.bulk_update(
            cambiados, ["nombre", "fuente", "es_irrenunciable", "es_vigente"]
        )
    if retirados:
        Feriado.objects.filter(pk__in=retirados).delete()
    cuenta += Counter(creados=len(nuevos), actualizados=len(cambiados), retirados=len(retirados))


def _es_igual(fila, datos):
    """Whether the row already says so; the package's own version number is no difference."""
    es_del_paquete = fila.fuente.startswith(PAQUETE) and datos["fuente"].startswith(PAQUETE)
    return all(
        getattr(fila, campo) == valor
        for campo, valor in datos.items()
        if not (campo == "fuente" and es_del_paquete)
    )
