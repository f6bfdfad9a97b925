"""COMTECO's demonstration: an invented hall, its staff and a few invented customers.

The company's only demonstration: both of its rooms are shown with these people and this place.
"""

from postventa.empresas.models import Empresa, Sede
from postventa.personas.documentos import mostrar
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion.demo import Demo


class DemoDeComteco(Demo):
    quienes = "clientes"

    def codigo_de_sede(self, datos: dict) -> str:
        return datos["sedes"][0]["codigo"]

    def crear(self, empresa: Empresa, datos: dict, personal: dict[str, Usuario]) -> Sede:
        sedes = [Sede.objects.create(empresa=empresa, **fila) for fila in datos["sedes"]]
        for fila in datos["clientes"]:
            Cliente.objects.create(empresa=empresa, **fila)
        return sedes[0]

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
