"""What the call centre types while somebody is on the line."""

from django import forms
from django.core.exceptions import ValidationError

from postventa.personas.documentos import normalizar_rut
from tickets.ingevec.actos import NUMERO_INCOMPLETO, URGENCIA_NO_ES_CONSULTA, tiene_numero
from tickets.ingevec.eleccion import leer_valor
from tickets.ingevec.ingreso import SIN_HORA
from tickets.ingevec.models import Canal, Excepcion, Relacion, Requerimiento, Solicitud, Urgencia
from tickets.ingevec.palabras import CUIDADOS
from tickets.inmuebles.models import ClaseElemento

FILAS, MAXIMO = 1, 10
# Of who is on no register yet: the form's own word beside the owners' ids.
NUEVA = "nueva"
SIN_HORA_AUN = "sin_hora"
CANALES = [(c.value, c.label) for c in (Canal.FIJO, Canal.CELULAR, Canal.CORREO)]
# G-15 in the order in which they are asked: icon, question, what it means.
PREGUNTAS = (
    (Urgencia.AGUA, "agua", "¿Cañería rota?", "Filtra agua potable"),
    (Urgencia.GAS, "fuego", "¿Fuga de gas?", "En red no visible"),
    (Urgencia.LUZ, "luz", "¿Sin electricidad?", "Por la instalación"),
    (Urgencia.OTRA, "alerta", "¿Otra cosa grave?", "No se puede habitar"),
)


def _texto(label, maximo, **kwargs):
    return forms.CharField(label=label, max_length=maximo, **kwargs)


class FormLlamada(forms.Form):
    """Everything but the requerimientos. Its template draws each field by hand."""

    canal = forms.ChoiceField(label="Canal", choices=CANALES, initial=Canal.FIJO)
    cliente = forms.ChoiceField(label="Propietario")
    llamante = _texto("Nombre de quien llama", 120)
    rut = _texto("RUT", 20, required=False)
    relacion = forms.ChoiceField(label="Relación", choices=Relacion.choices)
    telefonos = _texto("Números de contacto", 120)
    clase = forms.ChoiceField(
        label="Tipo", choices=Solicitud.Clase.choices, initial=Solicitud.Clase.REQUERIMIENTO
    )
    consulta = _texto("Consulta", 4000, required=False)
    respuesta = _texto("Respuesta", 4000, required=False)
    cupo = _texto("Hora", 120, required=False)
    motivo = _texto("Por qué", 300, required=False)
    acuerdo = forms.BooleanField(label="El propietario está de acuerdo", required=False)

    def __init__(self, *args, duenios, **kwargs):
        super().__init__(*args, **kwargs)
        self.duenios = {str(c.pk): c for c in duenios}
        self.fields["cliente"].choices = [*((pk, c.nombre) for pk, c in self.duenios.items()),
                                          (NUEVA, "Otra persona")]  # fmt: skip
        for urgencia, *_ in PREGUNTAS:
            self.fields[f"u_{urgencia}"] = forms.ChoiceField(
                label=urgencia.label, choices=[("si", "Sí"), ("no", "No")], required=False
            )
        for nombre, mensaje in (
            ("llamante", "Escribe el nombre de quien llama."),
            ("telefonos", "Escribe al menos un número de contacto."),
            ("cliente", "Elige de quién es la vivienda."),
            ("canal", "Elige por dónde llegó."),
        ):
            self.fields[nombre].error_messages["required"] = mensaje

    def clean_rut(self):
        """None if nobody gave one: it is asked for later."""
        escrito = self.cleaned_data["rut"].strip()
        return normalizar_rut(escrito) if escrito else None

    def clean_telefonos(self):
        telefonos = self.cleaned_data["telefonos"]
        if not tiene_numero(telefonos):
            raise ValidationError(NUMERO_INCOMPLETO)
        return telefonos

    def clean(self):
        datos = super().clean()
        dichas = {u: datos.get(f"u_{u}") for u in CUIDADOS}
        # One «Sí» is enough: what it asks for is done now, not after three more questions.
        if "si" not in dichas.values() and not all(dichas.values()):
            self.add_error(None, ValidationError("Pregunta primero por las cuatro urgencias.",
                                                 code="urgencia"))  # fmt: skip
        datos["urgencia"] = next((u for u in CUIDADOS if dichas[u] == "si"), "")
        datos["eleccion"] = leer_valor(datos.get("cupo", ""))
        if self.es_consulta:
            if datos["urgencia"]:
                self.add_error("clase", URGENCIA_NO_ES_CONSULTA)
            if not datos.get("consulta", "").strip():
                self.add_error("consulta", "Escribe la consulta.")
        elif not datos["urgencia"]:
            self._exigir_hora(datos)
        return datos

    @property
    def es_consulta(self) -> bool:
        return self.cleaned_data.get("clase") == Solicitud.Clase.CONSULTA

    def _exigir_hora(self, datos) -> None:
        """G-03: an hour, or a way out that somebody reasons."""
        eleccion, motivo = datos["eleccion"], datos.get("motivo", "").strip()
        if eleccion is None:
            if datos.get("cupo") != SIN_HORA_AUN:
                self.add_error("cupo", SIN_HORA)
            elif not motivo and datos.get("canal") != Canal.CORREO:
                self.add_error("motivo", "Explica por qué queda sin hora.")
            return
        if eleccion.excepcion and not motivo:
            self.add_error("motivo", "Explica por qué no sirve el día del proyecto.")
        if eleccion.excepcion == Excepcion.FUERA_DE_PLAZO and not datos.get("acuerdo"):
            self.add_error("acuerdo", "Confirma que el propietario está de acuerdo.")


class FormFila(forms.Form):
    """One requerimiento as it is told."""

    recinto = _texto("Recinto", 60, required=False)
    clase = forms.ChoiceField(label="Elemento", required=False)
    descripcion = _texto("Requerimiento", 4000, required=False)

    def __init__(self, *args, clases, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clase"].choices = [("", "Sin clasificar"), *clases]

    @property
    def esta_vacia(self) -> bool:
        return not any(str(v or "").strip() for v in self.cleaned_data.values())

    def clean(self):
        datos = super().clean()
        if not datos.get("descripcion", "").strip() and any(datos.values()):
            self.add_error("descripcion", "Escribe qué pasa.")
        return datos

    def requerimiento(self) -> Requerimiento:
        datos = self.cleaned_data
        return Requerimiento(
            descripcion=datos["descripcion"].strip(),
            recinto=datos["recinto"].strip(),
            clase=ClaseElemento(datos["clase"]) if datos["clase"] else "",
        )


def filas_de(datos, clases, cuantas: int) -> list[FormFila]:
    """The rows of the page, bound if `datos` came."""
    return [FormFila(datos, prefix=f"r{n}", clases=clases) for n in range(1, cuantas + 1)]
