"""COMTECO's demonstration: an invented hall, its staff and a few invented customers.

The company's only demonstration: both of its rooms are shown with these people and this place.
"""

from uuid import uuid4

from comteco.recepcion.ingreso import direccionar, informar
from comteco.recepcion.models import Destino, Funcionario, Meson, SalaDeEspera, Unidad
from comteco.recepcion.turnos import siguiente
from postventa.empresas.models import Empresa, Sede
from postventa.personas.documentos import mostrar
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.demo import Demo

EN_LA_SALA = ("informes", "asesora", "asesor")
LLEGAN = (
    "instalacion", "traslado-salientes", "pac", "baja", "instalacion", "reclamo-dano",
    "traslado-salientes", "instalacion", "modem-onu-dth", "baja", "hspa-decodificadores",
)  # fmt: skip


class DemoDeComteco(Demo):
    quienes = "clientes"

    def codigo_de_sede(self, datos: dict) -> str:
        return datos["sedes"][0]["codigo"]

    def crear(self, empresa: Empresa, datos: dict, personal: dict[str, Usuario]) -> Sede:
        sedes = [Sede.objects.create(empresa=empresa, **fila) for fila in datos["sedes"]]
        for fila in datos["clientes"]:
            Cliente.objects.create(empresa=empresa, **fila)
        self._sala(empresa, sedes[0], datos, personal)
        return sedes[0]

    def _sala(self, empresa, sede, datos, personal) -> None:
        unidades = {u.codigo: u for u in Unidad.objects.filter(empresa=empresa)}
        SalaDeEspera.objects.create(sede=sede)
        for fila in datos["mesones"]:
            unidad, atiende = unidades[fila.pop("unidad")], personal[fila.pop("atiende")]
            Meson.objects.create(sede=sede, unidad=unidad, atiende=atiende, **fila)
        for fila in datos["funcionarios"]:
            Funcionario.objects.create(unidad=unidades[fila.pop("unidad")], **fila)

    def abrir_casos(self, sede: Sede) -> None:
        """Some people in the hall: some attended, one at a desk, the others waiting."""
        gente = {u.username: u for u in Usuario.objects.filter(username__in=EN_LA_SALA)}
        sede = Sede.objects.select_related("empresa").get(pk=sede.pk)
        destinos = {d.codigo: d for d in Destino.objects.filter(empresa_id=sede.empresa_id)}
        for n, codigo in enumerate(LLEGAN):
            direccionar(
                sede, gente["informes"], nonce=uuid4(), destino=destinos[codigo],
                referencia=f"DEMO-{n + 1:03d}", cumple=True, deuda=False,
            )  # fmt: skip
        informar(sede, gente["informes"], nonce=uuid4(), tema="Planes de internet")
        for quien, cuantas in (("asesora", 2), ("asesor", 1)):
            for _ in range(cuantas):
                ficha = siguiente(gente[quien].meson, gente[quien])
                tramitar(ficha, "atender", gente[quien], canal="meson")
                tramitar(ficha, "terminar", gente[quien], canal="meson")
        tramitar(siguiente(gente["asesora"].meson, gente["asesora"]), "atender", gente["asesora"])
        siguiente(gente["asesor"].meson, gente["asesor"])

    def resumen(self) -> str:
        datos = self.datos
        lugar = datos["sedes"][0]["nombre"]
        quienes = len(datos["clientes"])
        return f"{Empresa.objects.get(codigo=self.empresa)}, {lugar}, {quienes} clientes"

    def clientes(self) -> tuple[str, list[tuple[str, str]]]:
        return f"Clientes de {Empresa.objects.get(codigo=self.empresa)}", [
            (f"{f['tipo_documento']} {mostrar(f['tipo_documento'], f['numero'])}", f["nombre"])
            for f in self.datos["clientes"]
        ]


DEMO = DemoDeComteco("comteco", "comteco_demo.json")
