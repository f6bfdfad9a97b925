"""Forms of the verbs of a visit to a home: what is asked, whatever the company.

Each room says in its own words what will happen, to which clock and which mail leaves.
"""

from django import forms

from postventa.consola.formularios import CampoHora, FormularioDeVerbo, texto


class Motivo(FormularioDeVerbo):
    """A verb that only asks for a reason."""

    motivo = texto("Motivo", help_text="El propietario lo leerá tal cual.")


class Entrada(FormularioDeVerbo):
    """Who comes in and who lets them, at the building's desk where there is one (I-21, G-13).

    Rooms add `personal_identificado` and who receives them.
    """

    boton = "Iniciar visita"

    conserje = forms.CharField(label="Conserje", max_length=120)
    conserjeria_autoriza = forms.TypedChoiceField(
        label="¿Conserjería autoriza el ingreso?",
        choices=[("si", "Sí, autoriza"), ("no", "No autoriza")],
        coerce=lambda v: v == "si",
        widget=forms.RadioSelect,
    )

    def preparar(self):
        visita, campos = self.objeto, self.fields
        if visita.tipo != visita.Tipo.TRABAJO:
            for nombre in ("personal_identificado", "conserje", "conserjeria_autoriza"):
                campos[nombre].required = False
        if not visita.exige_conserjeria:
            del campos["conserje"], campos["conserjeria_autoriza"]

    def clean_conserjeria_autoriza(self):
        autoriza = self.cleaned_data["conserjeria_autoriza"]
        if autoriza is False:
            raise forms.ValidationError(
                "Sin autorización no se entra: registra «Conserjería no autorizó»."
            )
        return None if autoriza == "" else autoriza

    def que_pasara(self):
        return "Queda anotada la hora de llegada, quién recibe y quiénes entran."

    def hecho(self):
        return "Visita iniciada."


class Realizar(FormularioDeVerbo):
    boton = "Terminar visita"

    @classmethod
    def etiqueta_para(cls, visita):
        trabajo = visita.tipo == visita.Tipo.TRABAJO
        return "Terminar los trabajos" if trabajo else "Terminar la inspección"


class CancelarVisita(Motivo):
    boton = "Cancelar visita"
    es_peligroso = True

    @classmethod
    def falta_para(cls, visita, ahora):
        if ahora < visita.inicia_en:
            return ""
        return "La visita ya debía empezar: registra qué pasó en ella."


class ConLlegada(FormularioDeVerbo):
    """Evidence of having been there: the hour of arrival and the conserjería's entry (D-14)."""

    equivalencias = {"llegada_en": "llegada"}
    es_peligroso = True

    llegada = CampoHora(label="A qué hora llegaste")
    conserje = forms.CharField(label="Quién te recibió en conserjería", max_length=120)
    motivo = forms.CharField(label="Nota", max_length=300, required=False)

    def preparar(self):
        if not self.objeto.exige_conserjeria:
            del self.fields["conserje"]
        # Written on the spot, it is now; on another day nobody knows but who was there.
        ahora, tz = self.ahora, self.caso.sede.tz
        if ahora.astimezone(tz).date() == self.objeto.inicia_en.astimezone(tz).date():
            self.fields["llegada"].initial = ahora.astimezone(tz)

    @classmethod
    def falta_para(cls, visita, ahora):
        return "" if ahora >= visita.inicia_en else "La hora acordada todavía no llega."

    def clean(self):
        super().clean()
        # The day is the visit's own: nobody arrives to it on another one.
        self.cleaned_data["dia"] = self.objeto.inicia_en.astimezone(self.caso.sede.tz).date()
        self.llegada_en = self.instante("dia", "llegada")

    def datos(self):
        return {
            "llegada_en": self.llegada_en,
            "conserje": self.cleaned_data.get("conserje", ""),
            "motivo": self.cleaned_data["motivo"],
        }

    def correo(self):
        return "El propietario recibirá un correo con lo que pasó."


class NoHabiaNadie(ConLlegada):
    boton = "Registrar que no había nadie"


class NoAutorizo(ConLlegada):
    boton = "Registrar que no autorizó"

    @classmethod
    def falta_para(cls, visita, ahora):
        return ""

    def hecho(self):
        return "Queda registrado que conserjería no autorizó el ingreso."


class NoLlegamos(Motivo):
    boton = "Registrar que no llegamos"
    falta_para = ConLlegada.falta_para

    def correo(self):
        return "El propietario recibirá un correo con lo que pasó."
