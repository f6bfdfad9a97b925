"""From a figure to its list: the address of exactly those rows."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from postventa.consola.salas import consola_de
from postventa.consola.tablero.filtros import NADIE
from postventa.tableros.periodo import Periodo

CUALQUIERA = object()


@dataclass(frozen=True)
class Enlaces:
    """What the board is cut by: every link says it too."""

    periodo: Periodo
    sede: int | None = None
    empresa: int | None = None

    def de(self, periodo: Periodo) -> "Enlaces":
        return replace(self, periodo=periodo)

    def plazos(
        self, resultado, empresa=None, codigo="", sede=None, persona=CUALQUIERA, ahora=False
    ) -> str:
        """Clocks with that outcome; `ahora`: whenever they fall due."""
        lista = reverse("admin:plazos_plazo_changelist")
        return lista + self._consulta(
            {
                "plazo": "todos",
                "resultado": resultado,
                "periodo": "" if ahora else self.periodo,
                "reloj": f"{empresa}-{codigo}" if codigo else "",
                "empresa": "" if codigo else empresa or self.empresa or "",
            },
            sede,
            persona,
        )

    def actos(self, medida: str, cual: str, sede=None, persona=CUALQUIERA) -> str:
        lista = reverse("admin:expedientes_movimiento_changelist")
        filtros = {"hecho": f"{medida}:{cual}", "periodo": self.periodo}
        return lista + self._consulta(filtros, sede, persona)

    def casos(self, tipo: str, edad="todas", sede=None, persona=CUALQUIERA) -> str:
        """Open cases of a room; "" if it has no list."""
        consola = consola_de(tipo)
        if not consola:
            return ""
        return reverse(consola.lista) + self._consulta({"antiguedad": edad}, sede, persona)

    def _consulta(self, filtros: dict, sede, persona) -> str:
        filtros["sede"] = sede or self.sede or ""
        if persona is not CUALQUIERA:
            filtros["persona"] = persona or NADIE
        return "?" + urlencode({k: str(v) for k, v in filtros.items() if v != ""})
