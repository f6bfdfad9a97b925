"""One short form per verb that staff fire on a ticket, its visits and its observations."""

from datetime import time

from django import forms

from postventa.calendario.palabras import fecha_en_palabras
from postventa.consola.formularios import (
    CampoFecha,
    CampoHora,
    CampoVarios,
    FormularioDeVerbo,
    texto,
)
from postventa.consola.relojes import horario_en
from postventa.personas.equipo import equipo_de
from postventa.personas.models import Rol, Usuario
from postventa.visitas.flujo import EstadoVisita as V
from tickets.icalma.anotaciones import reparos_de
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.inmuebles.forms_visita import Motivo

MEDIOS = [("telefono", "Teléfono"), ("whatsapp", "WhatsApp"), ("correo", "Correo"),
          ("presencial", "En persona")]  # fmt: skip


class RegistrarContacto(FormularioDeVerbo):
    boton = "Registrar contacto"

    exito = forms.TypedChoiceField(
        label="¿Hablaste con el propietario?",
        choices=[("si", "Sí, contestó"), ("no", "No contestó")],
        coerce=lambda v: v == "si",
        widget=forms.RadioSelect,
        error_messages={"required": "Di si hablaste con el propietario."},
    )
    medio = forms.ChoiceField(label="Medio", choices=MEDIOS)
    con_quien = forms.CharField(label="Con quién", max_length=120, required=False)
    nota = texto("Nota", 2, required=False, help_text="Queda en el historial del ticket.")

    def preparar(self):
        self.fields["con_quien"].initial = self.caso.cliente.nombre

    def que_pasara(self):
        return "Un intento sin respuesta queda anotado y no detiene el plazo."

    def reloj(self):
        if self.caso.contactado_en:
            return ""
        return "Un contacto logrado detiene el plazo para contactar"

    def hecho(self):
        if self.cleaned_data["exito"]:
            return "Contacto registrado. Ahora puedes coordinar la inspección."
        return "Intento registrado. El plazo para contactar sigue corriendo."


class ConHorario(FormularioDeVerbo):
    """Day, from and to on the wall of the project, and who goes."""

    equivalencias = {"inicia_en": "desde", "termina_en": "hasta"}
    duracion = (time(10), time(10, 45))

    dia = CampoFecha(label="Día", help_text="Un día hábil.")
    desde = CampoHora(label="Desde")
    hasta = CampoHora(label="Hasta")
    persona = forms.ModelChoiceField(
        Usuario.objects.none(), label="Quién va", required=False, empty_label=None
    )

    def preparar(self):
        sede = self.caso.sede
        equipo = equipo_de(self.caso, Rol.SUPERVISOR)
        self.fields["persona"].queryset = equipo
        # Read once: a select asks its choices twice.
        self.fields["persona"].choices = [(p.pk, str(p)) for p in equipo]
        self.fields["persona"].initial = self.caso.responsable_id
        if not self.is_bound:
            local = self.ahora.astimezone(sede.tz).date()
            self.fields["dia"].initial = horario_en(sede).sumar_habiles(local, 1)
            self.fields["desde"].initial, self.fields["hasta"].initial = self.duracion

    def clean(self):
        super().clean()
        self.inicia_en = self.instante("dia", "desde")
        self.termina_en = self.instante("dia", "hasta")

    def datos(self):
        datos = {"inicia_en": self.inicia_en, "termina_en": self.termina_en}
        if self.cleaned_data.get("persona"):
            datos["persona"] = self.cleaned_data["persona"]
        return datos

    def correo(self):
        return (
            f"{self.caso.cliente.nombre} recibirá un correo con la fecha, la hora, quién va y la "
            "regla de las dos inasistencias seguidas."
        )

    def hecho(self):
        return f"Visita coordinada para el {fecha_en_palabras(self.inicia_en, self.caso.sede.tz)}."


class CoordinarInspeccion(ConHorario):
    boton = "Coordinar y avisar"

    def que_pasara(self):
        return "El ticket queda con la inspección coordinada y la hora, tomada en tu agenda."


class Reprogramar(ConHorario):
    boton = "Cambiar la hora y avisar"
    motivo = forms.CharField(label="Motivo", max_length=300, required=False)

    @classmethod
    def falta_para(cls, ticket, ahora):
        visita = ticket.ultima_visita()
        if visita is None or visita.estado != V.COORDINADA or ahora >= visita.inicia_en:
            return "La visita ya empezó o su hora ya pasó: no se puede cambiar de hora."
        return ""

    def preparar(self):
        """An owner's proposal is answered by agreeing on it, as it is or changed."""
        super().preparar()
        visita = self.caso.ultima_visita()
        if visita is None or self.is_bound:
            return
        dura = visita.termina_en - visita.inicia_en
        inicia = visita.propuesta_inicia_en
        if inicia:
            tz = self.caso.sede.tz
            self.fields["dia"].initial = inicia.astimezone(tz).date()
            self.fields["desde"].initial = inicia.astimezone(tz).time()
            self.fields["hasta"].initial = (inicia + dura).astimezone(tz).time()
            self.fields["motivo"].initial = "Lo propuso el propietario"

    def que_pasara(self):
        visita = self.caso.ultima_visita()
        cuando = fecha_en_palabras(visita.inicia_en, self.caso.sede.tz)
        return f"La visita del {cuando} queda reprogramada. No cuenta como inasistencia."

    def datos(self):
        return {**super().datos(), "motivo": self.cleaned_data["motivo"]}


