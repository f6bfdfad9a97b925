"""Forms of Icalma's owners."""

from django import forms

from tickets.icalma.catalogo import OTRO, Catalogo, clase_de

CAMPOS = ("recinto", "recinto_otro", "lugar", "lugar_otro", "item", "item_otro", "descripcion")
LARGO = 60


def _escrito(etiqueta: str) -> forms.CharField:
    return forms.CharField(
        label=etiqueta,
        max_length=LARGO,
        required=False,
        error_messages={"max_length": f"Usa como máximo {LARGO} letras."},
    )


class FormObservacion(forms.Form):
    """One observation: where, what, in whose words. Photos travel beside it."""

    recinto = forms.ChoiceField(label="1. ¿En qué recinto?", required=False)
    recinto_otro = _escrito("¿Qué recinto es?")
    lugar = forms.ChoiceField(label="2. ¿En qué lugar?", required=False)
    lugar_otro = _escrito("¿Qué lugar es?")
    item = forms.ChoiceField(label="3. ¿Qué elemento falla?", required=False)
    item_otro = _escrito("¿Qué elemento es?")
    descripcion = forms.CharField(
        label="4. Descríbelo con tus palabras",
        help_text="Qué pasa, desde cuándo y si empeora.",
        max_length=4000,
        required=False,
        error_messages={
            "max_length": "Tu descripción tiene %(show_value)s letras; usa como máximo 4.000."
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data=None, *, catalogo: Catalogo, **kwargs):
        super().__init__(data, **kwargs)
        self.catalogo = catalogo
        valores = self.data if self.is_bound else self.initial
        self.recinto = catalogo.recinto(valores.get("recinto", ""))
        self.lugar = catalogo.lugar(self.recinto, valores.get("lugar", ""))
        self.es_otro_recinto = valores.get("recinto") == OTRO
        self.es_otro_lugar = self.es_otro_recinto or valores.get("lugar") == OTRO
        self.fields["recinto"].choices = _opciones(catalogo.recintos, "Otro")
        self.fields["lugar"].choices = [("", "Elige el lugar")] + _opciones(
            self.recinto.lugares.all() if self.recinto else (), "Otro lugar"
        )
        self.fields["item"].choices = [("", "Elige el elemento")] + _opciones(
            self.lugar.items.all() if self.lugar else (), "Otro elemento"
        )
        for campo in ("recinto", "lugar", "item"):
            self.fields[campo].error_messages["invalid_choice"] = "Elige una opción de la lista."

    def clean(self):
        """Put the words to store in `eleccion`: names and class, from the list or by hand."""
        datos = super().clean()
        if self.errors.keys() - {"descripcion"}:
            return datos
        item = self.catalogo.item(self.lugar, datos.get("item", ""))
        self.eleccion = {
            "recinto": self._nombre("recinto", self.recinto, "Elige el recinto."),
            "lugar": self._nombre("lugar", self.lugar, "Elige el lugar.", self.es_otro_recinto),
            "item": self._nombre("item", item, "Elige el elemento que falla.", self.es_otro_lugar),
            "clase": clase_de(item),
        }
        return datos

    def _nombre(self, campo, fila, falta, es_otro=False) -> str:
        if fila is not None:
            return fila.nombre
        if not (es_otro or self.cleaned_data.get(campo) == OTRO):
            self.add_error(campo, falta)
            return ""
        escrito = self.cleaned_data.get(f"{campo}_otro", "")
        if not escrito:
            self.add_error(f"{campo}_otro", f"Escribe qué {_que(campo)} es.")
        return escrito


def _que(campo: str) -> str:
    return "elemento" if campo == "item" else campo


def _opciones(filas, otro: str) -> list[tuple[str, str]]:
    return [(str(f.pk), f.nombre) for f in filas] + [(OTRO, otro)]


def tecleado(post, catalogo: Catalogo) -> dict:
    """What was typed, fit to keep in the draft: a place that is not of its recinto is dropped."""
    datos = {campo: post.get(campo, "").replace("\x00", "")[:4000] for campo in CAMPOS}
    recinto = catalogo.recinto(datos["recinto"])
    if recinto is None and datos["recinto"] != OTRO:
        datos["recinto"] = ""
    lugar = catalogo.lugar(recinto, datos["lugar"])
    if lugar is None and datos["lugar"] != OTRO:
        datos["lugar"] = ""
    if catalogo.item(lugar, datos["item"]) is None and datos["item"] != OTRO:
        datos["item"] = ""
    return datos


class FormFirma(forms.Form):
    """Typed name, fresh code and the statement of having read (TM-20)."""

    nombre = forms.CharField(
        label="Tu nombre completo",
        max_length=120,
        error_messages={
            "required": "Escribe tu nombre completo.",
            "max_length": "Usa como máximo 120 letras.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    codigo = forms.CharField(
        label="Código",
        max_length=20,
        error_messages={
            "required": "Escribe el código de 6 dígitos que enviamos a tu correo.",
            "max_length": "Escribe los 6 dígitos del código.",
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "rut"}
        ),
    )
    leido = forms.BooleanField(
        error_messages={"required": "Marca que leíste el acta y recibiste los trabajos."}
    )
    huella = forms.CharField(max_length=64, widget=forms.HiddenInput)
    visto = forms.IntegerField(widget=forms.HiddenInput)


class FormRespuesta(forms.Form):
    """Answer to one rejection; the reason is the owner's, and optional."""

    motivo = forms.CharField(
        label="¿Por qué no estás de acuerdo?",
        max_length=1000,
        required=False,
        error_messages={"max_length": "Usa como máximo 1.000 letras."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    visto = forms.IntegerField(widget=forms.HiddenInput)
