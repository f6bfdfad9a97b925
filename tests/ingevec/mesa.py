"""Somebody of Ingevec's staff at the page of a solicitud."""

from tests.consola.conftest import entrar
from tickets.ingevec.models import Solicitud

LISTA = "/consola/ingevec/solicitud/"
# The hour is none of those on offer: it is written by hand.
OTRA_HORA = {"cupo": "otra"}


class Consola:
    """A browser of one person on one solicitud: posts each verb as the page's form would."""

    def __init__(self, llamada, persona):
        self.llamada, self.persona, self.web = llamada, persona, entrar(persona)
        self.pk = llamada.solicitud.pk

    @property
    def solicitud(self):
        return Solicitud.objects.get(pk=self.pk)

    @property
    def visita(self):
        return self.solicitud.ultima_visita()

    def pagina(self, consulta=""):
        return self.web.get(f"{LISTA}{self.pk}/change/{consulta}")

    def url(self, objeto, instancia, verbo):
        return f"{LISTA}{self.pk}/{objeto}/{instancia.pk}/{verbo}/"

    def postear(self, objeto, instancia, verbo, **datos):
        datos.setdefault("visto", self.solicitud.cadena_largo)
        return self.web.post(self.url(objeto, instancia, verbo), datos)

    def hacer(self, objeto, instancia, verbo, **datos):
        respuesta = self.postear(objeto, instancia, verbo, **datos)
        formulario = (respuesta.context or {}).get("formulario")
        assert respuesta.status_code == 302, formulario.errors if formulario else respuesta.content
        return self

    def verbos(self):
        return [v.verbo for v in self.pagina().context["verbos"] if not v.falta]

    def cupo(self, verbo, n=0):
        """The n-th hour that the form of that verb offers."""
        formulario = self.pagina(f"?verbo={verbo}").context["formulario"]
        grupos = [g for _, g in formulario.fields["cupo"].choices if isinstance(g, list)]
        return [valor for grupo in grupos for valor, _ in grupo][n]