class ReprogramarTrabajo(Reprogramar):
    duracion = (time(9, 30), time(13))


class VisitaDeTrabajo(ConHorario):
    """A work visit: hours, crew, estimate, what it serves and who receives it."""

    duracion = (time(9, 30), time(13))

    maestros = forms.CharField(
        label="Maestros", max_length=200, help_text="Nombre y apellido de cada uno."
    )
    termino_estimado_el = CampoFecha(
        label="Término estimado de los trabajos",
        required=False,
        help_text="Se lo diremos al propietario.",
    )
    observaciones = CampoVarios(
        None, label="Observaciones que atiende", widget=forms.CheckboxSelectMultiple
    )
    reemplazo_nombre = forms.CharField(
        label="Reemplazo: nombre", max_length=120, required=False,
        help_text="Solo si el propietario dejará a otra persona.",
    )  # fmt: skip
    reemplazo_documento = forms.CharField(label="Reemplazo: RUT", max_length=20, required=False)

    estado_servido = O.APROBADA

    def preparar(self):
        super().preparar()
        suyas = self.caso.observaciones.filter(estado=self.estado_servido)
        self.fields["observaciones"].queryset = suyas
        self.fields["observaciones"].initial = [
            o.pk for o in self.caso.observaciones.all() if o.estado == self.estado_servido
        ]

    def datos(self):
        campos = ("maestros", "termino_estimado_el", "reemplazo_nombre", "reemplazo_documento")
        return {
            **super().datos(),
            **{c: self.cleaned_data[c] for c in campos},
            "observaciones": list(self.cleaned_data["observaciones"]),
        }

    def que_pasara(self):
        return "Nunca se entra sin el propietario o el reemplazo registrado antes de la visita."

    def reloj(self):
        return "Detiene el plazo para coordinar los trabajos"


class CoordinarTrabajo(VisitaDeTrabajo):
    boton = "Coordinar y avisar"


class CoordinarOtraVisita(VisitaDeTrabajo):
    boton = "Coordinar otra visita y avisar"

    def que_pasara(self):
        return "La visita de hoy termina y quedan pendientes las observaciones que elijas."


class RechazarFirma(VisitaDeTrabajo):
    """The owner does not sign: a reason per observation, and another visit (I-T17)."""

    boton = "Registrar y coordinar otra visita"
    es_peligroso = True
    estado_servido = O.EJECUTADA

    def preparar(self):
        super().preparar()
        reparos = reparos_de(self.caso)
        self.fields["observaciones"].label = "Observaciones que vuelven a trabajos"
        self.fields["observaciones"].initial = list(reparos)
        for o in self.caso.observaciones.all():
            if o.estado == O.EJECUTADA:
                self.fields[f"motivo_{o.pk}"] = texto(
                    f"Por qué no firma: {o.numero}. {o}", 2,
                    required=False, initial=reparos.get(o.pk, ""),
                )  # fmt: skip

    def clean(self):
        super().clean()
        for o in self.cleaned_data.get("observaciones") or ():
            if not (self.cleaned_data.get(f"motivo_{o.pk}") or "").strip():
                self.add_error(
                    f"motivo_{o.pk}", f"Anota por qué no firma la observación {o.numero}."
                )

    def datos(self):
        datos = super().datos()
        elegidas = datos.pop("observaciones")
        return {**datos, "motivos": {o.pk: self.cleaned_data[f"motivo_{o.pk}"] for o in elegidas}}

    def que_pasara(self):
        return "Las observaciones elegidas vuelven a trabajos y se coordina otra visita."

    def reloj(self):
        return ""


class CerrarSinTrabajos(FormularioDeVerbo):
    boton = "Cerrar sin trabajos"

    def que_pasara(self):
        return "El ticket se cierra: todas sus observaciones quedaron rechazadas."

    def correo(self):
        return "El propietario recibirá el fundamento de cada rechazo."

    def hecho(self):
        return "Ticket cerrado sin trabajos."


class Anular(Motivo):
    boton = "Anular el ticket"
    es_peligroso = True

    def que_pasara(self):
        return "El ticket se cierra para siempre y no se puede volver a abrir."

    def reloj(self):
        return "Cancela todos sus plazos"

    def correo(self):
        return "El propietario recibirá el motivo."

    def hecho(self):
        return "Ticket anulado."
