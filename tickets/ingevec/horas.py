"""R7: on which days an inspection may fall, and what it takes to leave them (G-03, G-07, G-08)."""

from dataclasses import dataclass
from datetime import date, datetime

from postventa.calendario.horario import Horario
from postventa.plazos.calculo import horario_del_lugar
from postventa.tramitacion.errores import DatosInvalidos
from tickets.ingevec.models import Excepcion, Pauta

DIAS_DE_INSPECCION = 5


@dataclass(frozen=True)
class Termino:
    """The business days in which an inspection must fall, and those of the project's weekday."""

    fechas: tuple[date, ...]
    validas: tuple[date, ...]
    # First day of the project's weekday after the term: the way out with the owner's consent.
    siguiente: date
    # Dates of the project's weekday inside the term's span that are holidays: {date: name}.
    perdidas: dict[date, str]

    def excepcion_de(self, dia: date) -> str | None:
        """ "" if the date is valid, the exception it needs, or None if it can never be."""
        if dia in self.validas:
            return ""
        if dia in self.fechas:
            return Excepcion.OTRO_DIA
        despues = dia > self.fechas[-1] and dia.weekday() == self.siguiente.weekday()
        return Excepcion.FUERA_DE_PLAZO if despues else None


def pauta_del_proyecto(proyecto_id: int) -> Pauta | None:
    """How a project receives visits, with all that its hours need; None if nobody set it up."""
    return (
        Pauta.objects.select_related(
            "proyecto__empresa__calendario",
            "proyecto__calendario_propio",
            "jornada_inspeccion",
            "jornada_trabajo",
        )
        .filter(proyecto_id=proyecto_id)
        .first()
    )


def horario_de(pauta: Pauta, jornada) -> Horario:
    """Business time of a project for a kind of visit; `jornada` is one of the pauta's two."""
    return horario_del_lugar(pauta.proyecto, jornada)


def termino_de(
    horario: Horario, llamada_en: datetime, dia: int, cantidad: int = DIAS_DE_INSPECCION
) -> Termino:
    """The term of a call: the `cantidad` business days after its local date (day 0 is the call).

    `dia` is the project's weekday, Monday 0.
    """
    hoy = llamada_en.astimezone(horario.zona).date()
    fechas = horario.proximos_habiles(hoy, cantidad)
    corridas = [date.fromordinal(n) for n in range(hoy.toordinal() + 1, fechas[-1].toordinal() + 1)]
    siguiente = fechas[-1]
    while siguiente.weekday() != dia or siguiente == fechas[-1] or not horario.es_habil(siguiente):
        siguiente = date.fromordinal(siguiente.toordinal() + 1)
    return Termino(
        fechas,
        tuple(f for f in fechas if f.weekday() == dia),
        siguiente,
        {f: horario.feriados[f] for f in corridas if f.weekday() == dia and f in horario.feriados},
    )


def exigir_hora_valida(solicitud, pauta: Pauta, datos: dict) -> None:
    """Refuse a day that is not one of the term's unless the exception is said and reasoned.

    Leaves in `datos` the exception that was needed ("" for none). DatosInvalidos otherwise.
    """
    horario = horario_de(pauta, pauta.jornada_inspeccion)
    termino = termino_de(horario, solicitud.llamada_en, pauta.dia)
    dia = datos["inicia_en"].astimezone(horario.zona).date()
    hace_falta = termino.excepcion_de(dia)
    if hace_falta is None:
        raise DatosInvalidos(
            {"inicia_en": f"Fuera del plazo solo se agenda en {pauta.get_dia_display()}, el día "
             "del proyecto."}
        )  # fmt: skip
    motivo = str(datos.get("motivo_excepcion") or "").strip()
    if hace_falta and datos.get("excepcion") != hace_falta:
        etiqueta = Excepcion(hace_falta).label
        raise DatosInvalidos({"excepcion": f"Ese día necesita una excepción: «{etiqueta}»."})
    if hace_falta and not motivo:
        raise DatosInvalidos({"motivo_excepcion": "Explica por qué no sirve un día del plazo."})
    if hace_falta == Excepcion.FUERA_DE_PLAZO and datos.get("acuerdo") is not True:
        raise DatosInvalidos({"acuerdo": "Confirma que el propietario está de acuerdo."})
    datos["excepcion"], datos["motivo_excepcion"] = hace_falta, motivo if hace_falta else ""
