"""An inspector, or somebody of the crew, with a visit of Ingevec on a phone."""

from tests.inmuebles.telefono import TelefonoDeTerreno
from tickets.ingevec.models import Solicitud

INGRESO = {
    "llegada": "09:00",
    "representante": "Ana Mora",
    "conserje": "Luis Pino",
    "personal_identificado": "Inspector Prueba",
    "conserjeria_autoriza": "si",
}


class Terreno(TelefonoDeTerreno):
    """In a home of Ingevec's."""

    tipo, modelo, partes = "ingevec", Solicitud, "requerimientos"

    @property
    def solicitud(self):
        return self.caso

    @property
    def reqs(self):
        return self.las_partes()

    def entrar(self, llegada="09:00", **datos):
        return self.hacer("ingreso", **{**INGRESO, "llegada": llegada, **datos})

    def diagnosticar(self, r, diagnostico="Sifón roto", **datos):
        datos = {"decision": "corresponder", "diagnostico": diagnostico, **datos}
        return self.hacer(f"diagnosticar-{r.pk}", **datos)
