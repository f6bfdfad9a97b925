"""A demonstration of a company that sells homes: a project, its units and their owners."""

from collections.abc import Callable
from datetime import date, datetime, time

from postventa.calendario import hora
from postventa.calendario.zonas import a_instante, epoca_local
from postventa.empresas.models import Empresa
from postventa.personas.documentos import mostrar_rut
from postventa.personas.models import Cliente, Rol, Usuario
from postventa.plazos.calculo import horario_del_lugar
from postventa.tramitacion.demo import Demo
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

FECHAS = ("recepcion_definitiva_el", "inscripcion_el", "entrega_el")


class DemoDeInmuebles(Demo):
    """`completar(proyecto, datos)` stores what only its room knows, `datos` is the fixture;
    `abrir_casos(proyecto)` walks through the door what is going on there on the first day."""

    quienes = "propietarios"

    def __init__(
        self,
        empresa: str,
        archivo: str,
        completar: Callable[[Proyecto, dict], None],
        abrir_casos: Callable[[Proyecto], None],
    ):
        super().__init__(empresa, archivo)
        self.completar, self._abrir_casos = completar, abrir_casos

    def abrir_casos(self, sede: Proyecto) -> None:
        self._abrir_casos(sede)

    def codigo_de_sede(self, datos: dict) -> str:
        return datos["proyecto"]["codigo"]

    def crear(self, empresa: Empresa, datos: dict, personal: dict[str, Usuario]) -> Proyecto:
        por_rol = {fila["rol"]: personal[fila["username"]] for fila in datos["personal"]}
        proyecto = Proyecto.objects.create(
            empresa=empresa,
            supervisor=por_rol.get(Rol.SUPERVISOR),
            jefe=por_rol.get(Rol.JEFE),
            **datos["proyecto"],
        )
        for fila in datos["unidades"]:
            _unidad(fila, proyecto)
        self.completar(proyecto, datos)
        return proyecto

    def resumen(self) -> str:
        datos = self.datos
        return f"{datos['proyecto']['nombre']}, {len(datos['unidades'])} unidades"

    def clientes(self) -> tuple[str, list[tuple[str, str]]]:
        datos = self.datos
        empresa = Empresa.objects.get(codigo=self.empresa)
        return f"Propietarios de {datos['proyecto']['nombre']}, {empresa}", [
            (
                mostrar_rut(f["rut"]),
                f"{f['propietario']}, {f['nombre']}"
                + ("" if f["correo"] else "  (sin correo registrado)"),
            )
            for f in datos["unidades"]
        ]


def _unidad(fila, proyecto) -> None:
    cliente, _ = Cliente.objects.get_or_create(
        empresa=proyecto.empresa,
        tipo_documento="RUT",
        numero=fila["rut"],
        defaults={
            "nombre": fila["propietario"],
            "correo": fila["correo"],
            "telefono": fila["telefono"],
        },
    )
    unidad = Unidad.objects.create(
        proyecto=proyecto, nombre=fila["nombre"], **{f: fila[f] for f in FECHAS}
    )
    Propiedad.objects.create(unidad=unidad, cliente=cliente, desde=fila["inscripcion_el"])


class Agenda:
    """Instants of a project: its business days before and after today, at an hour of its wall."""

    def __init__(self, proyecto: Proyecto):
        self.tz, self.ahora = proyecto.tz, hora.ahora()
        self.horario = horario_del_lugar(proyecto)
        self.hoy = self.ahora.astimezone(self.tz).date()

    def dia(self, n: int) -> date:
        return self.horario.sumar_habiles(self.hoy, n)

    def en(self, n: int, cuando: str) -> datetime:
        return a_instante(epoca_local(self.dia(n), time.fromisoformat(cuando), self.tz))

    def pronto(self) -> datetime:
        """The next hour that may still be kept: this afternoon, or the next one."""
        esta_tarde = a_instante(epoca_local(self.hoy, time(16), self.tz))
        hoy_mismo = self.horario.es_habil(self.hoy) and self.ahora < esta_tarde
        return esta_tarde if hoy_mismo else self.en(1, "16:00")
