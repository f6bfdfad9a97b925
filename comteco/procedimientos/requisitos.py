"""The checklists of the annexes: what applies to who asks, and what was seen of it (6.1)."""

from datetime import date

from django.db.models import Q

from comteco.procedimientos.models import Requisito, RequisitoVisto, Tramite
from postventa.tramitacion.errores import DatosInvalidos


def aplicables(tramite: Tramite, dia: date):
    """Requirements in force that day for that kind of person, third party and service."""
    quien = Requisito.Quien.TERCERO if tramite.es_tercero else Requisito.Quien.TITULAR
    return Requisito.objects.filter(
        Q(hasta_el=None) | Q(hasta_el__gte=dia),
        empresa_id=tramite.empresa_id,
        procedimiento=tramite.procedimiento,
        desde_el__lte=dia,
        persona__in=("", tramite.persona),
        quien__in=("", quien),
        pide__in={"", tramite.pide},
        servicio__in=("", tramite.servicio),
    )


def revisar(tramite, puerta, actor, datos):
    """«Si cumple requisitos, continúa con paso siguiente. Caso contrario, concluye». Each row is
    kept as it was seen, by whom and when."""
    filas = list(aplicables(tramite, hoy(tramite, puerta)))
    vistos = {fila.pk for fila in datos.pop("cumplidos", None) or ()}
    cumple = datos.get("cumple")
    faltan = [fila.texto for fila in filas if fila.pk not in vistos]
    if not filas:
        raise DatosInvalidos("No hay requisitos vigentes. Pide a Administración que los registre.")
    if cumple is None:
        raise DatosInvalidos({"cumple": "Di si cumple los requisitos."})
    if cumple and faltan:
        raise DatosInvalidos({"cumplidos": f"Falta: {'; '.join(faltan)}."})
    if not cumple and not faltan:
        raise DatosInvalidos({"cumple": "Están todos marcados: desmarca lo que falta."})
    RequisitoVisto.objects.bulk_create(
        RequisitoVisto(
            tramite=tramite,
            requisito=fila,
            texto=fila.texto,
            cumple=fila.pk in vistos,
            por=actor.usuario,
            en=puerta.ahora,
        )
        for fila in filas
    )
    tramite.cumple_requisitos = cumple
    # What the history tells: by its words, for a row may be ended tomorrow.
    datos["faltan"] = faltan


def hoy(tramite, puerta) -> date:
    return puerta.ahora.astimezone(tramite.sede.tz).date()
