"""An owner's browser on Ingevec's pages, and the forms as they are posted."""

from tests.icalma.conftest import en_sesion
from tickets.ingevec.models import Solicitud

__all__ = ["en_sesion"]


def texto(respuesta) -> str:
    return " ".join(respuesta.content.decode().split())


class Pedido:
    """A request by the web, page by page."""

    def __init__(self, navegador, depto):
        self.navegador, self.depto = navegador, depto
        self.base = f"/ingevec/solicitud/{depto.pk}/"

    def ver(self, pagina=""):
        return self.navegador.get(self.base + pagina)

    def enviar(self, pagina, datos):
        return self.navegador.post(self.base + pagina, datos)

    def urgencia(self, cual="no"):
        return self.enviar("", {"urgencia": cual})

    def requerimiento(self, descripcion="Gotera bajo el lavaplatos", accion="seguir", **mas):
        datos = {"accion": accion, "descripcion": descripcion, "recinto": "Cocina", **mas}
        return self.enviar("que/", datos)

    def visita(self, hora="20261125T1200Z", **mas):
        datos = {"llamante": "Ana Mora", "telefonos": "+56 9 1111 2222", "hora": hora, **mas}
        return self.enviar("visita/", datos)

    def formulario(self):
        contexto = self.ver("revisar/").context
        return {"nonce": str(contexto["borrador"].nonce), "huella": contexto["huella"]}

    def hasta_revisar(self, hora="20261125T1200Z"):
        """Everything answered: 09:00 of the Wednesday of the term, unless another is said."""
        self.urgencia()
        self.requerimiento()
        assert self.visita(hora).url == f"{self.base}revisar/"
        return self

    def mandar(self, datos=None):
        return self.enviar("revisar/", datos or self.formulario())

    @property
    def solicitud(self):
        return Solicitud.objects.get()
