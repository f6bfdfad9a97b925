"""What whoever receives a complaint writes down: who, what happened, and how it is left."""

from copy import copy
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError

from postventa.consola.formularios import (
    CampoFecha,
    CampoHora,
    CampoVarios,
    hablar,
    instante_local,
)
from postventa.personas.correos import sin_control
from postventa.personas.documentos import TipoDocumento, normalizar_ajeno
from postventa.personas.models import Cliente
from reclamos.identidad import DOCUMENTOS
from reclamos.models import VERBALES, Canal, Reclamo
from reclamos.montos import CampoMonto

# What the form can end in: received only, put in writing too, or solved on the spot.
RECIBIR, FORMALIZAR, RESOLVER = "recibir", "formalizar", "resolver_en_el_acto"
CANALES = [(c.value, c.label) for c in Canal if c != Canal.WEB]
CLASES = [
    ("RECLAMO", "Reclamo", "No está conforme con el producto o el servicio."),
    ("QUEJA", "Queja", "Un malestar por la atención, o que no es del producto ni del servicio."),
]
# Of the complaint as it is stored, from a) to e).
DEL_RECLAMO = (
    "motivo", "hechos", "ocurrio_el", "ocurrio_a_las", "lugar", "distrito", "localidad", "predio",
    "involucrados", "domicilio", "bien", "servicio", "tipologia", "pedido", "monto", "apoderado",
    "origen", "es_consumidor",
)  # fmt: skip


def _linea(label, maximo, *, cuenta=False, **atributos):
    visto = {"class": "entrada", "autocomplete": "off", **({"data-cuenta": ""} if cuenta else {})}
    return forms.CharField(
        label=label, max_length=maximo, required=False, widget=forms.TextInput(visto | atributos)
    )


def _parrafo(label, maximo, filas=3, *, cuenta=False):
    visto = {"class": "entrada", "rows": filas, **({"data-cuenta": ""} if cuenta else {})}
    return forms.CharField(
        label=label, max_length=maximo, required=False, widget=forms.Textarea(visto)
    )


