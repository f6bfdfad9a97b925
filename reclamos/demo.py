"""CAPERA's demonstration: its places, who complains, and complaints at several stages.

Each complaint of the fixture walks through the door as it would have, so many business days ago.
"""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from postventa.calendario import hora
from postventa.calendario.zonas import a_instante, epoca_local
from postventa.empresas.models import Empresa, Sede
from postventa.personas.actores import SISTEMA
from postventa.personas.documentos import mostrar
from postventa.personas.models import Cliente, Usuario
from postventa.plazos.calculo import horario_del_lugar
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.demo import Demo
from reclamos.ingreso import recibir
from reclamos.models import Reclamo
from reclamos.sala import SALA

UN_SEGUNDO = timedelta(seconds=1)


class DemoDeReclamos(Demo):
    quienes = "reclamantes"

    def codigo_de_sede(self, datos: dict) -> str:
        return datos["sedes"][0]["codigo"]

    def crear(self, empresa: Empresa, datos: dict, personal: dict[str, Usuario]) -> Sede:
        sedes = [Sede.objects.create(empresa=empresa, **fila) for fila in datos["sedes"]]
        clientes = {
            f["numero"]: Cliente.objects.create(empresa=empresa, **f) for f in datos["reclamantes"]
        }
        dias = _Dias(sedes[0])
        for fila in datos["casos"]:
            _Caso(fila, {s.codigo: s for s in sedes}, clientes, personal, dias).andar()
        return sedes[0]

    def resumen(self) -> str:
        datos = self.datos
        lugar = datos["sedes"][0]["nombre"]
        return (
            f"{Empresa.objects.get(codigo=self.empresa)}, {lugar}, {len(datos['casos'])} reclamos"
        )

    def clientes(self) -> tuple[str, list[tuple[str, str]]]:
        return f"Reclamantes de {Empresa.objects.get(codigo=self.empresa)}", [
            (
                f"{f['tipo_documento']} {mostrar(f['tipo_documento'], f['numero'])}",
                f["nombre"] + ("" if f["correo"] else "  (sin correo registrado)"),
            )
            for f in self.datos["reclamantes"]
        ]


class _Dias:
    """Business days counted back from today."""

    def __init__(self, sede):
        self.horario = horario_del_lugar(sede)
        self.hoy = hora.ahora().astimezone(self.horario.zona).date()

    def hace(self, habiles: int) -> date:
        return self.horario.sumar_habiles(self.hoy, -habiles)

    def instante(self, habiles: int, reloj: str) -> datetime:
        cuando = epoca_local(self.hace(habiles), time.fromisoformat(reloj), self.horario.zona)
        return a_instante(cuando)


class _Caso:
    """One complaint, step by step: [business days ago, hour, verb, by whom, data]."""

    def __init__(self, fila, sedes, clientes, personal, dias):
        self.fila, self.personal, self.dias = fila, personal, dias
        self.sede, self.cliente = sedes[fila["sede"]], clientes[fila["reclamante"]]

    def andar(self) -> None:
        dias, reloj, quien, campos = self.fila["recibe"]
        ahora = self.dias.instante(dias, reloj)
        campos = self._datos(campos)
        if campos.pop("se_le_informa", False):
            campos["informado_en"] = ahora
        self.reclamo = recibir(
            self.sede, self.cliente, self.personal[quien], nonce=uuid4(), ahora=ahora, **campos
        )
        for dias, reloj, verbo, quien, datos in self.fila["pasos"]:
            por = self.cliente if quien == "reclamante" else self.personal[quien]
            self._paso(verbo, por, self.dias.instante(dias, reloj), datos)
        if self.fila.get("calla"):
            vence_en = self.reclamo.plazos.get(codigo="conformidad").vence_en
            self._paso("archivar_por_silencio", SISTEMA, vence_en + UN_SEGUNDO, {})

    def _paso(self, verbo, por, ahora, datos) -> None:
        puerta = anotar if verbo in SALA.objetos["reclamo"].anotaciones else tramitar
        self.reclamo = puerta(
            Reclamo.objects.get(pk=self.reclamo.pk), verbo, por, ahora=ahora, **self._datos(datos)
        )

    def _datos(self, datos: dict) -> dict:
        """The fixture's words as the door takes them: people, dates and the number cited."""
        datos = dict(datos)
        if "ocurrio_hace" in datos:
            datos["ocurrio_el"] = self.dias.hace(datos.pop("ocurrio_hace"))
        if "responsable" in datos:
            datos["responsable"] = self.personal[datos["responsable"]]
        if "aludidos" in datos:
            datos["aludidos"] = [self.personal[quien] for quien in datos["aludidos"]]
        if "respuesta" in datos:
            datos["respuesta"] = datos["respuesta"].format(ingreso=self.reclamo.numero_ingreso)
        return datos


DEMO = DemoDeReclamos("capera", "capera_demo.json")
