"""Forms of Icalma's owners."""

from django import forms

from tickets.icalma.catalogo import OTRO, Catalogo, clase_de

CAMPOS = ("recinto", "recinto_otro", "lugar", "lugar_otro", "item", "item_otro", "descripcion")
LARGO = 60
FALTA = {
    "recinto": "Elige el recinto.",
    "lugar": "Elige el lugar.",
    "item": "Elige el elemento que falla.",
    "recinto_otro": "Escribe qué recinto es.",
    "lugar_otro": "Escribe qué lugar es.",
    "item_otro": "Escribe qué elemento es.",
}


def _escrito(etiqueta: str) -> forms.CharField:
    return forms.CharField(
        label=etiqueta,
        max_length=LARGO,
        required=False,
        error_messages={"max_length": f"Usa como máximo {LARGO} letras."},
    )


def _lista(etiqueta: str) -> forms.CharField:
    """A list whose options hang from another's answer: judged together, in `clean`."""
    return forms.CharField(label=etiqueta, required=False, widget=forms.Select)


class FormObservacion(forms.Form):
    """One observation: where, what, in whose words. Photos travel beside it."""

    recinto = _lista("1. ¿En qué recinto?")
    recinto_otro = _escrito("¿Qué recinto es?")
    lugar = _lista("2. ¿En qué lugar?")
    lugar_otro = _escrito("¿Qué lugar es?")
    item = _lista("3. ¿Qué elemento falla?")
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
        self.fields["recinto"].widget.choices = _opciones(catalogo.recintos, "Otro")
        self.fields["lugar"].widget.choices = [("", "Elige el lugar")] + _opciones(
            self.recinto.lugares.all() if self.recinto else (), "Otro lugar"
        )
        self.fields["item"].widget.choices = [("", "Elige el elemento")] + _opciones(
            self.lugar.items.all() if self.lugar else (), "Otro elemento"
        )

    def clean(self):
        """Put the words to store in `eleccion`: names and class, from the list or by hand."""
        datos = super().clean()
        item = self.catalogo.item(self.lugar, datos.get("item", ""))
        self.eleccion = {"clase": clase_de(item)}
        for campo, fila, es_otro in (
            ("recinto", self.recinto, False),
            ("lugar", self.lugar, self.es_otro_recinto),
            ("item", item, self.es_otro_lugar),
        ):
            self.eleccion[campo] = self._nombre(campo, fila, es_otro)
            if not self.eleccion[campo]:
                break  # what hangs from it cannot be judged yet
        return datos

    def _nombre(self, campo, fila, es_otro) -> str:
        if fila is not None:
            return fila.nombre
        valor = self.cleaned_data.get(campo, "")
        if not (es_otro or valor == OTRO):
            self.add_error(campo, FALTA[campo] if not valor else "Elige una opción de la lista.")
            return ""
        escrito = self.cleaned_data.get(f"{campo}_otro", "")
        if not escrito and f"{campo}_otro" not in self.errors:
            self.add_error(f"{campo}_otro", FALTA[f"{campo}_otro"])
        return escrito


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
