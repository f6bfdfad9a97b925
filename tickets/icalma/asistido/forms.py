"""The observations of a request, row by row, as they are dictated."""

from django import forms

from tickets.icalma.catalogo import Catalogo
from tickets.icalma.models import Observacion
from tickets.inmuebles.models import ClaseElemento

FILAS, MAXIMO = 1, 20
A_MANO = ("recinto", "lugar", "item")


class FormCodigo(forms.Form):
    codigo = forms.CharField(
        label="Código que dicta el propietario",
        max_length=20,
        widget=forms.TextInput(
            {
                "class": "entrada",
                "inputmode": "numeric",
                "autocomplete": "off",
                "data-pregunta": "",
            }
        ),
        error_messages={"required": "Escribe los 6 dígitos que te dicta el propietario."},
    )


def _entrada(**atributos):
    return forms.TextInput({"class": "entrada", "autocomplete": "off", **atributos})


class FormFila(forms.Form):
    """One observation: an item of the catalogue, or its three words by hand (I-04)."""

    elegido = forms.ChoiceField(
        label="Qué falla", required=False,
        widget=forms.Select({"class": "entrada", "data-cuenta": ""}),
    )  # fmt: skip
    recinto = forms.CharField(label="Recinto", max_length=60, required=False, widget=_entrada())
    lugar = forms.CharField(label="Lugar", max_length=60, required=False, widget=_entrada())
    item = forms.CharField(
        label="Elemento", max_length=60, required=False, widget=_entrada(**{"data-cuenta": ""})
    )
    descripcion = forms.CharField(
        label="Lo que dice el propietario", max_length=1000, required=False,
        widget=forms.Textarea({"class": "entrada", "rows": 2, "data-cuenta": ""}),
    )  # fmt: skip

    def __init__(self, *args, catalogo: Catalogo, **kwargs):
        super().__init__(*args, **kwargs)
        # What the page says beside each field: nothing, until somebody tries to send.
        self.fallas: dict[str, str] = {}
        self.items = {
            str(item.pk): (recinto, lugar, item)
            for recinto in catalogo.recintos
            for lugar in recinto.lugares.all()
            for item in lugar.items.all()
        }
        self.fields["elegido"].choices = [("", "Elige, o escríbelo abajo"), *_grupos(catalogo)]

    @property
    def esta_vacia(self) -> bool:
        return not any(str(v or "").strip() for v in self.cleaned_data.values())

    @property
    def a_mano(self) -> list:
        """The fields that replace the catalogue."""
        return [self[campo] for campo in A_MANO]

    @property
    def es_a_mano(self) -> bool:
        return any(campo.value() for campo in self.a_mano)

    def clean(self):
        datos = super().clean()
        escrito = [datos.get(c, "").strip() for c in A_MANO]
        if any(escrito) and not all(escrito):
            self.add_error("item", "Completa recinto, lugar y elemento, o elige del catálogo.")
        if datos.get("descripcion") and not datos.get("elegido") and not any(escrito):
            self.add_error("elegido", "Elige qué falla, o escribe recinto, lugar y elemento.")
        if datos.get("elegido") and any(escrito):
            self.add_error("elegido", "Elige del catálogo o escríbelo, no las dos cosas.")
        return datos

    def contado(self) -> str:
        """What was told so far, to be compared with what the home already asked for."""
        elegido = self.items.get(str(self["elegido"].value() or ""))
        dicho = [self[campo].value() or "" for campo in ("item", "descripcion")]
        return " ".join([elegido[2].nombre if elegido else "", *dicho])

    def observacion(self) -> Observacion:
        """The unsaved observation of this row."""
        datos = self.cleaned_data
        if datos["elegido"]:
            recinto, lugar, item = self.items[datos["elegido"]]
            nombres = {"recinto": recinto.nombre, "lugar": lugar.nombre, "item": item.nombre}
            clase = item.clase
        else:
            nombres = {c: datos[c].strip() for c in A_MANO}
            clase = ClaseElemento.OTRO
        return Observacion(**nombres, clase=clase, descripcion=datos["descripcion"].strip())


def _grupos(catalogo):
    for recinto in catalogo.recintos:
        for lugar in recinto.lugares.all():
            items = [(str(i.pk), i.nombre) for i in lugar.items.all()]
            if items:
                yield f"{recinto.nombre} · {lugar.nombre}", items


def filas_de(datos, catalogo: Catalogo, cuantas: int = FILAS) -> list[FormFila]:
    """The rows of the page, bound if `datos` came."""
    return [FormFila(datos, prefix=f"o{n}", catalogo=catalogo) for n in range(1, cuantas + 1)]
