"""One short form per verb that staff fire on a solicitud of Ingevec."""

from datetime import timedelta

from django import forms

from postventa.calendario.palabras import fecha_en_palabras, vence_en_palabras
from postventa.consola.formularios import CampoFecha, CampoHora, FormularioDeVerbo, texto
from postventa.personas.equipo import equipo_de
from postventa.personas.models import Rol, Usuario
from postventa.plazos.models import ABIERTOS
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.ingevec.a_mano import A_MANO, OTRA, HoraAMano, quien_de
from tickets.ingevec.cupos import INSPECCION, TRABAJO, ofrecer
from tickets.ingevec.eleccion import opciones_por_dia
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.models import Excepcion
from tickets.inmuebles.forms_visita import Motivo


class ConHora(HoraAMano, FormularioDeVerbo):
    """An hour of those that are offered, or another one written by hand."""

    equivalencias = {"inicia_en": "cupo", "persona": "cupo", "excepcion": "motivo_excepcion"}
    tipo = INSPECCION
    salvo: Visita | None = None

    field_order = ("cupo", *A_MANO)

    cupo = forms.ChoiceField(label="Día y hora")

    def preparar(self):
        self.pauta = pauta_del_proyecto(self.caso.sede_id)
        libres = []
        if self.pauta:
            oferta = self.oferta()
            libres = opciones_por_dia(oferta, self.caso.sede.tz)
            if oferta.excepcion:
                self.fields["cupo"].help_text = oferta.excepcion
        opciones = [
            ("", "Elige una hora libre"),
            *libres,
            (OTRA, "Otra: la escribo a mano"),
        ]
        self.fields["cupo"].choices = opciones
        self.ofrecer_equipo(self.tipo)

    def oferta(self):
        return ofrecer(self.pauta, self.caso.llamada_en, self.ahora, INSPECCION, salvo=self.salvo)

    @property
    def llamada_en(self):
        return self.caso.llamada_en

    def clean(self):
        super().clean()
        self.inicia_en, self.quien, self.excepcion = None, None, ""
        if eleccion := self.eleccion_de("cupo", self.tipo):
            self.inicia_en, self.excepcion = eleccion.inicia_en, eleccion.excepcion
            self.quien = quien_de(eleccion)

    def datos(self):
        return {"inicia_en": self.inicia_en, "persona": self.quien}

    def correo(self):
        return f"{self.caso.cliente.nombre} recibirá un correo con el día, la hora y quién va."

    def hecho(self):
        return f"Visita agendada para el {fecha_en_palabras(self.inicia_en, self.caso.sede.tz)}."


class AgendarInspeccion(ConHora):
    """R7: inside the term and on the project's weekday, or with an exception that is reasoned."""

    boton = "Agendar y avisar"

    motivo_excepcion = forms.CharField(
        label="Si no es el día del proyecto, por qué", max_length=300, required=False
    )
    acuerdo = forms.BooleanField(
        label="El propietario está de acuerdo con una fecha fuera del plazo", required=False
    )

    def datos(self):
        return {
            **super().datos(),
            "excepcion": self.excepcion,
            "motivo_excepcion": self.cleaned_data["motivo_excepcion"],
            "acuerdo": self.excepcion == Excepcion.FUERA_DE_PLAZO and self.cleaned_data["acuerdo"],
        }

    def que_pasara(self):
        return "La inspección queda tomada en la agenda de quien va."

    def reloj(self):
        return "Detiene el plazo de inspección"


class _Reagendar:
    """What moving an agreed visit adds: its own time counts as free."""

    boton = "Cambiar la hora y avisar"

    def preparar(self):
        visita = self.caso.ultima_visita()
        self.salvo = visita if visita and visita.estado == V.COORDINADA else None
        super().preparar()

    @classmethod
    def falta_para(cls, solicitud, ahora):
        visita = solicitud.ultima_visita()
        if visita and visita.estado == V.COORDINADA and ahora >= visita.inicia_en:
            return "La visita ya empezó: registra qué pasó en ella antes de dar otra hora."
        return ""

    def que_pasara(self):
        if self.salvo is None:
            return "Queda agendada una visita nueva."
        cuando = fecha_en_palabras(self.salvo.inicia_en, self.caso.sede.tz)
        return f"La visita del {cuando} queda reprogramada."

    def reloj(self):
        return ""


class ReagendarInspeccion(_Reagendar, AgendarInspeccion):
    """G-T03: the term goes on counting from the original call."""


