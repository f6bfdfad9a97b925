"""Icalma's forms on the on-site screen: what is decided, done and signed in the home."""

from datetime import datetime, timedelta

from django import forms

from postventa.calendario.palabras import fecha_en_palabras
from postventa.consola.formularios import CampoFecha, FormularioDeVerbo
from postventa.documentos.trazo import TrazoInvalido, trazo_de
from postventa.personas.models import Rol
from postventa.visitas import agenda
from tickets.icalma import forms_consola as f
from tickets.icalma import forms_visita as fv
from tickets.icalma.firma_presencial import evidencia_ante, firmante_de
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.forms_observacion import garantia_en_palabras
from tickets.icalma.models import Exclusion
from tickets.inmuebles.terreno import formularios as terreno
from tickets.inmuebles.terreno.formularios import Acto, exigir_en_el_telefono

SIN_EXCLUSION = "Elige la exclusión en que se funda el rechazo."
SIN_MOTIVO = "Explica el motivo: el propietario lo leerá tal cual."


class Ingreso(terreno.Ingreso, fv.Iniciar):
    """Arrival, the conserjería's entry and who receives (I-18, I-21)."""

    recibe = "recibe_rol"
    nadie_recibe = "Anota quién te recibe: nunca se entra sin alguien."

    @property
    def titulo(self):
        llegada = "Conserjería" if self.objeto.exige_conserjeria else "Llegada"
        return f"{llegada} y quién recibe"

    @property
    def advertencia(self):
        visita = self.objeto
        quien = (
            "Nunca se trabaja sin el propietario o su reemplazo registrado antes de la visita."
            if visita.tipo == visita.Tipo.TRABAJO
            else "La inspección se hace con el propietario."
        )
        if not visita.exige_conserjeria:
            return quien
        return (
            "Si no autorizan, no se entra: queda registrado y no cuenta como inasistencia del "
            f"propietario. {quien}"
        )


class Ausencia(terreno.Ausencia, fv.NoHabiaNadie):
    """Nobody was there: only after the agreed hour, with the evidence (D-14)."""

    def correo(self):
        return f"{super().correo()} Puede objetarla una vez ante el Jefe."


class ElegirExclusion(forms.Select):
    """The catalogue in full; E8 cannot be chosen while the legal term runs, and says why."""

    impide_e8 = ""

    def create_option(self, name, value, label, *args, **kwargs):
        opcion = super().create_option(name, value, label, *args, **kwargs)
        if value == Exclusion.E8.value and self.impide_e8:
            opcion["attrs"]["disabled"] = True
            opcion["label"] = f"{label} ({self.impide_e8})"
        return opcion


class Decidir(FormularioDeVerbo):
    """Approve or reject one observation, with its basis (I-09)."""

    boton = "Guardar la decisión"
    por_leer = "Leer las exclusiones completas"
    lecturas = [f"{e.value}. {e.label}" for e in Exclusion]

    decision = forms.ChoiceField(
        label="Decisión",
        choices=[("aprobar", "Aprobar"), ("rechazar", "Rechazar")],
        widget=forms.RadioSelect,
    )
    exclusion = forms.ChoiceField(
        label="Exclusión en que se funda", required=False, widget=ElegirExclusion
    )
    fundamento = forms.CharField(
        label="Lo que leerá el propietario", max_length=1000, required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Obligatorio si rechazas. Si apruebas sin escribir, dirá «Dentro de garantía».",
    )  # fmt: skip

    def preparar(self):
        garantia = garantia_en_palabras(self.objeto, self.caso)
        catalogo = [(e.value, f"{e.value}. {e.label}") for e in Exclusion]
        # Nothing is chosen beforehand: no exclusion rejects by itself (2.8).
        self.fields["exclusion"].choices = [("", "Solo si rechazas: elige"), *catalogo]
        exigir_en_el_telefono(self.fields["exclusion"], SIN_EXCLUSION, "decision=rechazar")
        si = "decision=rechazar" if garantia["vencida"] is False else ""
        exigir_en_el_telefono(self.fields["fundamento"], SIN_MOTIVO, si)
        if garantia["vencida"] is not False:
            self.fields[
                "fundamento"
            ].help_text = f"Obligatorio: {garantia['cuando'].lower()}. Explica tu decisión."
        if not garantia["vencida"]:
            cuando = garantia["cuando"]
            self.fields["exclusion"].widget.impide_e8 = f"no aplica: {cuando.lower()}"

    def clean(self):
        super().clean()
        if self.cleaned_data.get("decision") != "rechazar":
            return
        if not self.cleaned_data.get("exclusion"):
            self.add_error("exclusion", SIN_EXCLUSION)
        if not (self.cleaned_data.get("fundamento") or "").strip():
            self.add_error("fundamento", SIN_MOTIVO)

    def acto(self):
        datos = {"fundamento": self.cleaned_data["fundamento"]}
        if self.cleaned_data["decision"] == "rechazar":
            datos["exclusion"] = self.cleaned_data["exclusion"]
        return Acto(self.objeto, self.cleaned_data["decision"], datos)

    def hecho(self):
        hecha = {"aprobar": "aprobada", "rechazar": "rechazada"}[self.cleaned_data["decision"]]
        return f"Observación {self.objeto.numero} {hecha}."


