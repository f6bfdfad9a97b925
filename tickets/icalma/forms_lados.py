"""Forms of what staff note on a visit: a replacement told by mail, an objection to an absence."""

from django import forms

from postventa.consola.formularios import CampoFecha, CampoHora, FormularioDeVerbo, texto


class NombrarReemplazo(FormularioDeVerbo):
    """Who receives the workers, as the owner told it to the project's mailbox (I-13, 2.6)."""

    boton = "Registrar reemplazo"

    reemplazo_nombre = forms.CharField(label="Nombre completo", max_length=120)
    reemplazo_documento = forms.CharField(label="RUT", max_length=20)
    reemplazo_telefono = forms.CharField(label="Teléfono", max_length=30, required=False)
    dia = CampoFecha(label="Día en que llegó el correo")
    hora = CampoHora(label="Hora en que llegó el correo")

    def preparar(self):
        ahora = self.ahora.astimezone(self.caso.sede.tz)
        self.fields["dia"].initial, self.fields["hora"].initial = ahora.date(), ahora.time()
        for campo in ("reemplazo_nombre", "reemplazo_telefono"):
            self.fields[campo].initial = getattr(self.objeto, campo)

    def clean(self):
        super().clean()
        self.recibido_en = self.instante("dia", "hora")
        if self.recibido_en and self.recibido_en > self.ahora:
            self.add_error("hora", "Ese correo todavía no llega: revisa el día y la hora.")

    def datos(self):
        campos = ("reemplazo_nombre", "reemplazo_documento", "reemplazo_telefono")
        return {
            **{c: self.cleaned_data[c] for c in campos},
            "avisado_por": "correo",
            "recibido": self.recibido_en.astimezone(self.caso.sede.tz).isoformat(),
        }

    def que_pasara(self):
        return "Solo esa persona, o el propietario, podrá recibir la visita y firmar."

    def hecho(self):
        return f"{self.cleaned_data['reemplazo_nombre']} queda como reemplazo de esta visita."


class QuitarReemplazo(FormularioDeVerbo):
    boton = "Quitar el reemplazo"
    es_peligroso = True

    def que_pasara(self):
        return f"{self.objeto.reemplazo_nombre} ya no podrá recibir la visita ni firmar."

    def hecho(self):
        return "La visita queda sin reemplazo."


class ResolverObjecion(FormularioDeVerbo):
    """The Jefe answers the owner's objection to a recorded absence (D-14)."""

    boton = "Resolver la objeción"
    es_peligroso = True

    acoge = forms.TypedChoiceField(
        label="Decisión",
        choices=[("si", "Acoger: la inasistencia no cuenta"), ("no", "Rechazar la objeción")],
        coerce=lambda v: v == "si",
        widget=forms.RadioSelect,
    )
    motivo = texto("Motivo", help_text="El propietario lo leerá tal cual.")

    def que_pasara(self):
        if self.caso.cerrado_en:
            return "Si la acoges, lo que quedó sin hacer sigue en un ticket nuevo."
        return "Si la acoges, la cuenta de inasistencias seguidas vuelve atrás."

    def correo(self):
        return "El propietario recibirá tu decisión y el motivo."

    def hecho(self):
        acogida = self.cleaned_data["acoge"]
        return "Objeción acogida." if acogida else "Objeción rechazada."
