"""What is told to staff of a clock, to whom and from when (dominio 1.3).

Alerts respect the rest of whom they go to: outside office hours they wait for the next opening
of the case's place, and what waits for one person leaves as one digest (`avisos.agrupar`). The
dashboards are red meanwhile.
"""

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction

from postventa.avisos import outbox
from postventa.avisos.correo import Caducado
from postventa.avisos.models import Aviso
from postventa.empresas.models import Sede
from postventa.expedientes.salas import sala_de
from postventa.personas.models import Rol
from postventa.plazos.calculo import DE_LA_SEDE, espera_de_apertura
from postventa.plazos.models import ABIERTOS, AlertaPlazo, Plazo, PoliticaPlazo

ADVERTENCIA, VENCIMIENTO = AlertaPlazo.Tipo.ADVERTENCIA, AlertaPlazo.Tipo.VENCIMIENTO
RESUMEN = "plazo_resumen"
LOTE = 1000
# An alert that could not be told is tried again later.
REPOSO = timedelta(hours=1)
log = logging.getLogger(__name__)


def avisar(ahora: datetime) -> int:
    """Queue the messages of every alert that is to be told; return how many alerts.

    Safe to run again, and in several processes: a message has one key. An alert that cannot be
    told rests for a while and stops nobody else.
    """
    total = 0
    # Most ticks have nothing to tell, and then cost one look at an index.
    while pendientes(ahora).exists():
        try:
            hechas = _avisar_lote(ahora)
        except Exception:
            log.exception("Una alerta hizo fallar su lote: se aparta y las demás siguen")
            _apartar(ahora)
            hechas = _avisar_lote(ahora)
        total += hechas
        if hechas < LOTE:
            break
    return total


def pendientes(ahora: datetime):
    """Alerts that are to be told by then."""
    return AlertaPlazo.objects.filter(por_avisar_en__lte=ahora).order_by("por_avisar_en", "pk")


@transaction.atomic
def _avisar_lote(ahora) -> int:
    lote = _por_avisar(ahora)
    if lote:
        _completar([alerta.plazo for alerta in lote])
        encolar([(alerta.plazo, alerta.tipo) for alerta in lote], ahora)
        _estas(lote).update(por_avisar_en=None)
    return len(lote)


@transaction.atomic
def _apartar(ahora) -> None:
    """Try each alert of the batch alone, undone; those that fail rest."""
    for alerta in _por_avisar(ahora):
        try:
            with transaction.atomic():
                _completar([alerta.plazo])
                encolar([(alerta.plazo, alerta.tipo)], ahora)
                transaction.set_rollback(True)
        except Exception:
            log.exception("No se pudo avisar del plazo %s", alerta.plazo_id)
            _estas([alerta]).update(por_avisar_en=ahora + REPOSO)


def _por_avisar(ahora) -> list[AlertaPlazo]:
    return list(
        pendientes(ahora)
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("plazo__expediente")[:LOTE]
    )


def _estas(lote):
    return AlertaPlazo.objects.filter(pk__in=[alerta.pk for alerta in lote])


def _completar(plazos) -> None:
    """Policy and place of each clock: a batch shares a few of them, so each is read once."""
    politicas = PoliticaPlazo.objects.in_bulk({p.politica_id for p in plazos})
    sedes = Sede.objects.select_related(*DE_LA_SEDE).in_bulk({p.expediente.sede_id for p in plazos})
    for plazo in plazos:
        plazo.politica = politicas[plazo.politica_id]
        plazo.expediente.sede = sedes[plazo.expediente.sede_id]


def encolar(alertas: list[tuple[Plazo, str]], ahora: datetime) -> None:
    """Queue one message per clock, kind and person of its policy."""
    personas = _personas([plazo for plazo, _ in alertas])
    apertura = _Aperturas(ahora)
    avisos = []
    for plazo, tipo in alertas:
        suyas = _destinatarios(plazo, tipo, personas.get(plazo.expediente_id, {}))
        hechos = _hechos(plazo)
        avisos += [
            _aviso(plazo, tipo, para, falta, hechos, apertura) for para, falta in suyas.items()
        ]
    outbox.encolar(avisos)


def _personas(plazos) -> dict:
    """Who plays each role in each case, room by room, in a constant number of queries."""
    por_sala = defaultdict(dict)
    for plazo in plazos:
        por_sala[plazo.expediente.tipo][plazo.expediente_id] = plazo.expediente
    personas = {}
    for tipo, casos in por_sala.items():
        personas |= sala_de(tipo).personas(list(casos.values()))
    return personas


def _destinatarios(plazo, tipo, personas) -> dict:
    """{(name, address): the role that nobody holds and they stand in for, or ""}."""
    politica, sala = plazo.politica, sala_de(plazo.expediente.tipo)
    if tipo == ADVERTENCIA and plazo.codigo in sala.recuerda:
        # The room's own mail to its customer, never to staff.
        return dict.fromkeys(personas.get(sala.recordado, []), "")
    roles = politica.roles_de_aviso
    if tipo == VENCIMIENTO:
        roles = roles + politica.roles_de_vencimiento
    destinatarios = {}
    for rol in roles:
        for para in personas.get(rol, []):
            destinatarios[para] = ""
    for rol in roles:
        if not personas.get(rol):
            for para in _suplentes(rol, personas):
                destinatarios.setdefault(para, _nombre(rol))
    return destinatarios


