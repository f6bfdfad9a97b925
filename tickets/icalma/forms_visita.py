"""Forms of the verbs of a visit: begin it, end it, or tell why it was not held."""

from django import forms

from postventa.personas.models import Rol
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import todas_decididas, trabajos_terminados
from tickets.icalma.palabras import GUARDAS
from tickets.inmuebles import forms_visita as comunes


class Iniciar(comunes.Entrada):
    """Who came in and who received them (I-18, I-21)."""

    field_order = ("recibe_rol", "personal_identificado", "conserje", "conserjeria_autoriza")

    recibe_rol = forms.ChoiceField(label="Quién recibe", widget=forms.RadioSelect)
    personal_identificado = forms.CharField(
        label="Quiénes se identificaron", max_length=300,
        help_text="Nombre y documento mostrado de cada uno.",
    )  # fmt: skip
    conserje = forms.CharField(
        label="Conserje", max_length=120,
        error_messages={"required": "Escribe el nombre del conserje que autoriza."},
    )  # fmt: skip

    def preparar(self):
        super().preparar()
        visita, cliente = self.objeto, self.caso.cliente
        opciones = [(Rol.PROPIETARIO.value, f"{cliente.nombre}, propietario")]
        if visita.tipo == visita.Tipo.TRABAJO and visita.reemplazo_documento:
            opciones.append((Rol.REEMPLAZO.value, f"{visita.reemplazo_nombre}, reemplazo"))
        self.fields["recibe_rol"].choices = opciones
        if len(opciones) == 1:
            self.fields["recibe_rol"].initial = opciones[0][0]
        self.fields["personal_identificado"].initial = visita.maestros


class Realizar(comunes.Realizar):
    @classmethod
    def falta_para(cls, visita, ahora):
        ticket = visita.expediente
        if visita.tipo == visita.Tipo.INSPECCION:
            return "" if todas_decididas(ticket) else GUARDAS["todas_decididas"]
        return "" if trabajos_terminados(ticket) else GUARDAS["trabajos_terminados"]

    def _es_trabajo(self):
        return self.objeto.tipo == self.objeto.Tipo.TRABAJO

    def que_pasara(self):
        if self._es_trabajo():
            return "Los trabajos quedan terminados y el ticket, por firmar."
        return "La inspección queda cerrada: ninguna decisión se puede cambiar después."

    def reloj(self):
        if self._es_trabajo():
            return ""
        aprobadas = any(o.estado == O.APROBADA for o in self.caso.observaciones.all())
        return "Empieza el plazo para coordinar los trabajos" if aprobadas else ""

    def correo(self):
        if self._es_trabajo():
            return "El propietario recibirá un correo para leer el acta y firmar la conformidad."
        return "El propietario recibirá el resultado de cada observación, con su fundamento."

    def hecho(self):
        return (
            "Trabajos terminados. Falta la firma."
            if self._es_trabajo()
            else ("Inspección terminada.")
        )


class CancelarVisita(comunes.CancelarVisita):
    def que_pasara(self):
        return "La visita se cancela y hay que coordinarla de nuevo. No cuenta como inasistencia."

    def hecho(self):
        return "Visita cancelada. Coordínala de nuevo."


class NoHabiaNadie(comunes.NoHabiaNadie):
    def que_pasara(self):
        if self.caso.inasistencias_seguidas:
            return "Es la segunda inasistencia seguida: el ticket se da por resuelto."
        return "Es la primera inasistencia. Si hay otra seguida, el ticket se da por resuelto."

    def hecho(self):
        return "Inasistencia registrada."


class NoAutorizo(comunes.NoAutorizo):
    def que_pasara(self):
        return "No cuenta como inasistencia del propietario. Hay que coordinar de nuevo."


class NoLlegamos(comunes.NoLlegamos):
    def que_pasara(self):
        return "No cuenta como inasistencia del propietario. Hay que coordinar de nuevo."

    def hecho(self):
        return "Queda registrado que no llegamos."
