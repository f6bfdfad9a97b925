"""What the complainant types: a sheet of the Libro de Reclamaciones, and whether they agree."""

from django import forms

from postventa.personas import documentos
from postventa.personas.correos import sin_control
from reclamos.models import Contacto, Reclamo
from reclamos.montos import CampoMonto
from reclamos.portal import DOCUMENTOS

DEFINICIONES = (
    (
        Reclamo.Clase.RECLAMO,
        "Reclamo",
        "No está conforme con el producto o el servicio que contrató.",
    ),
    (
        Reclamo.Clase.QUEJA,
        "Queja",
        "Su malestar no es por el producto ni el servicio, o es por la atención que recibió.",
    ),
)
MONTO = "Escriba solo el número, con punto para los céntimos. Por ejemplo: 1,500.50"


def _texto(etiqueta, largo, falta="", pista="", filas=0, **atributos):
    """A text of the sheet; optional without `falta`, which says what to write."""
    widget = forms.Textarea({"rows": filas, **atributos}) if filas else forms.TextInput(atributos)
    errores = {"max_length": f"Escriba hasta {largo} letras."}
    if falta:
        errores["required"] = falta
    return forms.CharField(
        label=etiqueta,
        max_length=largo,
        required=bool(falta),
        help_text=pista,
        widget=widget,
        error_messages=errores,
    )


def _eleccion(etiqueta, opciones, falta, widget=forms.RadioSelect):
    return forms.ChoiceField(
        label=etiqueta,
        choices=opciones,
        widget=widget,
        error_messages={"required": falta, "invalid_choice": falta},
    )


def _momento(campo, tipo, formato, etiqueta, error, **opciones):
    widget = {"date": forms.DateInput, "time": forms.TimeInput}[tipo]({"type": tipo}, formato)
    errores = {"required": error, "invalid": error}
    return campo(label=etiqueta, widget=widget, error_messages=errores, **opciones)


class FormLibro(forms.Form):
    """One sheet. Fields a) to e) of the procedure and those of 10.3, in the sheet's order."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    sede = forms.ModelChoiceField(
        queryset=None,
        label="Establecimiento",
        empty_label="Elija un establecimiento",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Elija el establecimiento de que se trata."
        ),
    )
    nombre = _texto("Nombre completo", 120, "Escriba su nombre completo.", autocomplete="name")
    documento = _eleccion(
        "Tipo de documento", DOCUMENTOS, "Elija el tipo de documento.", forms.Select
    )
    numero = _texto("Número de documento", 20, "Escriba el número.", autocomplete="off")
    domicilio = _texto("Domicilio", 200, "Escriba su domicilio.", autocomplete="street-address")
    telefono = _texto("Teléfono", 40, "Escriba un teléfono.", type="tel", autocomplete="tel")
    correo = forms.EmailField(
        label="Correo electrónico",
        max_length=254,
        help_text="Aquí llegan su copia y la respuesta.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        validators=[sin_control],
        error_messages={
            "required": "Escriba su correo: allí llega su copia.",
            "invalid": "Escriba el correo completo. Por ejemplo: nombre@correo.pe",
        },
    )
    apoderado = _texto(
        "Padre, madre o apoderado",
        120,
        pista="Solo si quien reclama es menor de edad: nombre y documento de quien lo representa.",
    )
    bien = _eleccion(
        "¿Qué contrató?", Reclamo.Bien.choices, "Elija si es un producto o un servicio."
    )
    servicio = _texto(
        "Descripción", 120, "Describa qué contrató.", "Por ejemplo: lote 14 de la manzana C."
    )
    monto = CampoMonto(label="Monto reclamado, en soles", ejemplo=MONTO)
    clase = _eleccion(
        "¿Es un reclamo o una queja?",
        [(clave, nombre) for clave, nombre, _ in DEFINICIONES],
        "Elija si es un reclamo o una queja.",
    )
    motivo = _texto("Motivo, en una frase", 300, "Escriba el motivo.")
    hechos = _texto("Qué pasó", 6000, "Cuente qué pasó.", "Los hechos, con su detalle.", filas=6)
    ocurrio_el = _momento(
        forms.DateField, "date", "%Y-%m-%d", "Fecha", "Anote la fecha en que ocurrió."
    )
    ocurrio_a_las = _momento(
        forms.TimeField, "time", "%H:%M", "Hora", "Anote la hora así: 15:30", required=False
    )
    lugar = _texto("Lugar", 200, "Anote el lugar donde ocurrió.")
    distrito = _texto("Distrito", 80)
    localidad = _texto("Localidad", 80)
    predio = _texto("Predio o lote", 80)
    involucrados = _texto("Personas involucradas", 300)
    pedido = _texto("Qué pide", 2000, "Escriba qué pide.", filas=3)

    def __init__(self, *args, sedes, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.fields["sede"].queryset = sedes
        self.fields["sede"].label_from_instance = nombre_de_sede

    def clean(self):
        datos = super().clean()
        tipo, numero = datos.get("documento"), datos.get("numero")
        if tipo and numero:
            try:
                datos["numero"] = documentos.normalizar(tipo, numero, usted=True)
            except forms.ValidationError as error:
                self.add_error("numero", error)
        return datos

    @property
    def contacto(self) -> Contacto:
        return Contacto(*(self.cleaned_data[campo] for campo in Contacto._fields))

    @property
    def del_reclamo(self) -> dict:
        """What goes on the record as it was written."""
        aparte = {"nonce", "sede", "documento", "numero", *Contacto._fields}
        return {campo: v for campo, v in self.cleaned_data.items() if campo not in aparte}


def nombre_de_sede(sede) -> str:
    return ", ".join(filter(None, (sede.nombre, sede.direccion, sede.comuna)))


CONFORME, DISCONFORME = "conformar", "disconformar"


class FormManifestar(forms.Form):
    """C-13: one of two, with the reason of who does not agree."""

    visto = forms.IntegerField(widget=forms.HiddenInput)
    resultado = _eleccion(
        "¿Está conforme con la respuesta?",
        ((CONFORME, "Estoy conforme"), (DISCONFORME, "No estoy conforme")),
        "Elija si está conforme o no.",
    )
    motivo = _texto("¿Por qué no está conforme?", 2000, filas=4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)

    def clean(self):
        datos = super().clean()
        if datos.get("resultado") == DISCONFORME and not datos.get("motivo"):
            self.add_error("motivo", "Escriba por qué no está conforme.")
        return datos
