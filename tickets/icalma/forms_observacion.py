"""Forms of the verbs of one observation: decide it, do it, or settle its dispute."""

from django import forms

from postventa.consola.formularios import FormularioDeVerbo, texto
from tickets.icalma.models import Exclusion
from tickets.inmuebles.forms_visita import Motivo
from tickets.inmuebles.garantia import garantia_de


def garantia_en_palabras(observacion, ticket) -> dict:
    """Legal term of an observation at the ticket's date, to read before deciding (I-09)."""
    garantia = garantia_de(ticket.unidad, observacion.clase)
    al = ticket.creado_en.astimezone(ticket.sede.tz).date()
    return {"clase": observacion.get_clase_display(), **garantia.en_palabras(al)}


class Aprobar(FormularioDeVerbo):
    boton = "Aprobar"

    fundamento = forms.CharField(
        label="Fundamento", max_length=1000, required=False,
        help_text="Si lo dejas vacío, dirá «Dentro de garantía».",
    )  # fmt: skip

    def preparar(self):
        garantia = garantia_en_palabras(self.objeto, self.caso)
        if garantia["vencida"] is not False:
            self.fields["fundamento"].required = True
            self.fields["fundamento"].help_text = f"{garantia['cuando']}: di por qué se aprueba."

    def que_pasara(self):
        return "Queda aprobada. Se puede terminar la inspección cuando todas estén decididas."

    def hecho(self):
        return f"Observación {self.objeto.numero} aprobada."


class Rechazar(FormularioDeVerbo):
    boton = "Rechazar"
    es_peligroso = True

    exclusion = forms.ChoiceField(label="Exclusión en que se funda", widget=forms.RadioSelect)
    fundamento = texto("Lo que leerá el propietario", help_text="Tu motivo, con tus palabras.")

    def preparar(self):
        vencida = garantia_en_palabras(self.objeto, self.caso)["vencida"]
        self.fields["exclusion"].choices = [
            (e.value, f"{e.value}. {e.label}")
            for e in Exclusion
            # E8 is a computation, not an opinion: offered only when the term really ran out.
            if e != Exclusion.E8 or vencida
        ]

    def que_pasara(self):
        return "El propietario podrá pedir que el Jefe de Postventa revise el rechazo."

    def hecho(self):
        return f"Observación {self.objeto.numero} rechazada."


class Ejecutar(FormularioDeVerbo):
    boton = "Marcar ejecutada"

    trabajo = texto("Trabajo realizado", 2, help_text="Irá en el acta que firma el propietario.")

    def hecho(self):
        return f"Observación {self.objeto.numero} ejecutada."


class Acoger(Motivo):
    boton = "Acoger y aprobar"

    def que_pasara(self):
        return "La observación queda aprobada."

    def reloj(self):
        return "Termina tu revisión y empieza el plazo para coordinar los trabajos"

    def correo(self):
        return "El propietario recibirá tu decisión y el motivo."

    def hecho(self):
        return "Consulta acogida: la observación queda aprobada."


class ConfirmarRechazo(Motivo):
    boton = "Confirmar el rechazo"
    es_peligroso = True

    def que_pasara(self):
        return "El rechazo queda definitivo."

    def reloj(self):
        return "Termina tu revisión"

    def correo(self):
        return "El propietario recibirá tu decisión y el motivo."

    def hecho(self):
        return "Rechazo confirmado."
