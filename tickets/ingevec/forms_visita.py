"""Forms of a visit and of what is decided in it: on the case page and at the home."""

from django import forms

from postventa.consola.formularios import CampoHora, FormularioDeVerbo
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.flujo import con_estado
from tickets.ingevec.forms_consola import Motivo, texto
from tickets.ingevec.palabras import GUARDAS


class Iniciar(FormularioDeVerbo):
    """Who came in and who received them (G-13)."""

    boton = "Iniciar visita"
    equivalencias = {"llegada_en": "representante"}

    representante = forms.CharField(
        label="Quién recibe por el propietario", max_length=120,
        help_text="Nombre y apellido. Sin alguien que reciba, no se entra.",
    )  # fmt: skip
    personal_identificado = forms.CharField(
        label="Quiénes entran", max_length=300, help_text="Nombre de cada uno."
    )
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
        campos["representante"].initial = self.caso.llamante
        campos["personal_identificado"].initial = visita.maestros or str(visita.persona)

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

    @classmethod
    def falta_para(cls, visita, ahora):
        solicitud = visita.expediente
        if solicitud.estado == E.EN_EJECUCION:
            return GUARDAS["trabajos_ejecutados"] if con_estado(solicitud, R.CORRESPONDE) else ""
        if con_estado(solicitud, R.PENDIENTE):
            return GUARDAS["todos_diagnosticados"]
        return ""

    def _en_ejecucion(self):
        return self.caso.estado == E.EN_EJECUCION

    def que_pasara(self):
        if self._en_ejecucion():
            return "Los trabajos quedan ejecutados y falta el llamado de satisfacción."
        return "El diagnóstico queda cerrado: ninguna decisión se puede cambiar después."

    def reloj(self):
        if self._en_ejecucion():
            return "Detiene el plazo de los trabajos"
        corresponden = con_estado(self.caso, R.CORRESPONDE)
        return "Empieza el plazo de los trabajos" if corresponden else ""

    def correo(self):
        if self._en_ejecucion():
            return "El propietario recibirá qué se hizo y quién lo recibió."
        return "El propietario recibirá el diagnóstico de cada requerimiento."

    def hecho(self):
        return "Trabajos terminados." if self._en_ejecucion() else "Inspección terminada."


class CancelarVisita(Motivo):
    boton = "Cancelar visita"
    es_peligroso = True

    @classmethod
    def falta_para(cls, visita, ahora):
        if ahora < visita.inicia_en:
            return ""
        return "La visita ya debía empezar: registra qué pasó en ella."

    def que_pasara(self):
        return "La visita se cancela y hay que darle otra hora."

    def correo(self):
        return "El propietario recibirá el motivo."

    def hecho(self):
        return "Visita cancelada. Dale otra hora."


class ConLlegada(FormularioDeVerbo):
    """Evidence of having been there."""

    equivalencias = {"llegada_en": "llegada"}
    es_peligroso = True

    llegada = CampoHora(label="A qué hora llegaste")
    conserje = forms.CharField(label="Quién te recibió en conserjería", max_length=120)
    motivo = forms.CharField(label="Nota", max_length=300, required=False)

    def preparar(self):
        if not self.objeto.exige_conserjeria:
            del self.fields["conserje"]
        self.fields["llegada"].initial = self.ahora.astimezone(self.caso.sede.tz)

    @classmethod
    def falta_para(cls, visita, ahora):
        return "" if ahora >= visita.inicia_en else "La hora acordada todavía no llega."

    def clean(self):
        super().clean()
        self.cleaned_data["dia"] = self.objeto.inicia_en.astimezone(self.caso.sede.tz).date()
        self.llegada_en = self.instante("dia", "llegada")

    def datos(self):
        return {
            "llegada_en": self.llegada_en,
            "conserje": self.cleaned_data.get("conserje", ""),
            "motivo": self.cleaned_data["motivo"],
        }

    def que_pasara(self):
        return "Queda contado como visita sin realizar y hay que dar otra hora. No cierra nada."

    def correo(self):
        return "El propietario recibirá un correo con lo que pasó."


class NoHabiaNadie(ConLlegada):
    boton = "Registrar que no había nadie"

    def hecho(self):
        return "Registrado que no había nadie. Hay que dar otra hora."


class NoAutorizo(ConLlegada):
    boton = "Registrar que no autorizó"

    @classmethod
    def falta_para(cls, visita, ahora):
        return ""

    def hecho(self):
        return "Queda registrado que conserjería no autorizó el ingreso."


class NoLlegamos(Motivo):
    boton = "Registrar que no llegamos"
    es_peligroso = True
    falta_para = ConLlegada.falta_para

    def que_pasara(self):
        return "Hay que dar otra hora."

    def correo(self):
        return "El propietario recibirá un correo con lo que pasó."

    def hecho(self):
        return "Queda registrado que no llegamos. Hay que dar otra hora."


class Corresponder(FormularioDeVerbo):
    boton = "Corresponde a garantía"

    diagnostico = texto("Diagnóstico", 2, help_text="Qué se encontró.")

    def hecho(self):
        return f"Requerimiento {self.objeto.numero}: corresponde a garantía."


class NoCorresponder(Corresponder):
    boton = "No corresponde"
    es_peligroso = True

    motivo = texto("Por qué no corresponde", 2, help_text="El propietario lo leerá tal cual.")

    def hecho(self):
        return f"Requerimiento {self.objeto.numero}: no corresponde."


class Ejecutar(FormularioDeVerbo):
    boton = "Marcar ejecutado"

    trabajo = texto("Trabajo realizado", 2, help_text="El propietario lo leerá tal cual.")

    def hecho(self):
        return f"Requerimiento {self.objeto.numero} ejecutado."
