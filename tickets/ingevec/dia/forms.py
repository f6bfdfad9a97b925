"""Forms of the visit at the home. Each says with `acto` which verb it fires and with what."""

from dataclasses import dataclass
from typing import Any

from django import forms

from postventa.consola.formularios import CampoHora, FormularioDeVerbo
from tickets.ingevec import forms_consola as f
from tickets.ingevec import forms_visita as fv


@dataclass(frozen=True)
class Acto:
    """What the door receives: the object, the verb and the data."""

    objeto: Any
    verbo: str
    datos: dict


class Ingreso(fv.Iniciar):
    """Arrival, conserjería and who receives for the owner (G-13)."""

    boton = "Registrar el ingreso"
    equivalencias = {"llegada_en": "llegada"}

    llegada = CampoHora(label="A qué hora llegaste")

    def preparar(self):
        super().preparar()
        campos = self.fields
        campos["personal_identificado"].required = True
        campos["llegada"].initial = self.ahora.astimezone(self.caso.sede.tz)
        if self.objeto.exige_conserjeria:
            campos["conserje"].required = campos["conserjeria_autoriza"].required = True
        orden = ["llegada", "conserje", "conserjeria_autoriza", "representante"]
        self.order_fields([*orden, "personal_identificado"])

    def clean_conserjeria_autoriza(self):
        return self.cleaned_data["conserjeria_autoriza"]

    def clean(self):
        super().clean()
        tz = self.caso.sede.tz
        self.cleaned_data["dia"] = self.objeto.inicia_en.astimezone(tz).date()
        self.llegada_en = self.instante("dia", "llegada")
        if self.llegada_en and self.llegada_en > self.ahora:
            self.add_error("llegada", "La hora de llegada todavía no ocurre.")
        if self.denegado:
            # Nobody receives, nor enters, whom the conserjería turns away.
            for nombre in ("representante", "personal_identificado"):
                self.errors.pop(nombre, None)

    @property
    def denegado(self) -> bool:
        return self.cleaned_data.get("conserjeria_autoriza") is False

    def acto(self):
        datos = self.cleaned_data
        comun = {"llegada_en": self.llegada_en, "conserje": datos.get("conserje", "")}
        if self.denegado:
            return Acto(self.objeto, "registrar_acceso_denegado", comun)
        comun |= {
            "representante": datos["representante"],
            "personal_identificado": datos["personal_identificado"],
            "conserjeria_autoriza": datos.get("conserjeria_autoriza"),
        }
        return Acto(self.objeto, "iniciar", comun)

    def hecho(self):
        return "Queda registrado que no autorizaron." if self.denegado else "Ingreso registrado."


class Ausencia(fv.NoHabiaNadie):
    def acto(self):
        return Acto(self.objeto, "registrar_inasistencia_cliente", self.datos())


class Diagnosticar(FormularioDeVerbo):
    """G-09: what was seen in one requerimiento and whether the warranty covers it."""

    boton = "Guardar el diagnóstico"

    decision = forms.ChoiceField(
        label="¿Corresponde a garantía?",
        choices=[("corresponder", "Corresponde"), ("no_corresponder", "No corresponde")],
        widget=forms.RadioSelect,
    )
    diagnostico = f.texto("Diagnóstico", 2, help_text="Qué encontraste.")
    motivo = f.texto(
        "Por qué no corresponde", 2, required=False, help_text="El propietario lo leerá tal cual."
    )

    def clean(self):
        super().clean()
        datos = self.cleaned_data
        if datos.get("decision") == "no_corresponder" and not (datos.get("motivo") or "").strip():
            self.add_error("motivo", "Explica por qué no corresponde: el propietario lo leerá.")

    def acto(self):
        datos = {"diagnostico": self.cleaned_data["diagnostico"]}
        if self.cleaned_data["decision"] == "no_corresponder":
            datos["motivo"] = self.cleaned_data["motivo"]
        return Acto(self.objeto, self.cleaned_data["decision"], datos)

    def hecho(self):
        return f"Requerimiento {self.objeto.numero} diagnosticado."


class Ejecutar(fv.Ejecutar):
    def acto(self):
        return Acto(self.objeto, "ejecutar", self.datos())


class EmpezarTrabajos(FormularioDeVerbo):
    """12.3: an urgency that is mended in the same visit."""

    boton = "Reparar ahora"

    def acto(self):
        return Acto(self.caso, "iniciar_trabajos", {})

    def que_pasara(self):
        return "La urgencia pasa a trabajos en esta misma visita y empieza su plazo."

    def hecho(self):
        return "Trabajos iniciados."


class OtraVisita(f.InterrumpirTrabajos):
    def acto(self):
        return Acto(self.caso, "interrumpir_trabajos", self.datos())


class Terminar(fv.Realizar):
    def acto(self):
        return Acto(self.objeto, "realizar", {})