class Ejecutar(terreno.DeUnActo, FormularioDeVerbo):
    """The work done on one observation: it goes into the act that the owner signs."""

    boton = "Marcar ejecutada"
    verbo = "ejecutar"

    trabajo = f.texto("Trabajo realizado", 3, help_text="Irá en el acta que firma el propietario.")

    def hecho(self):
        return f"Observación {self.objeto.numero} ejecutada."


class OtraVisita(FormularioDeVerbo):
    """The works need another day: one of the free hours of who is in charge (I-T14)."""

    boton = "Coordinar otra visita y avisar"
    equivalencias = {"inicia_en": "inicia", "termina_en": "inicia"}
    DURACIONES = [("60", "1 hora"), ("120", "2 horas"), ("180", "3 horas"), ("240", "4 horas")]
    DIAS = 5

    inicia = forms.ChoiceField(label="Cuándo", help_text="Horas libres de quien va.")
    duracion = forms.ChoiceField(label="Cuánto dura", choices=DURACIONES, initial="180")
    maestros = forms.CharField(label="Maestros", max_length=200)
    termino_estimado_el = CampoFecha(label="Término estimado de los trabajos", required=False)
    observaciones = forms.MultipleChoiceField(
        label="Quedan pendientes", widget=forms.CheckboxSelectMultiple
    )

    def preparar(self):
        tz = self.caso.sede.tz
        libres = agenda.libres(
            self.caso.responsable or self.usuario,
            self.caso.sede,
            timedelta(hours=1),
            self.ahora,
            self.DIAS,
            paso=timedelta(minutes=30),
        )
        self.fields["inicia"].choices = [
            (i.isoformat(), fecha_en_palabras(i, tz).capitalize()) for i in libres
        ]
        pendientes = [o for o in self.caso.observaciones.all() if o.estado == O.APROBADA]
        self.fields["observaciones"].choices = [(str(o.pk), str(o)) for o in pendientes]
        self.fields["observaciones"].initial = [str(o.pk) for o in pendientes]
        self.fields["maestros"].initial = self.objeto.maestros

    def acto(self):
        datos = self.cleaned_data
        inicia = datetime.fromisoformat(datos["inicia"])
        elegidas = set(datos["observaciones"])
        suyos = {
            "inicia_en": inicia,
            "termina_en": inicia + timedelta(minutes=int(datos["duracion"])),
            "persona": self.caso.responsable or self.usuario,
            "maestros": datos["maestros"],
            "termino_estimado_el": datos["termino_estimado_el"],
            "observaciones": [o for o in self.caso.observaciones.all() if str(o.pk) in elegidas],
        }
        return Acto(self.caso, "coordinar_otra_visita", suyos)

    def que_pasara(self):
        return "La visita de hoy termina y quedan pendientes las observaciones que elijas."

    def hecho(self):
        inicia = datetime.fromisoformat(self.cleaned_data["inicia"])
        return f"Otra visita coordinada: {fecha_en_palabras(inicia, self.caso.sede.tz)}."


class Terminar(terreno.Terminar, fv.Realizar):
    def boton_en_terreno(self):
        if self.objeto.tipo == self.objeto.Tipo.TRABAJO:
            return "Terminar y pasar a la firma"
        return super().boton_en_terreno()


class Firmar(FormularioDeVerbo):
    """The signature on the glass: who signs, with the act that was on the screen (I-14)."""

    boton = "Firmar la conformidad"

    firmante = forms.ChoiceField(label="Quién firma", widget=forms.RadioSelect)
    nombre = forms.CharField(label="Nombre completo de quien firma", max_length=120)
    leido = forms.BooleanField(label="Quien firma leyó el acta y está conforme")
    trazo = forms.CharField(label="Firma", widget=forms.HiddenInput)
    huella = forms.CharField(label="Huella del acta", widget=forms.HiddenInput)

    def preparar(self):
        visita, cliente = self.objeto, self.caso.cliente
        firmantes = [(Rol.PROPIETARIO.value, f"{cliente.nombre}, propietario")]
        if visita.reemplazo_documento:
            firmantes.append((Rol.REEMPLAZO.value, f"{visita.reemplazo_nombre}, reemplazo"))
        self.fields["firmante"].choices = firmantes
        self.fields["firmante"].initial = visita.recibe_rol or Rol.PROPIETARIO.value
        es_reemplazo = visita.recibe_rol == Rol.REEMPLAZO
        self.fields["nombre"].initial = visita.reemplazo_nombre if es_reemplazo else cliente.nombre

    def clean_trazo(self):
        """The drawing as one bounded path."""
        try:
            return trazo_de(self.cleaned_data["trazo"])
        except TrazoInvalido:
            raise forms.ValidationError("Falta la firma: dibújala en el recuadro.") from None

    def acto(self):
        datos = self.cleaned_data
        por = firmante_de(self.caso, datos["firmante"])
        evidencia = evidencia_ante(self.usuario, self.caso, datos["trazo"])
        suyos = {"nombre": datos["nombre"], "huella": datos["huella"], "evidencia": evidencia}
        return Acto(self.caso, "firmar", suyos, por)

    def hecho(self):
        return "Acta firmada. El propietario recibirá una copia por correo."