class AgendarTrabajos(ConHora):
    """G-T06: inside the term of the works, or with the reason why not."""

    boton = "Agendar y avisar"
    tipo = TRABAJO

    maestros = forms.CharField(label="Maestros", max_length=200, required=False)
    termino_estimado_el = CampoFecha(
        label="Término estimado", required=False, help_text="Si toma más de una visita."
    )
    motivo_plazo = forms.CharField(
        label="Si termina después del plazo, por qué", max_length=300, required=False
    )

    def vencimiento(self):
        vencen = [
            p.vence_en
            for p in self.caso.plazos.all()
            if p.codigo == "trabajos" and p.estado in ABIERTOS
        ]
        return min(vencen, default=None)

    def oferta(self):
        # A later day than that of the inspection: whatever came before is past already.
        desde = self.caso.inspeccionada_en or self.ahora
        return ofrecer(
            self.pauta, desde, self.ahora, TRABAJO, hasta=self.vencimiento(), salvo=self.salvo
        )

    def datos(self):
        campos = ("maestros", "termino_estimado_el", "motivo_plazo")
        return {**super().datos(), **{c: self.cleaned_data[c] for c in campos}}

    def que_pasara(self):
        vence = self.vencimiento()
        if vence is None:
            return "Debe haber un representante del propietario que reciba los trabajos."
        return (
            f"Los trabajos deben quedar ejecutados {vence_en_palabras(vence, self.caso.sede.tz)}."
        )


class ReagendarTrabajos(_Reagendar, AgendarTrabajos):
    """Another hour for the works that were agreed."""


class InterrumpirTrabajos(AgendarTrabajos):
    boton = "Agendar otra visita y avisar"

    def que_pasara(self):
        return f"La visita de hoy termina y se agenda otra. {super().que_pasara()}"


class CerrarSinGarantia(FormularioDeVerbo):
    boton = "Cerrar sin garantía"
    es_peligroso = True

    def que_pasara(self):
        return "La solicitud se cierra: nada de lo pedido corresponde a garantía."

    def correo(self):
        return "El propietario recibirá por qué no corresponde cada requerimiento."

    def hecho(self):
        return "Solicitud cerrada sin garantía."


class AtenderUrgencia(FormularioDeVerbo):
    """G-14: who goes, now or at the hour that was told."""

    boton = "Enviar"
    equivalencias = {"inicia_en": "llega"}

    persona = forms.ModelChoiceField(
        Usuario.objects.none(), label="Quién va", empty_label="Elige a alguien"
    )
    llega = CampoHora(label="Llega a las", required=False, help_text="Vacío: va ahora.")

    def preparar(self):
        self.fields["persona"].queryset = equipo_de(self.caso, Rol.INSPECTOR, Rol.MAESTRO)

    def clean(self):
        super().clean()
        self.inicia_en = None
        if self.cleaned_data.get("llega"):
            self.cleaned_data["dia"] = self.ahora.astimezone(self.caso.sede.tz).date()
            self.inicia_en = self.instante("dia", "llega")
            if self.inicia_en and self.inicia_en < self.ahora - timedelta(minutes=1):
                self.add_error("llega", "Esa hora ya pasó. Déjala vacía si va ahora.")

    def datos(self):
        datos = {"persona": self.cleaned_data["persona"]}
        return datos | ({"inicia_en": self.inicia_en} if self.inicia_en else {})

    def que_pasara(self):
        return "No se espera el día del proyecto: queda una visita inmediata en su agenda."

    def reloj(self):
        return "Detiene el plazo de la urgencia"

    def correo(self):
        return "El propietario recibirá quién va y a qué hora."

    def hecho(self):
        return f"Va {self.cleaned_data['persona']}. Avísale también por teléfono."


class EnviarDeNuevo(AtenderUrgencia):
    def reloj(self):
        return ""


class AcusarUrgencia(FormularioDeVerbo):
    boton = "Acusar recibo"

    def que_pasara(self):
        return "Queda anotado que alguien tomó la urgencia. No detiene su plazo."

    def hecho(self):
        return "Acuse registrado."


class ResponderConsulta(FormularioDeVerbo):
    boton = "Responder y cerrar"

    respuesta = texto("Respuesta", 4, help_text="El propietario la leerá tal cual.")

    def correo(self):
        return "El propietario recibirá la respuesta."

    def hecho(self):
        return "Consulta respondida."


class Anular(Motivo):
    boton = "Anular la solicitud"
    es_peligroso = True

    def que_pasara(self):
        return "La solicitud se cierra para siempre y no se puede volver a abrir."

    def reloj(self):
        return "Cancela todos sus plazos"

    def correo(self):
        return "El propietario recibirá el motivo."

    def hecho(self):
        return "Solicitud anulada."
