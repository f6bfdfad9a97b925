"""The board's figures counted by hand: row by row in Python, from clocks and audit alone."""

from collections import Counter
from zoneinfo import ZoneInfo

from postventa.calendario.semanas import lunes_de
from postventa.expedientes.models import Expediente, Movimiento
from postventa.expedientes.salas import Proporcion, todas
from postventa.plazos.models import ABIERTOS, Plazo

AJENOS = {(s.empresa, f.codigo) for s in todas() for f in s.al_vencer}


def de_plazos(ahora, periodo, cuales=lambda plazo: True):
    """Counters of (on time, late) by clock, by week, by place and by person."""
    cifras = {que: (Counter(), Counter()) for que in ("total", "semanas", "sedes", "personas")}
    for p in Plazo.objects.select_related("expediente__empresa"):
        empresa = p.expediente.empresa
        semana = lunes_de(p.vence_en, ZoneInfo(empresa.zona))
        if (empresa.codigo, p.codigo) in AJENOS or not periodo.contiene(semana) or not cuales(p):
            continue
        if p.estado == "CUMPLIDO":
            lado = 0
        elif p.estado == "CUMPLIDO_TARDE" or (p.estado in ABIERTOS and p.vence_en < ahora):
            lado = 1
        else:
            continue
        clave = empresa.pk, f"plazo:{p.codigo}"
        cifras["total"][lado][clave] += 1
        cifras["semanas"][lado][*clave, semana] += 1
        cifras["sedes"][lado][*clave, p.expediente.sede_id] += 1
        cifras["personas"][lado][*clave, p.expediente.responsable_id] += 1
    return cifras


def de_actos(periodo, cuales=lambda acto: True):
    """Counters of (good, not good) by measure."""
    buenos, malos = Counter(), Counter()
    actos = list(Movimiento.objects.select_related("expediente__empresa"))
    for sala in todas():
        for i in sala.indicadores:
            if not isinstance(i, Proporcion):
                continue
            for m in actos:
                caso = m.expediente
                suyo = (caso.tipo, m.objeto) == (sala.tipo, i.objeto) and m.verbo in i.verbos
                semana = lunes_de(m.ocurrido_en, ZoneInfo(caso.empresa.zona))
                if not suyo or not periodo.contiene(semana) or not cuales(m):
                    continue
                if i.sin:
                    bueno = not any(
                        o.expediente_id == caso.pk and o.verbo in i.sin and o.numero < m.numero
                        for o in actos
                    )
                else:
                    bueno = m.verbo in i.bien
                (buenos if bueno else malos)[caso.empresa_id, f"{sala.tipo}.{i.codigo}"] += 1
    return buenos, malos


def de_lectura(tabla, prefijo="plazo:"):
    """A table of the lecture as the same two counters."""
    filas = {k: c for k, c in tabla.items() if k[1].startswith(prefijo) and c.n}
    return (
        Counter({k: c.si for k, c in filas.items() if c.si}),
        Counter({k: c.no for k, c in filas.items() if c.no}),
    )


def comparar(lectura, ahora, cuales=lambda caso: True):
    """Fail unless every figure of the lecture is the one counted by hand."""
    a_mano = de_plazos(ahora, lectura.periodo, lambda p: cuales(p.expediente))
    for que in ("total", "semanas", "sedes", "personas"):
        assert de_lectura(getattr(lectura, que)) == a_mano[que], que
    buenos, malos = de_actos(lectura.periodo, lambda m: cuales(m.expediente))
    medidas = {k: c for k, c in lectura.total.items() if "." in k[1] and c.n}
    proporciones = {
        f"{s.tipo}.{i.codigo}" for s in todas() for i in s.indicadores if isinstance(i, Proporcion)
    }
    medidas = {k: c for k, c in medidas.items() if k[1] in proporciones}
    assert Counter({k: c.si for k, c in medidas.items() if c.si}) == buenos
    assert Counter({k: c.no for k, c in medidas.items() if c.no}) == malos
    abiertos = Counter()
    for caso in Expediente.objects.filter(situacion="ABIERTO"):
        if cuales(caso):
            abiertos[caso.tipo, caso.sede_id, caso.responsable_id] += 1
    leidos = Counter()
    for a in lectura.abiertos:
        if a.clase == "caso":
            leidos[a.codigo, a.sede, a.persona] += a.n
    assert leidos == abiertos