class FormRecepcion(forms.Form):
    """The whole reception. Its template draws each field; `cliente` is None for a new person."""

    # --- who (e)
    nombre = _linea("Nombre completo", 120)
    tipo_documento = forms.ChoiceField(
        label="Documento",
        choices=[*DOCUMENTOS, ("", "Aún no lo da")],
        required=False,
        initial=TipoDocumento.DNI,
    )
    numero = _linea("Número", 20)
    telefono = _linea("Teléfono", 40, inputmode="tel")
    correo_personal = forms.EmailField(
        label="Correo electrónico", required=False,
        widget=forms.EmailInput({"class": "entrada", "autocomplete": "off"}),
        validators=[sin_control],
        error_messages={"invalid": "Escribe el correo completo. Por ejemplo: nombre@correo.com"},
    )  # fmt: skip
    domicilio = _linea("Domicilio", 200)
    apoderado = _linea("Padre, madre o apoderado", 120)
    # --- how it came
    canal = forms.ChoiceField(label="Por dónde llegó", choices=CANALES)
    sede = forms.ModelChoiceField(
        None, label="Establecimiento", empty_label="Elige el establecimiento"
    )
    recibida_el = CampoFecha(label="Fecha de recepción", required=False)
    recibida_a_las = CampoHora(label="Hora", required=False)
    clase = forms.ChoiceField(label="Queja o reclamo", choices=[(v, n) for v, n, _ in CLASES])
    es_consumidor = forms.TypedChoiceField(
        label="Quién reclama", choices=[("si", "Consumidor"), ("no", "Tercero")], initial="si",
        coerce=lambda valor: valor == "si",
    )  # fmt: skip
    origen = forms.ChoiceField(
        label="Origen", choices=Reclamo.Origen.choices, initial=Reclamo.Origen.EXTERNA
    )
    # --- a) to d)
    motivo = _linea("Motivo preciso", 300, cuenta=True)
    hechos = _parrafo("Hechos en que se funda", 6000, 5, cuenta=True)
    ocurrio_el = CampoFecha(label="Fecha", required=False)
    ocurrio_a_las = CampoHora(label="Hora", required=False)
    lugar = _linea("Lugar", 200)
    distrito = _linea("Distrito", 80)
    localidad = _linea("Localidad", 80)
    predio = _linea("Predio o lote", 80)
    involucrados = _linea("Personas involucradas", 300)
    aludidos = CampoVarios(None, label="De quién trata", required=False)
    pedido = _parrafo("Qué pide", 2000, 2)
    bien = forms.ChoiceField(
        label="Qué contrató", choices=[("", "Elige"), *Reclamo.Bien.choices], required=False
    )
    servicio = _linea("Servicio afectado", 120)
    tipologia = _linea("Tipología", 60)
    monto = CampoMonto(
        label="Monto reclamado (S/)", ejemplo="Escribe el monto con números. Por ejemplo: 1,500.50"
    )
    # --- how it is left
    como = forms.ChoiceField(
        label="Cómo queda",
        choices=[
            (FORMALIZAR, "Recibida y formalizada por escrito"),
            (RESOLVER, "Resuelta en el acto"),
            (RECIBIR, "Solo recibida: se formaliza después"),
        ],
        initial=FORMALIZAR,
    )
    leido = forms.BooleanField(label="Se lo leí de vuelta y dice que así es", required=False)
    reclamante = _linea("Deja registro por el reclamante", 120)
    solucion = _parrafo("Cómo se resolvió", 2000)
    acepta = forms.BooleanField(label="El reclamante acepta la solución", required=False)
    informado = forms.BooleanField(
        label="Le dije en el mismo instante que ya queda ingresada al área legal",
        required=False,
    )

    def __init__(self, *args, cliente, sedes, plantel, usuario, ahora, correo=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.cliente, self.usuario, self.ahora, self.correo = cliente, usuario, ahora, correo
        self.fields["sede"].queryset = sedes
        self.fields["aludidos"].queryset = plantel
        for nombre in self._sobran():
            del self.fields[nombre]
        for nombre, campo in self.fields.items():
            campo.widget.attrs.setdefault("class", "entrada")
            hablar(campo)
            if campo.required:
                campo.widget.is_required = False
            if nombre in self.PEDIDOS:
                campo.error_messages["required"] = self.PEDIDOS[nombre]

    PEDIDOS = {
        "canal": "Elige por dónde llegó.",
        "clase": "Di si es una queja o un reclamo.",
        "sede": "Elige el establecimiento.",
        "como": "Elige cómo queda.",
        "es_consumidor": "Di si es consumidor o un tercero.",
    }

    def _sobran(self) -> set[str]:
        """What is on file is not asked for, nor changed by what is said."""
        if self.cliente is None:
            return set()
        sobran = {"nombre", *(["correo_personal"] if self.cliente.correo else [])}
        if self.cliente.tipo_documento != TipoDocumento.SIN:
            sobran |= {"tipo_documento", "numero"}
        return sobran | ({"telefono"} if self.cliente.telefono else set())

    @property
    def es_verbal(self) -> bool:
        return self.cleaned_data.get("canal") in VERBALES

    def clean(self):
        datos = super().clean()
        self._leer_documento(datos)
        self._leer_recepcion(datos)
        if self.cliente is None and not datos.get("nombre"):
            self.add_error("nombre", "Escribe el nombre de quien reclama.")
        if self.usuario in (datos.get("aludidos") or ()):
            self.add_error("aludidos", "Trata de ti: pide a otra persona que la reciba.")
        if self.es_verbal and not datos.get("informado"):
            self.add_error(
                "informado",
                "Díselo ahora al reclamante y márcalo: se informa en el mismo instante.",
            )
        if datos.get("ocurrio_el") and "recibida_en" in datos:
            if datos["ocurrio_el"] > self._dia(datos["recibida_en"]):
                self.add_error("ocurrio_el", "Ocurrió antes de que se recibiera: revisa la fecha.")
        if datos.get("como") in (FORMALIZAR, RESOLVER):
            self._exigir_formulario(datos)
        return datos

    def _leer_documento(self, datos) -> None:
        """Type and number together; the same checks as anywhere, in the voice of the console."""
        if "numero" not in self.fields:
            return
        tipo, numero = datos.get("tipo_documento"), datos.get("numero", "")
        if tipo and numero:
            try:
                datos["numero"] = normalizar_ajeno(tipo, numero)
            except ValidationError as error:
                self.add_error("numero", error)
        elif numero:
            self.add_error("tipo_documento", "Elige qué documento es.")
        else:
            datos["tipo_documento"] = ""

    def _leer_recepcion(self, datos) -> None:
        """Now, or when its mail came, unless it is said, on the wall of the place."""
        sede, fecha, hora = (datos.get(c) for c in ("sede", "recibida_el", "recibida_a_las"))
        if sede is None or {"recibida_el", "recibida_a_las"} & self.errors.keys():
            return
        if fecha is None and hora is None:
            # A mail was received when it came, whenever it is taken in (002:63).
            datos["recibida_en"] = self.correo.recibido_en if self.correo else self.ahora
            return
        if fecha is None or hora is None:
            falta = "recibida_el" if fecha is None else "recibida_a_las"
            self.add_error(falta, "Anota la fecha y la hora; si es ahora, deja las dos vacías.")
            return
        try:
            recibida = instante_local(sede, fecha, hora)
        except ValueError as error:
            self.add_error("recibida_a_las", str(error))
            return
        self._situar(datos, recibida, sede)

    def _situar(self, datos, recibida: datetime, sede) -> None:
        if recibida > self.ahora:
            self.add_error("recibida_el", "Esa hora todavía no llega.")
        llegada = self.correo and self.correo.recibido_en
        if llegada and recibida > llegada:
            cuando = llegada.astimezone(sede.tz)
            self.add_error("recibida_el", f"El correo llegó antes: el {cuando:%d-%m-%Y %H:%M}.")
        if llegada and recibida == llegada.replace(second=0, microsecond=0):
            # The mail's own instant, to the second.
            recibida = llegada
        datos["recibida_en"] = recibida

    def _dia(self, instante):
        return instante.astimezone(self.cleaned_data["sede"].tz).date()

    def _exigir_formulario(self, datos) -> None:
        """C-03: a) to e) before it is in writing; C-12: and both sides' record of what was said."""
        for campo, mensaje in self.borrador().faltan().items():
            donde = "telefono" if "telefono" in self.fields else "domicilio"
            nombre = donde if campo == "contacto" else campo
            if nombre not in self.errors:
                self.add_error(nombre, mensaje)
        if datos["como"] == RESOLVER:
            self._exigir_solucion(datos)
        if not self.es_verbal:
            return
        if not datos.get("leido"):
            self.add_error("leido", "Léele lo escrito y marca que lo confirma.")
        if not datos.get("reclamante"):
            self.add_error("reclamante", "Anota quién deja registro por el reclamante.")

    def _exigir_solucion(self, datos) -> None:
        if datos.get("canal") and not self.es_verbal:
            self.add_error("como", "Solo se resuelve en el acto lo que se recibe de palabra.")
        if not datos.get("solucion"):
            self.add_error("solucion", "Escribe cómo se resolvió.")
        if not datos.get("acepta"):
            self.add_error("acepta", "Sin su aceptación no está resuelta: elige otra salida.")

    # --- what the door receives

    def campos(self) -> dict:
        """Fields of the complaint that are known so far."""
        datos = self.cleaned_data
        return {c: datos[c] for c in DEL_RECLAMO if datos.get(c) not in (None, "")}

    def borrador(self) -> Reclamo:
        """The complaint as it would be, unsaved: it knows itself what it lacks."""
        datos = self.cleaned_data
        persona = copy(self.cliente) or Cliente(tipo_documento=TipoDocumento.SIN)
        if datos.get("numero"):
            persona.tipo_documento = datos.get("tipo_documento") or TipoDocumento.SIN
        persona.correo = persona.correo or datos.get("correo_personal", "")
        persona.telefono = persona.telefono or datos.get("telefono", "")
        return Reclamo(cliente=persona, **self.campos())

    def escrito(self, nombre: str) -> str:
        """What a field says now, sent or proposed."""
        return str(self[nombre].value() or "").strip()