def _suplentes(rol, personas) -> list:
    """Those of the next role up that has somebody, then down, as the room names them.

    With nobody at all, the role without an address: the case shows that nobody was told.
    """
    nombrados = list(personas)
    lugar = nombrados.index(rol) if rol in nombrados else 0
    orden = nombrados[lugar:] + nombrados[:lugar][::-1]
    return next((personas[otro] for otro in orden if personas[otro]), [(_nombre(rol), "")])


def _nombre(rol) -> str:
    return dict(Rol.choices).get(rol, rol.replace("_", " "))


class _Aperturas:
    """When each place opens next: worked out once per place."""

    def __init__(self, ahora: datetime):
        self.ahora, self.sabidas = ahora, {}

    def de(self, sede) -> datetime | None:
        """Next opening of a place; None if it is open, or if it never opens."""
        llave = (sede.calendario.pk, sede.jornada.pk, sede.zona)
        if llave not in self.sabidas:
            self.sabidas[llave] = espera_de_apertura(sede, self.ahora)
        return self.sabidas[llave]


def _aviso(plazo, tipo, para, falta, hechos, apertura) -> Aviso:
    caso, urgente = plazo.expediente, plazo.politica.es_inmediata
    suyo = sala_de(caso.tipo).recuerda.get(plazo.codigo)
    if suyo and tipo == ADVERTENCIA:
        # A customer has no office hours, and no digest.
        clave = f"plazo:{plazo.pk}:{tipo}:{para[1] or para[0]}"
        return outbox.nuevo(
            plazo.empresa_id, suyo, clave, para, hechos, apertura.ahora, expediente_id=caso.pk
        )
    return outbox.nuevo(
        plazo.empresa_id,
        f"plazo_{tipo}",
        f"plazo:{plazo.pk}:{tipo}:{para[1] or para[0]}",
        para,
        {**hechos, "sin_titular": falta} if falta else hechos,
        apertura.ahora,
        expediente_id=plazo.expediente_id,
        no_antes_en=None if urgente else apertura.de(caso.sede),
        grupo="" if urgente else RESUMEN,
    )


def _hechos(plazo) -> dict:
    caso = plazo.expediente
    url = sala_de(caso.tipo).url_consola
    return {
        "sobre": plazo.pk,
        "folio": caso.folio,
        "sede": caso.sede.nombre,
        "plazo": plazo.politica.nombre,
        "vence_en": plazo.vence_en.isoformat(),
        "zona": caso.sede.zona,
        "url": url(caso) if url else "",
    }


# --- while it is being sent: a night may have passed since it was queued


def al_advertir(datos: dict) -> dict:
    """Nobody is warned of a clock that has stopped, nor with a date that no longer holds."""
    if _detenidos([datos]):
        raise Caducado("El plazo se detuvo antes de avisar")
    return _al_dia([datos])[0]


def al_vencer(datos: dict) -> dict:
    """A breach is told all the same (it never goes away), and whether it is over."""
    return {"detenido": bool(_detenidos([datos]))}


def al_resumir(datos: dict) -> dict:
    """The alerts that still stand, late ones first, each saying whether its clock runs."""
    detenidos, al_dia = _detenidos(datos["alertas"]), _al_dia(datos["alertas"])
    vigentes = [
        {
            **a,
            **hoy,
            "vencido": a["tipo"] == f"plazo_{VENCIMIENTO}",
            "detenido": a["sobre"] in detenidos,
        }
        for a, hoy in zip(datos["alertas"], al_dia, strict=True)
    ]
    vigentes = [a for a in vigentes if a["vencido"] or not a["detenido"]]
    if not vigentes:
        raise Caducado("Los plazos se detuvieron antes de avisar")
    vigentes.sort(key=lambda a: (not a["vencido"], a["vence_en"]))
    vencidos = sum(a["vencido"] for a in vigentes)
    return {"alertas": vigentes, "vencidos": vencidos, "por_vencer": len(vigentes) - vencidos}


def _detenidos(alertas: list[dict]) -> set[int]:
    pks = [a["sobre"] for a in alertas if "sobre" in a]
    return set(
        Plazo.objects.filter(pk__in=pks).exclude(estado__in=ABIERTOS).values_list("pk", flat=True)
    )


def _al_dia(alertas: list[dict]) -> list[dict]:
    """The due instant of each warned clock as it is now: the calendar may have moved it."""
    pks = [a["sobre"] for a in alertas if "sobre" in a]
    ahora = dict(Plazo.objects.filter(pk__in=pks).values_list("pk", "vence_en"))
    return [
        {"vence_en": ahora[a["sobre"]].isoformat()} if a.get("sobre") in ahora else {}
        for a in alertas
    ]
