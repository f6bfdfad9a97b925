"""Forms of Icalma's owners."""

from datetime import datetime

from django import forms

from postventa.documentos.trazo import TrazoInvalido, trazo_de
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
    """Name, fresh code and the statement of having read (TM-20); a drawing, if it is so signed.

    `camino` is the drawing as an SVG path, "" if the name is typed.
    """

    modo = forms.ChoiceField(
        label="¿Cómo quieres firmar?",
        choices=[("codigo", "Escribir mi nombre"), ("dibujo", "Dibujar mi firma")],
        required=False,
        error_messages={"invalid_choice": "Elige cómo quieres firmar."},
    )
    trazo = forms.CharField(required=False, widget=forms.HiddenInput)
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
    camino = ""

    def clean(self):
        datos = super().clean()
        if datos.get("modo") == "dibujo":
            try:
                self.camino = trazo_de(datos.get("trazo", ""))
            except TrazoInvalido:
                self.add_error("modo", "Dibuja tu firma en el recuadro, o firma escribiendo.")
        return datos


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


class FormPropuesta(forms.Form):
    """The hour that suits the owner when no free one does; `inicia_en` once it is valid."""

    dia = forms.DateField(
        label="Día",
        error_messages={"required": "Elige el día.", "invalid": "Elige un día del calendario."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    hora = forms.TimeField(
        label="Desde las",
        error_messages={"required": "Elige la hora.", "invalid": "Escribe la hora: 10:30."},
        widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
    )
    nota = forms.CharField(
        label="¿Algo que deba saber tu supervisor?",
        max_length=300,
        required=False,
        error_messages={"max_length": "Usa como máximo 300 letras."},
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )

    def __init__(self, data=None, *, zona, **kwargs):
        super().__init__(data, **kwargs)
        self.zona = zona

    def clean(self):
        datos = super().clean()
        if datos.get("dia") and datos.get("hora") is not None:
            self.inicia_en = datetime.combine(datos["dia"], datos["hora"], self.zona)
        return datos


class FormReemplazo(forms.Form):
    """Who receives the workers; the door judges the RUT (I-13)."""

    reemplazo_nombre = forms.CharField(
        label="Nombre completo",
        max_length=120,
        error_messages={
            "required": "Escribe el nombre completo de tu reemplazo.",
            "max_length": "Usa como máximo 120 letras.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reemplazo_documento = forms.CharField(
        label="RUT",
        help_text="Con dígito verificador. Por ejemplo: 12.345.678-5",
        max_length=20,
        error_messages={
            "required": "Escribe el RUT de tu reemplazo.",
            "max_length": "Escribe el RUT completo, con su dígito verificador.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "rut", "data-rut": ""}),
    )
    reemplazo_telefono = forms.CharField(
        label="Teléfono",
        help_text="Para avisarle si los maestros se atrasan.",
        max_length=30,
        required=False,
        error_messages={"max_length": "Usa como máximo 30 letras."},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )


class FormObjecion(forms.Form):
    """The owner's side of an absence; once per ticket."""

    motivo = forms.CharField(
        label="¿Qué pasó ese día?",
        help_text="Quién estaba en la vivienda, desde qué hora, y si avisaron en conserjería.",
        max_length=1000,
        error_messages={
            "required": "Cuenta qué pasó ese día, para que el Jefe pueda decidir.",
            "max_length": "Usa como máximo 1.000 letras.",
        },
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
    )


class FormReparos(forms.Form):
    """Which works are not right, each with its reason; `motivos` maps their ids to it."""

    visto = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, trabajos, todos: bool):
        super().__init__(data)
        self.trabajos, self.todos, self.motivos = trabajos, todos, {}
        for o in trabajos:
            if not todos:
                self.fields[f"mal_{o.pk}"] = forms.BooleanField(label=str(o), required=False)
            self.fields[f"motivo_{o.pk}"] = forms.CharField(
                label="¿Qué quedó mal?",
                max_length=1000,
                required=False,
                error_messages={"max_length": "Usa como máximo 1.000 letras."},
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
            )

    @property
    def filas(self) -> list[tuple]:
        """(observation, its checkbox or None, its reason) for the page."""
        return [
            (o, None if self.todos else self[f"mal_{o.pk}"], self[f"motivo_{o.pk}"])
            for o in self.trabajos
        ]

    def clean(self):
        datos = super().clean()
        for o in self.trabajos:
            motivo = datos.get(f"motivo_{o.pk}", "")
            # A reason written and the box forgotten says the same.
            if motivo:
                self.motivos[str(o.pk)] = motivo
            elif (self.todos or datos.get(f"mal_{o.pk}")) and f"motivo_{o.pk}" not in self.errors:
                self.add_error(f"motivo_{o.pk}", f"Escribe qué quedó mal en «{o.item}».")
        if not self.motivos and not self.errors:
            self.add_error(None, "Marca al menos un trabajo y escribe qué quedó mal.")
        return datos
