"""Forms of the verbs of a visit: begin it, end it, or tell why it was not held."""

from django import forms

from postventa.consola.formularios import CampoHora, FormularioDeVerbo
from postventa.personas.models import Rol
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import todas_decididas, trabajos_terminados
from tickets.icalma.forms_consola import Motivo
from tickets.icalma.palabras import GUARDAS


class Iniciar(FormularioDeVerbo):
    """Who came in and who received them (I-18, I-21)."""

    boton = "Iniciar visita"

    recibe_rol = forms.ChoiceField(label="Quién recibe", widget=forms.RadioSelect)
    personal_identificado = forms.CharField(
        label="Quiénes se identificaron", max_length=300,
        help_text="Nombre y documento mostrado de cada uno.",
    )  # fmt: skip
    conserje = forms.CharField(
        label="Conserje", max_length=120,
        error_messages={"required": "Escribe el nombre del conserje que autoriza."},
    )  # fmt: skip
    conserjeria_autoriza = forms.TypedChoiceField(
        label="¿Conserjería autoriza el ingreso?",
        choices=[("si", "Sí, autoriza"), ("no", "No autoriza")],
        coerce=lambda v: v == "si",
        widget=forms.RadioSelect,
    )

    def preparar(self):
        visita, cliente = self.objeto, self.caso.cliente
        opciones = [(Rol.PROPIETARIO.value, f"{cliente.nombre}, propietario")]
        es_trabajo = visita.tipo == visita.Tipo.TRABAJO
        if es_trabajo and visita.reemplazo_documento:
            opciones.append((Rol.REEMPLAZO.value, f"{visita.reemplazo_nombre}, reemplazo"))
        self.fields["recibe_rol"].choices = opciones
        if not es_trabajo:
            self.fields["personal_identificado"].required = False
            self.fields["conserje"].required = False
            self.fields["conserjeria_autoriza"].required = False
        if not visita.exige_conserjeria:
            del self.fields["conserje"], self.fields["conserjeria_autoriza"]
        self.fields["personal_identificado"].initial = visita.maestros

    def clean_conserjeria_autoriza(self):
        autoriza = self.cleaned_data["conserjeria_autoriza"]
        if autoriza is False:
            raise forms.ValidationError(
                "Sin autorización no se entra: registra «Conserjería no autorizó»."
            )
        return autoriza

    def datos(self):
        datos = dict(self.cleaned_data)
        if datos.get("conserjeria_autoriza") == "":
            datos["conserjeria_autoriza"] = None
        return datos

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


class CancelarVisita(Motivo):
    boton = "Cancelar visita"
    es_peligroso = True

    @classmethod
    def falta_para(cls, visita, ahora):
        if ahora < visita.inicia_en:
            return ""
        return "La visita ya debía empezar: registra qué pasó en ella."

    def que_pasara(self):
        return "La visita se cancela y hay que coordinarla de nuevo. No cuenta como inasistencia."

    def hecho(self):
        return "Visita cancelada. Coordínala de nuevo."


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

    def que_pasara(self):
        if self.caso.inasistencias_seguidas:
            return "Es la segunda inasistencia seguida: el ticket se da por resuelto."
        return "Es la primera inasistencia. Si hay otra seguida, el ticket se da por resuelto."

    def hecho(self):
        return "Inasistencia registrada."


class NoAutorizo(ConLlegada):
    boton = "Registrar que no autorizó"

    @classmethod
    def falta_para(cls, visita, ahora):
        return ""

    def que_pasara(self):
        return "No cuenta como inasistencia del propietario. Hay que coordinar de nuevo."

    def hecho(self):
        return "Queda registrado que conserjería no autorizó el ingreso."


class NoLlegamos(Motivo):
    boton = "Registrar que no llegamos"
    falta_para = ConLlegada.falta_para

    def que_pasara(self):
        return "No cuenta como inasistencia del propietario. Hay que coordinar de nuevo."

    def correo(self):
        return "El propietario recibirá un correo con lo que pasó."

    def hecho(self):
        return "Queda registrado que no llegamos."
