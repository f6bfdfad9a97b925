"""The board as its template shows it: figures on top, a chart over each table."""

from postventa.calendario.palabras import contar
from postventa.consola.tablero import filtros
from postventa.consola.tablero.tablas import SIN_DATOS, Tablero, por_ciento
from postventa.tableros import abiertos
from postventa.tableros.abiertos import EN_RIESGO, VENCIDO
from postventa.tableros.graficos import Barra, barra, tendencia

# Bars of a chart: the most of what it is about; the table has them all.
LARGO = 8


def contexto(datos: Tablero) -> dict:
    tablas = datos.todas()
    barras = (
        {}
        if not _hay(datos)
        else {
            "plazos": _de_plazos(datos),
            "antiguedad": _de_antiguedad(datos),
            "riesgo": _de_riesgo(datos),
            "proyectos": _de_abiertos(datos, "sede", datos.fichas.sedes.get),
            "personas": _de_abiertos(datos, "persona", datos.persona),
        }
    )
    return {
        "cifras": _cifras(datos),
        "cajas": [(tabla, barras.get(clave, [])) for clave, tabla in tablas.items()],
        "tendencia": _de_semanas(datos),
        "dice_periodo": filtros.periodo_en_palabras(datos.lectura.periodo),
        "hay_cifras": _hay(datos),
    }


def _hay(datos: Tablero) -> bool:
    return any(c.n for c in datos.lectura.total.values()) or bool(datos.lectura.abiertos)


def _cifras(datos: Tablero) -> list[dict]:
    cuenta = datos.todos_los_plazos()
    vencidos, riesgo = (datos.en_situacion(grupo) for grupo in (VENCIDO, EN_RIESGO))
    casos = sum(a.n for a in datos.casos())
    tipos = datos.tipos()
    return [
        {
            "que": "A tiempo", "icono": "visto", "tono": "ok" if cuenta.n else "",
            "cifra": por_ciento(cuenta) if cuenta.n else SIN_DATOS,
            "detalle": f"{cuenta.si} de {cuenta.n} plazos" if cuenta.n else "Ningún plazo vencía",
            "url": datos.enlaces.plazos(filtros.CONTADOS),
        },
        {
            "que": "Vencidos ahora", "icono": "alerta", "tono": "mal" if vencidos else "",
            "cifra": vencidos, "detalle": "plazos abiertos que ya pasaron",
            "url": datos.enlaces.plazos(filtros.VENCIDOS, ahora=True),
        },
        {
            "que": "En riesgo", "icono": "campana", "tono": "alerta" if riesgo else "",
            "cifra": riesgo, "detalle": "vencen en 5 días hábiles",
            "url": datos.enlaces.plazos(filtros.RIESGO, ahora=True),
        },
        {
            "que": "Casos abiertos", "icono": "documento", "tono": "", "cifra": casos,
            "detalle": "con su antigüedad más abajo" if casos else "Ninguno",
            # Of several rooms there is no one list: their table has each.
            "url": datos.enlaces.casos(tipos[0]) if len(tipos) == 1 else "#antiguedad",
        },
    ]  # fmt: skip


def _de_plazos(datos: Tablero) -> list[Barra]:
    barras = []
    for empresa, codigo in datos.relojes:
        cuenta = datos.plazo(empresa, codigo)
        termino = datos.termino(empresa, codigo)
        nombre = datos.reloj(empresa, codigo)
        barras.append(
            barra(
                f"{nombre} · {termino}" if termino else nombre,
                por_ciento(cuenta),
                f"{cuenta.si} de {cuenta.n}" if cuenta.n else "",
                [("b1", cuenta.por_ciento), ("bmal", 100 - cuenta.por_ciento)] if cuenta.n else [],
                datos.enlaces.plazos(filtros.CONTADOS, empresa=empresa, codigo=codigo),
            )
        )
    return barras


def _de_antiguedad(datos: Tablero) -> list[Barra]:
    grupos = [sum(a.n for a in datos.casos(grupo=g)) for g in range(len(abiertos.EDADES))]
    mayor, tipos = max(grupos) or 1, datos.tipos()
    return [
        barra(
            nombre,
            str(n),
            "caso" if n == 1 else "casos",
            [("b1" if g < len(grupos) - 1 else "balerta", 100 * n / mayor)],
            datos.enlaces.casos(tipos[0], str(g)) if len(tipos) == 1 else "",
        )
        for g, (nombre, n) in enumerate(zip(abiertos.EDADES, grupos, strict=True))
    ]


def _de_riesgo(datos: Tablero) -> list[Barra]:
    filas = [
        (k, *(datos.en_situacion(grupo, *k) for grupo in (VENCIDO, EN_RIESGO)))
        for k in datos.relojes
    ]
    mayor = max((v + r for _, v, r in filas), default=0) or 1
    return [
        barra(
            datos.reloj(*k),
            str(v + r),
            f"{contar(v, 'vencido', 'vencidos')} · {r} en riesgo",
            [("bmal", 100 * v / mayor), ("balerta", 100 * r / mayor)],
        )
        for k, v, r in filas
        if v + r
    ]


def _de_abiertos(datos: Tablero, campo: str, nombre_de) -> list[Barra]:
    sumas: dict[int | None, int] = {}
    for abierto in datos.casos():
        clave = getattr(abierto, campo)
        sumas[clave] = sumas.get(clave, 0) + abierto.n
    filas = sorted(sumas.items(), key=lambda par: (-par[1], str(nombre_de(par[0]))))[:LARGO]
    mayor = max((n for _, n in filas), default=0) or 1
    return [
        barra(nombre_de(k) or "", str(n), "abierto" if n == 1 else "abiertos",
              [("b1", 100 * n / mayor)])
        for k, n in filas
    ]  # fmt: skip


def _de_semanas(datos: Tablero):
    """The clocks of which most fell due, by week."""
    lunes = datos.lectura.periodo.semanas
    orden = sorted(datos.relojes, key=lambda k: -datos.plazo(*k).n)
    series = [
        (datos.reloj(*k), [datos.semana(*k, semana).por_ciento for semana in lunes]) for k in orden
    ]
    hecha = tendencia(series)
    if hecha is None:
        return None
    # As many dates as fit under it.
    cada = -(-len(lunes) // 9)
    fechas = [f"{s.day}/{s.month}" if n % cada == 0 else "" for n, s in enumerate(lunes)]
    return {"grafico": hecha, "fechas": fechas}
