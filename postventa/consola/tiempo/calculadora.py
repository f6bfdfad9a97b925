"""When would it be due? The calculator of staff: reads the calendars and writes nothing."""

from copy import copy

from django import forms
from django.contrib import admin
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from postventa.calendario.habiles import Unidad, revisar
from postventa.calendario.palabras import cantidad_en_palabras, vence_en_palabras
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento, zona_de
from postventa.consola.formularios import CampoFecha, CampoHora, instante_local
from postventa.empresas.models import Sede
from postventa.plazos.calculo import (
    DE_LA_SEDE,
    anios_sin_feriados,
    calcular_plazo,
    horario_del_lugar,
)
from postventa.plazos.models import UNIDADES, PoliticaPlazo
from postventa.plazos.por_que import explicado


class CampoPolitica(forms.ModelChoiceField):
    def label_from_instance(self, politica):
        dura = cantidad_en_palabras(politica.cantidad, Unidad(politica.unidad))
        return f"{politica.empresa}: {politica.nombre}, {dura}"


class CampoSede(forms.ModelChoiceField):
    def label_from_instance(self, sede):
        return f"{sede.empresa}: {sede.nombre}"


class Calculadora(forms.Form):
    politica = CampoPolitica(
        label="Política de plazo",
        queryset=PoliticaPlazo.objects.none(),
        required=False,
        empty_label="Ninguna: escribir cantidad y unidad",
    )
    cantidad = forms.IntegerField(
        label="Cantidad",
        required=False,
        min_value=1,
        help_text="Vacía: la de la política.",
        error_messages={
            "invalid": "Escribe un número entero.",
            "min_value": "Escribe 1 o más.",
        },
    )
    unidad = forms.ChoiceField(
        label="Unidad", required=False, help_text="Vacía: la de la política."
    )
    sede = CampoSede(
        label="Proyecto",
        queryset=Sede.objects.none(),
        empty_label="Elegir el proyecto",
        help_text="Da los feriados, el horario y la zona horaria.",
        error_messages={"required": "Elige el proyecto: sus feriados y su horario deciden."},
    )
    dia = CampoFecha(
        label="Empieza el día",
        error_messages={
            "required": "Escribe el día en que empieza.",
            "invalid": "Escribe el día completo.",
        },
    )
    hora = CampoHora(
        label="A la hora",
        help_text="La del reloj del proyecto.",
        error_messages={
            "required": "Escribe la hora en que empieza.",
            "invalid": "Escribe la hora, por ejemplo 10:15.",
        },
    )
    feriado = CampoFecha(
        label="Un feriado más",
        required=False,
        help_text="Solo para este cálculo: nada se guarda.",
        error_messages={"invalid": "Escribe el día completo."},
    )

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        politicas = PoliticaPlazo.objects.filter(es_vigente=True)
        self.fields["politica"].queryset = acotar(politicas, usuario).select_related(
            "empresa", "jornada"
        )
        sedes = Sede.objects.filter(es_activa=True).select_related(*DE_LA_SEDE)
        self.fields["sede"].queryset = acotar(sedes, usuario).order_by("empresa__nombre", "nombre")
        self.fields["unidad"].choices = [("", "La de la política"), *UNIDADES]
        for campo in self.fields.values():
            campo.error_messages["invalid_choice"] = "Elige una de la lista."
            campo.widget.attrs["class"] = "entrada"
        for nombre in self.errors if self.is_bound else ():
            self.fields[nombre].widget.attrs["aria-invalid"] = "true"

    def clean(self):
        datos = super().clean()
        politica, sede = datos.get("politica"), datos.get("sede")
        if politica and sede and politica.empresa_id != sede.empresa_id:
            self.add_error("sede", f"Es de otra empresa: elige uno de {politica.empresa}.")
        if politica is None and "politica" not in self.errors:
            if not datos.get("cantidad") and "cantidad" not in self.errors:
                self.add_error("cantidad", "Elige una política o escribe una cantidad.")
            if not datos.get("unidad"):
                self.add_error("unidad", "Elige una política o una unidad.")
        if not self.errors:
            self._calcular(datos)
        return datos

    def _calcular(self, datos) -> None:
        """Leave the answer in `politica` (as it was tried), `calculado` and `horario`."""
        politica, sede = _a_probar(datos), datos["sede"]
        try:
            revisar(politica.cantidad, Unidad(politica.unidad))
        except ValueError as error:
            self.add_error("cantidad", str(error))
            return
        try:
            desde = instante_local(sede, datos["dia"], datos["hora"])
        except ValueError as error:
            self.add_error("dia" if "año" in str(error) else "hora", str(error))
            return
        horario = horario_del_lugar(sede, politica.jornada)
        if datos["feriado"]:
            horario = horario.con_feriados({datos["feriado"]: "Feriado de prueba"})
        try:
            self.calculado = calcular_plazo(politica, sede, desde, horario)
        except ValueError as error:
            self.add_error("cantidad", str(error))
            return
        self.politica, self.horario = politica, horario


def _a_probar(datos) -> PoliticaPlazo:
    """The chosen policy, with the amount or unit that is tried instead; never stored."""
    politica = copy(datos["politica"]) if datos["politica"] else PoliticaPlazo()
    cambia = datos["cantidad"] not in (None, politica.cantidad) or datos["unidad"] not in (
        "",
        politica.unidad,
    )
    politica.cantidad = datos["cantidad"] or politica.cantidad
    politica.unidad = datos["unidad"] or politica.unidad
    if cambia:
        # The second term of the document is written in the policy's own unit.
        politica.limite_cantidad = None
    return politica


@require_safe
def calculadora(request):
    """The form, and under it the answer once a day was given."""
    pedido = "dia" in request.GET
    ahora = momento(request).astimezone(zona_de(request.user))
    inicial = {"dia": ahora.date(), "hora": ahora.time().replace(second=0, microsecond=0)}
    inicial |= {c: request.GET[c] for c in ("politica", "sede") if c in request.GET}
    form = Calculadora(request.GET if pedido else None, initial=inicial, usuario=request.user)
    es_valido = pedido and form.is_valid()
    contexto = {
        **admin.site.each_context(request),
        "title": "Calculadora de plazos",
        "form": form,
        "hay_sedes": form.fields["sede"].queryset.exists(),
        **(_respuesta(form) if es_valido else {}),
    }
    return TemplateResponse(request, "consola/tiempo/calculadora.html", contexto)


def _respuesta(form) -> dict:
    calculado, sede = form.calculado, form.cleaned_data["sede"]

    def palabras(instante):
        return instante and vence_en_palabras(instante, sede.tz, con_anio=True)

    return {
        "porque": explicado(form.politica, calculado),
        "vence": palabras(calculado.vence_en),
        "limite": palabras(calculado.limite_en),
        "avisa": palabras(calculado.avisar_en),
        "sede": sede,
        "jornada": form.politica.jornada or sede.jornada,
        "sin_feriados": anios_sin_feriados(calculado),
    }
