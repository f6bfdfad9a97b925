"""What the call centre reads out. Each sentence is whole: nobody completes it on the line."""

from dataclasses import dataclass

from postventa.calendario.palabras import dia_en_palabras
from postventa.consola.toma.lectura import hora_leida, o_bien
from postventa.consola.toma.marco import Frase
from tickets.ingevec.palabras import CUIDADOS

# Where the screen, which knows what is being typed, puts the hour that was chosen.
CUANDO = "{cuando}"
OFRECIDAS = 3


@dataclass(frozen=True)
class Frases:
    """The sentences of one call; `cupo` has `CUANDO` where the hour goes."""

    ofrecer: str
    cupo: str
    urgentes: dict[str, str]
    consulta: str
    sin_hora: str

    def en_orden(self) -> list[Frase]:
        """For the frame: what wins over what, and what its button says."""
        return [
            *(Frase(u, dicha, "Guardar y avisar ahora") for u, dicha in self.urgentes.items()),
            Frase("consulta", self.consulta, "Guardar la consulta"),
            Frase("cupo", self.cupo, "Guardar y agendar: {corto}"),
            Frase("sin_hora", self.sin_hora, "Guardar sin hora"),
            Frase("", self.ofrecer),
        ]


def frases_de(pauta, oferta, termino, zona, *, tiene_correo: bool, guardia: list) -> Frases:
    """The sentences that can be read at this home now."""
    numero = "Su número de solicitud le llegará por correo." if tiene_correo else (
        "En un momento le doy su número de solicitud."
    )  # fmt: skip
    minutos = pauta.minutos_inspeccion if pauta else 45
    quien = f"{guardia[0]} le llamará enseguida" if guardia else "Le llamaremos enseguida"
    fin = f", a más tardar el {dia_en_palabras(termino.fechas[-1])}" if termino else ""
    return Frases(
        _ofrecer(oferta, zona),
        f"Su inspección queda para el {CUANDO}. Dura unos {minutos} minutos y alguien debe recibir "
        f"al inspector. {numero}",
        {
            urgencia: f"{cuidado} Es una urgencia y la atendemos de inmediato. {quien} al "
            "número que nos dio."
            for urgencia, cuidado in CUIDADOS.items()
        },
        f"Su consulta queda registrada y le responderemos al número que nos dio. {numero}",
        f"Su solicitud queda ingresada. Le llamaremos para acordar la hora de su inspección{fin}. "
        f"{numero}",
    )


def _ofrecer(oferta, zona) -> str:
    cupos = oferta.cupos if oferta else ()
    if not cupos:
        return "Cuénteme, por favor, qué ocurre y en qué parte de la vivienda."
    primero = cupos[0].inicio.astimezone(zona).date()
    del_dia = dict.fromkeys(c.inicio for c in cupos if c.inicio.astimezone(zona).date() == primero)
    horas = [f"a {hora_leida(inicio, zona)}" for inicio in list(del_dia)[:OFRECIDAS]]
    return f"Puedo ofrecerle el {dia_en_palabras(primero)} {o_bien(horas)}. ¿Cuál le acomoda?"
