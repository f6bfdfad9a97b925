"""Weeks that are over are counted once and kept; what touched one since is counted anew.

One counts a company's weeks at a time (the row of its `Sello` is the lock). A mark seen under the
lock is of a change that is already there to be counted, so it goes with the recount; one that comes
later stays for the next.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from postventa.calendario.semanas import SEMANA, comienzo, lunes_de, semanas_entre
from postventa.empresas.models import Empresa, Sede
from postventa.plazos.models import SemanaTocada
from postventa.tableros import hechos
from postventa.tableros.demoras import con_su_tiempo
from postventa.tableros.hechos import Fila
from postventa.tableros.lugares import Lugares
from postventa.tableros.models import Resumen, Sello
from postventa.tableros.periodo import primera_viva

LUGAR, PERSONA, AMBOS = Resumen.Corte.LUGAR, Resumen.Corte.PERSONA, Resumen.Corte.AMBOS
# Weeks that one turn of the nightly task keeps ready: what the longest board asks for.
HACIA_ATRAS = 53


def esta_al_dia(sello, marcas: Iterable[datetime], empresa, desde: date, ahora: datetime) -> bool:
    """Nothing of the weeks from `desde` on that are over is missing, nor to be counted anew.

    `sello` is (desde, hasta, forma) as stored, or None.
    """
    zona = ZoneInfo(empresa.zona)
    viva = primera_viva(ahora, zona)
    if desde >= viva:
        return True
    if sello is None or sello[0] is None or sello[2] != hechos.forma_de(empresa):
        return False
    # Beyond what is alive: sealed while the demonstration's clock stood ahead.
    if sello[0] > desde or sello[1] != viva:
        return False
    limite = comienzo(viva, zona)
    return not any(marca < limite for marca in marcas)


def sellar(empresa: Empresa, desde: date, ahora: datetime) -> int:
    """Count what is missing of a company from the Monday `desde` on, or was touched; how many
    weeks were counted."""
    zona = ZoneInfo(empresa.zona)
    viva, forma = primera_viva(ahora, zona), hechos.forma_de(empresa)
    with transaction.atomic():
        Sello.objects.bulk_create([Sello(empresa=empresa)], ignore_conflicts=True)
        sello = Sello.objects.select_for_update(no_key=True).get(empresa=empresa)
        marcas = list(SemanaTocada.objects.filter(empresa=empresa).values_list("pk", "de_en"))
        hechas = set()
        if sello.desde and sello.forma == forma:
            hechas = set(semanas_entre(sello.desde, min(sello.hasta, viva)))
        hechas -= {lunes_de(de_en, zona) for _, de_en in marcas}
        if sello.desde and sello.forma == forma:
            # The weeks stand without a gap: it only grows, at either end.
            desde = min(desde, sello.desde)
        faltan = [s for s in semanas_entre(desde, viva) if s not in hechas]
        _guardar(empresa, viva, faltan, desde, ahora)
        SemanaTocada.objects.filter(pk__in=[pk for pk, _ in marcas]).delete()
        sello.desde, sello.hasta, sello.forma = desde, max(viva, desde), forma
        sello.save(update_fields=["desde", "hasta", "forma"])
    return len(faltan)


def sellar_todas(ahora: datetime) -> int:
    """Keep every company's weeks ready, so that no board waits for them."""
    return sum(
        sellar(e, primera_viva(ahora, ZoneInfo(e.zona)) - HACIA_ATRAS * SEMANA, ahora)
        for e in Empresa.objects.filter(es_activa=True)
    )


def olvidar(empresas=None) -> None:
    """Throw everything away: the next look counts it again. For who brings cases of the past in."""
    sellos = Sello.objects.all() if empresas is None else Sello.objects.filter(empresa__in=empresas)
    sellos.update(desde=None, hasta=None, forma="")


def _guardar(empresa, viva, faltan, desde, ahora) -> None:
    previos = Resumen.objects.filter(empresa=empresa)
    previos.filter(semana__in=faltan).delete()
    previos.filter(semana__gte=viva).delete()
    previos.filter(semana__lt=desde).delete()
    filas = contar_semanas(empresa, faltan, ahora)
    if filas:
        Resumen.objects.bulk_create(filas, batch_size=2000)


def contar_semanas(empresa: Empresa, semanas: list[date], ahora: datetime) -> list[Resumen]:
    """The stored rows of those weeks, each run of them in one statement."""
    zona = ZoneInfo(empresa.zona)
    lugares = None
    filas: list[Fila] = []
    for desde, hasta in _tramos(semanas):
        extremos = comienzo(desde, zona), comienzo(hasta, zona)
        crudas = hechos.unir(hechos.contar(empresa, hechos.TODO, *extremos, ahora))
        lugares = lugares or Lugares.de(Sede.objects.filter(empresa=empresa))
        filas += con_su_tiempo(crudas, lugares.horario)
    return _en_cortes(empresa, filas)


def _tramos(semanas: list[date]) -> list[tuple[date, date]]:
    """Runs of weeks without a gap: (first, the one after the last)."""
    tramos: list[tuple[date, date]] = []
    for semana in sorted(semanas):
        if tramos and tramos[-1][1] == semana:
            tramos[-1] = (tramos[-1][0], semana + SEMANA)
        else:
            tramos.append((semana, semana + SEMANA))
    return tramos


def _en_cortes(empresa, filas: list[Fila]) -> list[Resumen]:
    sumas = defaultdict(lambda: [0, 0, 0])
    for fila in filas:
        for corte, sede, persona in (
            (AMBOS, fila.sede, fila.persona),
            (LUGAR, fila.sede, None),
            (PERSONA, None, fila.persona),
        ):
            suma = sumas[fila.semana, corte, fila.medida, sede, persona]
            suma[0] += fila.n
            suma[1] += fila.si
            suma[2] += fila.suma
    return [
        Resumen(
            empresa=empresa, semana=semana, corte=corte, medida=medida, sede_id=sede,
            persona_id=persona, n=n, si=si, suma=suma,
        )
        for (semana, corte, medida, sede, persona), (n, si, suma) in sumas.items()
    ]  # fmt: skip
