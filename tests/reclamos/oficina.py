"""Somebody of CAPERA's staff at the page of a complaint."""

from postventa.calendario import hora
from reclamos.models import Reclamo
from tests.consola.conftest import entrar

LISTA = "/consola/reclamos/reclamo/"


class Oficina:
    """A browser of one person on one complaint: posts each verb as the page's form would."""

    def __init__(self, caso, persona):
        self.caso, self.web = caso, entrar(persona)
        self.pk = caso.reclamo.pk
        hora.fijar(caso.ahora)

    @property
    def reclamo(self):
        return Reclamo.objects.get(pk=self.pk)

    def pagina(self, consulta=""):
        return self.web.get(f"{LISTA}{self.pk}/change/{consulta}")

    def postear(self, verbo, de=None, **datos):
        datos.setdefault("visto", self.reclamo.cadena_largo)
        objeto, pk = ("mejora", de) if de is not None else ("reclamo", self.pk)
        return self.web.post(f"{LISTA}{self.pk}/{objeto}/{pk}/{verbo}/", datos)

    def hacer(self, verbo, de=None, **datos):
        respuesta = self.postear(verbo, de, **datos)
        formulario = (respuesta.context or {}).get("formulario")
        assert respuesta.status_code == 302, formulario.errors if formulario else respuesta.content
        return self

    def verbos(self):
        return {v.verbo for v in self.pagina().context["verbos"] if not v.falta}

    def faltas(self):
        return {v.verbo: v.falta for v in self.pagina().context["verbos"] if v.falta}
