"""Handing cases over: one from its page, those of a project or the chosen ones of a list."""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from postventa.consola.alcances import acotar
from postventa.consola.contexto import membresias
from postventa.consola.formularios import FormularioDeVerbo
from postventa.consola.salas import consola_de
from postventa.empresas.models import Sede
from postventa.expedientes.models import Expediente, Situacion
from postventa.expedientes.salas import todas
from postventa.personas.models import Usuario
from postventa.tramitacion.reasignar import LOTE, REASIGNAN, REASIGNAR, quienes_atienden

TODOS, NADIE = "todos", "nadie"


class Reasignar(FormularioDeVerbo):
    """The verb of one case."""

    boton = "Reasignar"

    responsable = forms.ModelChoiceField(
        Usuario.objects.none(), label="Quién responde desde ahora", empty_label="Elige una persona"
    )
    motivo = forms.CharField(label="Motivo", max_length=300, help_text="Lo leerá esa persona.")

    def preparar(self):
        equipo = quienes_atienden(self.caso.tipo, self.caso.empresa_id, self.caso.sede_id)
        equipo = equipo.exclude(pk=self.caso.responsable_id).order_by("first_name", "username")
        self.fields["responsable"].queryset = equipo

    def que_pasara(self):
        return f"Recibirá un correo con el caso. {consola_de(self.caso.tipo).al_reasignar}"

    def hecho(self):
        return f"Ahora responde {self.cleaned_data['responsable']}."


def puede_alguno(usuario: Usuario | AnonymousUser) -> bool:
    """May hand over cases somewhere; asks the database nothing."""
    return any(m.rol in REASIGNAN for m in membresias(usuario))


def reasignables(usuario: Usuario) -> QuerySet:
    """Open cases that this person may hand over, of every room that allows it."""
    tipos = [sala.tipo for sala in todas() if REASIGNAR in sala.caso.anotaciones]
    propios = acotar(Expediente.objects.all(), usuario, REASIGNAN)
    return propios.filter(tipo__in=tipos).exclude(situacion=Situacion.CERRADO)


def sedes_de(usuario: Usuario) -> QuerySet:
    """Places where this person may hand cases over."""
    return acotar(Sede.objects.select_related("empresa"), usuario, REASIGNAN).order_by("nombre")


def cargas(casos: QuerySet) -> dict[int | None, int]:
    """{responsible: number of cases}, None for those of nobody."""
    return dict(casos.order_by().values_list("responsable_id").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Eleccion:
    """The cases that a page of reassignment speaks of: those of a place, or some of a list."""

    casos: QuerySet
    sede: Sede | None = None

    @property
    def lugares(self) -> set[tuple[str, int, int]]:
        """Rooms and places of the cases."""
        campos = ("tipo", "empresa_id", "sede_id")
        return set(self.casos.order_by().values_list(*campos).distinct())

    def equipo(self) -> list[Usuario]:
        """Who can answer for all of them."""
        equipo = Usuario.objects.all()
        lugares = self.lugares
        for tipo, empresa_id, sede_id in lugares:
            equipo = equipo & quienes_atienden(tipo, empresa_id, sede_id)
        return list(equipo.order_by("first_name", "username")) if lugares else []

    def de(self, quien: str) -> QuerySet:
        """Those of one person; "" and `todos` are all, `nadie` those without a responsible."""
        if quien in ("", TODOS):
            return self.casos
        return self.casos.filter(responsable_id=None if quien == NADIE else int(quien))


FALTAN = {
    "de": {"required": "Elige de quién son los casos."},
    "a": {"required": "Elige quién los recibe."},
    "motivo": {"required": "Escribe el motivo."},
}


class FormularioDeReparto(forms.Form):
    """From whom, to whom and why; `de` only where the cases are those of a place."""

    de = forms.ChoiceField(label="De quién", widget=forms.RadioSelect, error_messages=FALTAN["de"])
    a = forms.ChoiceField(label="A quién", error_messages=FALTAN["a"])
    motivo = forms.CharField(
        label="Motivo", max_length=300, help_text="Lo leerá quien recibe los casos.",
        error_messages=FALTAN["motivo"],
    )  # fmt: skip

    def __init__(self, eleccion: Eleccion, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.equipo = {str(p.pk): p for p in eleccion.equipo()}
        self.fields["a"].choices = [
            ("", "Elige una persona"),
            *((pk, str(p)) for pk, p in self.equipo.items()),
        ]
        if eleccion.sede:
            self.fields["de"].choices = _de_quienes(eleccion.casos)
            self.fields["de"].initial = TODOS
        else:
            del self.fields["de"]
        for campo in self.fields.values():
            if not isinstance(campo.widget, forms.RadioSelect):
                campo.widget.attrs["class"] = "entrada"

    def clean(self):
        datos = super().clean()
        if datos.get("a") and datos.get("a") == datos.get("de"):
            self.add_error("a", "Elige a otra persona: esos casos ya son suyos.")
        return datos

    @property
    def persona(self) -> Usuario:
        return self.equipo[self.cleaned_data["a"]]


def _de_quienes(casos) -> list[tuple[str, str]]:
    carga = cargas(casos)
    personas = Usuario.objects.in_bulk([pk for pk in carga if pk])
    filas = sorted((str(p), str(pk), carga[pk]) for pk, p in personas.items())
    nadie = [(NADIE, f"Sin responsable ({carga[None]})")] if None in carga else []
    return [
        (TODOS, f"De cualquiera ({sum(carga.values())})"),
        *nadie,
        *((pk, f"{nombre} ({n})") for nombre, pk, n in filas),
    ]


def por_tipo(casos: QuerySet, a: Usuario) -> list:
    """The cases to hand over to `a`, as rows of their own rooms: at most what one go moves."""
    ids = casos.exclude(responsable=a).order_by("pk").values_list("pk", "tipo")[:LOTE]
    tipos: dict[str, list[int]] = {}
    for pk, tipo in ids:
        tipos.setdefault(tipo, []).append(pk)
    modelos = {sala.tipo: sala.caso.modelo for sala in todas()}
    return [c for tipo, pks in tipos.items() for c in modelos[tipo].objects.filter(pk__in=pks)]
