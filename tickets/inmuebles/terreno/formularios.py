"""Forms of the on-site screen. Each says with `acto` which verb it fires, as whom and with what."""

from dataclasses import dataclass, field
from typing import Any

from postventa.consola.formularios import CampoHora, FormularioDeVerbo


@dataclass(frozen=True)
class Acto:
    """What the door receives: the object, the verb, the data and, if it is not who holds the
    phone, who acts."""

    objeto: Any
    verbo: str
    datos: dict = field(default_factory=dict)
    por: Any = None


def exigir_en_el_telefono(campo, mensaje, si=""):
    """Let the phone ask for an optional field, always or if `si` («other=value»), before it queues
    what the server would refuse hours later."""
    campo.se_exige = True
    campo.widget.attrs |= {"data-exige": si, "data-falta": mensaje}


class DeUnActo:
    """A form that fires always the same verb; `objeto` is what it is about."""

    verbo = ""

    def acto(self):
        return Acto(self.objeto, self.verbo, self.datos())


class Ingreso(FormularioDeVerbo):
    """Arrival, the conserjería's entry and who receives. Stands before the room's own form of
    beginning a visit, which has the other fields."""

    boton = "Registrar el ingreso"
    equivalencias = {"llegada_en": "llegada"}
    # The field of who receives, and what to say when it is empty.
    recibe = ""
    nadie_recibe = ""
    # What is to be known before going in.
    advertencia = ""

    llegada = CampoHora(label="A qué hora llegaste")

    def preparar(self):
        super().preparar()
        visita, campos = self.objeto, self.fields
        campos["llegada"].initial = self.ahora.astimezone(self.caso.sede.tz)
        campos["personal_identificado"].initial = visita.maestros or str(self.usuario)
        if visita.exige_conserjeria:
            campos["conserje"].required = campos["conserjeria_autoriza"].required = True
            campos["conserje"].help_text = "Su nombre: hace falta, autorice o no."
        else:
            campos[
                "personal_identificado"
            ].help_text = "Aquí no hay conserjería: muestra tu credencial a quien te recibe."
        si = "conserjeria_autoriza=si" if visita.exige_conserjeria else ""
        for nombre, falta in self._al_entrar():
            campos[nombre].required = False
            exigir_en_el_telefono(campos[nombre], falta, si)
        orden = ["llegada", "conserje", "conserjeria_autoriza", "personal_identificado"]
        self.order_fields([*orden, self.recibe])

    def _al_entrar(self):
        """Nobody receives, nor enters, whom the conserjería turns away."""
        return (
            ("personal_identificado", "Anota quiénes entran."),
            (self.recibe, self.nadie_recibe),
        )

    def clean_conserjeria_autoriza(self):
        return self.cleaned_data["conserjeria_autoriza"]

    def clean(self):
        super().clean()
        datos = self.cleaned_data
        datos["dia"] = self.objeto.inicia_en.astimezone(self.caso.sede.tz).date()
        self.llegada_en = self.instante("dia", "llegada")
        if self.llegada_en and self.llegada_en > self.ahora:
            self.add_error("llegada", "La hora de llegada todavía no ocurre.")
        for nombre, falta in self._al_entrar():
            if not self.denegado and not datos.get(nombre) and nombre not in self.errors:
                self.add_error(nombre, falta)

    @property
    def denegado(self) -> bool:
        return self.cleaned_data.get("conserjeria_autoriza") is False

    def acto(self):
        datos = self.cleaned_data
        llegada = {"llegada_en": self.llegada_en, "conserje": datos.get("conserje", "")}
        if self.denegado:
            return Acto(self.objeto, "registrar_acceso_denegado", llegada)
        campos = (self.recibe, "personal_identificado")
        entran = {c: datos[c] for c in campos}
        entran["conserjeria_autoriza"] = datos.get("conserjeria_autoriza")
        return Acto(self.objeto, "iniciar", llegada | entran)

    def hecho(self):
        return "Queda registrado que no autorizaron." if self.denegado else "Ingreso registrado."


class Ausencia(DeUnActo):
    """Nobody was there. Stands before the room's own form of it."""

    verbo = "registrar_inasistencia_cliente"

    def preparar(self):
        super().preparar()
        self.fields["llegada"].initial = self.ahora.astimezone(self.caso.sede.tz)


class Terminar(DeUnActo):
    """The end of the visit. Stands before the room's own form of it."""

    verbo = "realizar"

    def boton_en_terreno(self):
        return self.etiqueta_para(self.objeto)
