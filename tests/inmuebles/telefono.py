"""A member of staff with a visit on a phone, whatever the company."""

from uuid import uuid4

from django.test import Client


class TelefonoDeTerreno:
    """Posts each act of a visit as the on-site screen would."""

    tipo = ""
    modelo: type
    partes = ""

    def __init__(self, persona, visita):
        self.web, self.pk, self.caso_pk = Client(), visita.pk, visita.expediente_id
        self.web.force_login(persona)

    @property
    def caso(self):
        return self.modelo.objects.get(pk=self.caso_pk)

    @property
    def visita(self):
        return self.caso.visitas.get(pk=self.pk)

    def las_partes(self):
        return list(getattr(self.caso, self.partes).all())

    def url(self, accion=""):
        base = f"/consola/{self.tipo}/visita/{self.pk}/terreno/"
        return f"{base}{accion}/" if accion else base

    def pagina(self):
        return self.web.get(self.url())

    def acciones(self):
        return sorted(self.pagina().context["f"])

    def postear(self, accion, json=False, **datos):
        datos.setdefault("visto", self.caso.cadena_largo)
        datos.setdefault("clave", str(uuid4()))
        mas = {"headers": {"Accept": "application/json"}} if json else {}
        return self.web.post(self.url(accion), datos, **mas)

    def hacer(self, accion, **datos):
        respuesta = self.postear(accion, json=True, **datos)
        assert (respuesta.status_code, accion) == (200, accion), respuesta.content.decode()[:2000]
        return respuesta.json()
