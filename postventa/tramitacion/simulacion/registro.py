"""What a room says of its own simulation: where its cases happen and how one of them goes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Cliente, Membresia, Usuario
from postventa.tramitacion.simulacion.invento import Inventor
from postventa.tramitacion.simulacion.ritmo import Ritmo

# Places and staff of the simulation, beside those of the demonstration.
PREFIJO = "sim"
# How often each month brings something; a room may have its own.
PAREJO = (1.0,) * 12


@dataclass(frozen=True)
class Lugar:
    """A place with who works in it, each under the part that they play."""

    sede: Sede
    gente: dict[str, Usuario]
    ritmo: Ritmo


@dataclass
class Mesa:
    """What the histories of one company share."""

    empresa: Empresa
    azar: Random
    inventor: Inventor
    desde: datetime
    hasta: datetime
    lugares: list[Lugar] = field(default_factory=list)
    # Puts a second thread of a history in the days to come: function(instant, generator, history).
    agendar: Callable | None = None
    # While its histories are to be told again of others: each has people and a home of its own.
    es_molde: bool = False
    # What the room remembers from one case to the next.
    memoria: dict = field(default_factory=dict)

    def cliente(self, azar: Random, **campos) -> Cliente:
        """A new customer, plainly invented."""
        return Cliente.objects.create(
            empresa=self.empresa, **(self.inventor.persona(azar) | campos)
        )


class Simulacion:
    """One room's part. `historia` is a `Historia` of its cases; `lugares` prepares where."""

    empresa = ""
    meses = PAREJO
    historia: type

    def lugares(self, mesa: Mesa, cuantos: int) -> list[Lugar]:
        """The places for that many cases: those that are there, and what is missing made."""
        raise NotImplementedError

    def sedes_de_demo(self) -> set[str]:
        """Codes of the demonstration's own places."""
        raise NotImplementedError

    # --- what a room adds where its histories are told again of other people (`copia`)

    def entorno(self, caso) -> dict:
        """What stands around a case without being of it, as text and dates (a home)."""
        return {}

    def equivalentes(self, lugar: Lugar, lugares: list[Lugar]) -> list[Lugar]:
        """The places in which what happened in `lugar` could have happened the same."""
        return [lugar]

    def numeros(self, empresa: Empresa) -> tuple["Numero", ...]:
        """The series from which its cases take their numbers."""
        return (Numero("folio", "creado_en", lambda sede, dia: f"{empresa.codigo}-{dia.year}"),)

    def poner_numeros(self, copia, numeros: dict[str, int]) -> None:
        """Write them on a copy: the folio, and whatever else cites them."""
        copia.poner_folio(numeros["folio"])

    def copiar_entorno(self, copia) -> None:
        """Give a copy its own surroundings."""


@dataclass(frozen=True)
class Numero:
    """A series that a case takes a number from: at the instant that a field of it says, from the
    series of `serie(sede, local date)`. `si` is a field without which it takes none."""

    nombre: str
    cuando: str
    serie: Callable
    si: str = ""


_SIMULACIONES: dict[str, Simulacion] = {}


def registrar(simulacion: Simulacion) -> None:
    """Add a company to what can be simulated. Called by the rooms when Django starts."""
    _SIMULACIONES[simulacion.empresa] = simulacion


def todas() -> dict[str, Simulacion]:
    """Company code to its simulation, in the order in which the rooms came."""
    return dict(_SIMULACIONES)


_AL_TERMINAR: list[Callable[[list[Empresa]], None]] = []


def al_terminar(olvidar: Callable[[list[Empresa]], None]) -> None:
    """What upper rooms have counted of those companies is to be counted again: their past grew."""
    _AL_TERMINAR.append(olvidar)


def terminar(empresas: list[Empresa]) -> None:
    for olvidar in _AL_TERMINAR:
        olvidar(empresas)


def persona(empresa: Empresa, usuario: str, nombre: tuple[str, str], *roles: str) -> Usuario:
    """A member of the simulated staff, who cannot enter: nobody knows a password of theirs."""
    quien, es_nueva = Usuario.objects.get_or_create(
        username=f"{PREFIJO}_{empresa.codigo}_{usuario}",
        defaults={
            "first_name": nombre[0],
            "last_name": nombre[1],
            "email": f"{PREFIJO}.{usuario}@{empresa.codigo}.example",
            "is_staff": True,
        },
    )
    if es_nueva:
        quien.set_unusable_password()
        quien.save(update_fields=["password"])
    for rol in roles:
        Membresia.objects.get_or_create(usuario=quien, empresa=empresa, sede=None, rol=rol)
    return quien


def con_rol(empresa: Empresa, rol: str) -> list[Usuario]:
    """Who of the company holds that role in all its places, the first hired first."""
    return list(
        Usuario.objects.filter(
            membresias__empresa=empresa,
            membresias__sede=None,
            membresias__rol=rol,
            is_active=True,
        )
        .order_by("pk")
        .distinct()
    )
