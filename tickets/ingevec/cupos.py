"""Hours that can be offered in the call, and why there are none (R7; G-03, G-07, G-08, G-12).

What is offered here is what the acts of `actos_visita` accept: the same term, the same windows,
the same quarter hours and the same visits a day.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile

from postventa.calendario.horario import Horario
from postventa.calendario.palabras import DIAS, contar, dia_en_palabras, enumerar
from postventa.personas.models import Usuario
from postventa.visitas import agenda
from postventa.visitas.flujo import EstadoVisita
from postventa.visitas.models import Visita
from tickets.ingevec.horas import Termino, horario_de, termino_de
from tickets.ingevec.models import Excepcion, Inspector, Pauta
from tickets.ingevec.personas import INSPECCION, TRABAJO, que_visitan

# G-11: the works are executed in these business days from the inspection.
DIAS_DE_TRABAJOS = 20
# How far ahead a day out of the term is looked for.
SEMANAS = 8
SEMANA = timedelta(days=7)


@dataclass(frozen=True)
class Cupo:
    """A free hour of somebody: aware UTC instants."""

    inicio: datetime
    fin: datetime
    inspector: Usuario


@dataclass(frozen=True)
class Oferta:
    """Free hours of the term, in order; if there are none, why and what can be agreed instead.

    `alternativas` goes by `Excepcion`: the hours that each one opens, maybe none.
    """

    cupos: tuple[Cupo, ...]
    excepcion: str = ""
    alternativas: dict[str, tuple[Cupo, ...]] = field(default_factory=dict)

    @property
    def todos(self) -> list[Cupo]:
        """Those of the term or, if it has none, those of every exception, in order."""
        otros = (cupo for cupos in self.alternativas.values() for cupo in cupos)
        return list(self.cupos) or sorted(otros, key=lambda c: c.inicio)


def ofrecer(
    pauta: Pauta,
    llamada_en: datetime,
    ahora: datetime,
    tipo: str = INSPECCION,
    *,
    dia: int | None = None,
    hasta: date | datetime | None = None,
    salvo: Visita | None = None,
) -> Oferta:
    """The hours to choose from, for a call (`inspeccion`) or after an inspection (`trabajo`).

    `llamada_en` is where the term counts from; `dia` (Monday 0) replaces the project's weekday,
    and for works, which have none, keeps that one only; `hasta` replaces the last day of the works.
    The time of `salvo`, an agreed visit that would be left, counts as free. Four queries, six if
    the term has no hour, whatever the inspectors and days. PlazoInvalido out of the calendar.
    """
    busca = _Busqueda.de(pauta, tipo, ahora, salvo)
    if tipo == TRABAJO:
        return _de_trabajos(busca, llamada_en, dia, hasta)
    return _de_inspeccion(
        busca, termino_de(busca.horario, llamada_en, pauta.dia if dia is None else dia)
    )


def siguiente(perdido: Cupo, oferta: Oferta) -> Cupo | None:
    """The hour to put before who lost `perdido` in a race, from a fresh offer: the same one with
    somebody else, or the next; the first one if none is left later, None if there is none at all.
    """
    dado = (perdido.inicio, perdido.inspector)
    otros = [c for c in oferta.todos if (c.inicio, c.inspector) != dado]
    despues = (c for c in otros if c.inicio >= perdido.inicio)
    return next(despues, otros[0] if otros else None)


@dataclass(frozen=True)
class _Busqueda:
    """What does not change from one date to another."""

    horario: Horario
    dura: timedelta
    inspectores: list[Inspector]
    ahora: datetime
    salvo: Visita | None

    @classmethod
    def de(cls, pauta, tipo, ahora, salvo):
        jornada, dura = {
            INSPECCION: (pauta.jornada_inspeccion, pauta.dura_inspeccion),
            TRABAJO: (pauta.jornada_trabajo, pauta.dura_trabajo),
        }[tipo]
        # Only an agreed visit can be left: one that began or ended keeps its time.
        if salvo is not None and salvo.estado != EstadoVisita.COORDINADA:
            salvo = None
        return cls(horario_de(pauta, jornada), dura, que_visitan(pauta, tipo), ahora, salvo)

    @property
    def hoy(self) -> date:
        return self.ahora.astimezone(self.horario.zona).date()

    def fecha_de(self, cupo: Cupo) -> date:
        return cupo.inicio.astimezone(self.horario.zona).date()

    def comienzos(self, fechas) -> list[datetime]:
        """Every hour of those dates, one visit after another from each opening, taken or not."""
        ventanas = [v for fecha in fechas for v in self.horario.ventanas(fecha)]
        return list(agenda.comienzos(ventanas, self.dura, self.dura))

    def en(self, fechas) -> tuple[Cupo, ...]:
        """Free hours of those dates (in order), still to come; two queries at most."""
        comienzos = [inicia for inicia in self.comienzos(fechas) if inicia > self.ahora]
        if not comienzos or not self.inspectores:
            return ()
        zona, gente = self.horario.zona, [i.usuario for i in self.inspectores]
        tomados = agenda.ocupados(gente, comienzos[0], comienzos[-1] + self.dura, self.salvo)
        cuantas = agenda.visitas_por_dia(gente, fechas[0], fechas[-1], zona, self.salvo)
        return tuple(
            Cupo(inicia, inicia + self.dura, i.usuario)
            for inicia in comienzos
            for i in self.inspectores
            if cuantas[i.usuario_id, inicia.astimezone(zona).date()] < i.cupos_por_dia
            and tomados[i.usuario_id].isdisjoint(agenda.bloques(inicia, inicia + self.dura))
        )

    def primer_dia(self, cupos) -> tuple[Cupo, ...]:
        """Those of the first day that has any."""
        if not cupos:
            return ()
        primero = self.fecha_de(cupos[0])
        return tuple(takewhile(lambda c: self.fecha_de(c) == primero, cupos))


def _de_inspeccion(busca: _Busqueda, termino: Termino) -> Oferta:
    cupos = busca.en(termino.validas)
    if cupos:
        return Oferta(cupos)
    dia = termino.siguiente.weekday()
    otras = tuple(f for f in termino.fechas if f.weekday() != dia)
    despues = termino.siguiente
    while despues < busca.hoy:
        despues += SEMANA
    semanas = (despues + n * SEMANA for n in range(SEMANAS))
    cupos = busca.en((*otras, *filter(busca.horario.es_habil, semanas)))
    return Oferta(
        (),
        _por_que(busca, termino),
        {
            Excepcion.OTRO_DIA.value: tuple(c for c in cupos if busca.fecha_de(c) in otras),
            Excepcion.FUERA_DE_PLAZO.value: busca.primer_dia(
                [c for c in cupos if busca.fecha_de(c) not in otras]
            ),
        },
    )


def _por_que(busca: _Busqueda, termino: Termino) -> str:
    dia = DIAS[termino.siguiente.weekday()]
    if not busca.inspectores:
        return "El proyecto no tiene inspectores: pide a un administrador que los agregue."
    if not termino.validas:
        feriados = [
            f"el {dia_en_palabras(f)} es feriado ({n})" for f, n in termino.perdidas.items()
        ]
        plazo = contar(len(termino.fechas), "día hábil", "días hábiles")
        return f"No hay {dia} en los {plazo} que siguen a la llamada: {enumerar(feriados)}."
    comienzos = busca.comienzos(termino.validas)
    if not comienzos:
        return _no_cabe(busca, f"los {dia}")
    dias = enumerar(f"el {dia_en_palabras(f)}" for f in termino.validas)
    if comienzos[-1] <= busca.ahora:
        return f"Ya pasó el día del proyecto en el plazo: {dias}."
    return f"No quedan horas libres {dias}."


def _no_cabe(busca: _Busqueda, cuando: str) -> str:
    minutos = busca.dura // timedelta(minutes=1)
    return f"Una visita de {minutos} minutos no cabe en el horario de {cuando}."


def _de_trabajos(busca: _Busqueda, desde: datetime, dia, hasta) -> Oferta:
    zona = busca.horario.zona
    cero = desde.astimezone(zona).date()
    if isinstance(hasta, datetime):
        hasta = hasta.astimezone(zona).date()
    dias = busca.horario.dias_habiles_entre(cero, hasta) if hasta else DIAS_DE_TRABAJOS
    plazo = busca.horario.proximos_habiles(cero, max(dias, 0))
    ultimo = plazo[-1] if plazo else hasta

    def sirven(fechas):
        return tuple(f for f in fechas if dia in (None, f.weekday()))

    cupos = busca.en(sirven(plazo))
    if cupos:
        return Oferta(cupos)
    # From the day before, for today serves too.
    vispera = max(ultimo, busca.hoy - timedelta(days=1))
    cupos = busca.en(sirven(busca.horario.proximos_habiles(vispera, SEMANAS * 5)))
    return Oferta(
        (),
        _por_que_no_trabajos(busca, sirven(plazo), ultimo),
        {Excepcion.FUERA_DE_PLAZO.value: busca.primer_dia(cupos)},
    )


def _por_que_no_trabajos(busca: _Busqueda, fechas, ultimo: date) -> str:
    if not busca.inspectores:
        return "El proyecto no tiene a quién enviar: pide a un administrador que lo agregue."
    comienzos = busca.comienzos(fechas)
    termina = f"el {dia_en_palabras(ultimo)}"
    if fechas and not comienzos:
        return _no_cabe(busca, "trabajos")
    if ultimo < busca.hoy or (comienzos and comienzos[-1] <= busca.ahora):
        return f"El plazo de los trabajos ya pasó: terminó {termina}."
    return f"No quedan horas de trabajos libres hasta {termina}, el último día del plazo."
