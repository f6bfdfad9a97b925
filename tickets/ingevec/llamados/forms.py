"""What an owner answers of each requerimiento, and the hour of what follows."""

from django import forms

from postventa.consola.formularios import hablar
from tickets.ingevec import cupos
from tickets.ingevec.a_mano import A_MANO, HoraAMano, quien_de
from tickets.ingevec.actos import CONFORME, INSPECCION, TRABAJOS
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import con_estado
from tickets.ingevec.models import Excepcion

RESULTADOS = (
    (CONFORME, "Conforme"),
    (TRABAJOS, "Nuevos trabajos"),
    (INSPECCION, "Nueva inspección"),
)


class FormLlamado(HoraAMano):
    """One answer per executed requerimiento; the hours count only for what is not right."""

    cupo_inspeccion = forms.CharField(max_length=120, required=False)
    cupo_trabajos = forms.CharField(max_length=120, required=False)
    motivo_excepcion = forms.CharField(max_length=300, required=False)
    acuerdo = forms.BooleanField(required=False)

    def __init__(self, *args, solicitud, pauta, ahora, **kwargs):
        super().__init__(*args, **kwargs)
        # The five days of a new inspection count from this call (G-T10).
        self.caso, self.pauta, self.llamada_en = solicitud, pauta, ahora
        self.ofrecer_equipo(cupos.TRABAJO)
        for nombre, rotulo in zip(A_MANO, ("Día", "Desde", "Quién va"), strict=True):
            self.fields[nombre].label = rotulo
            hablar(self.fields[nombre])
            self.fields[nombre].widget.attrs["class"] = "entrada"
        self.ejecutados = con_estado(solicitud, R.EJECUTADO)
        for r in self.ejecutados:
            self.fields[f"resultado_{r.pk}"] = forms.ChoiceField(
                choices=RESULTADOS, required=False,
            )  # fmt: skip
            self.fields[f"motivo_{r.pk}"] = forms.CharField(max_length=1000, required=False)

    def clean(self):
        datos = super().clean()
        for r in self.ejecutados:
            resultado = datos.get(f"resultado_{r.pk}")
            if not resultado:
                self.add_error(f"resultado_{r.pk}", f"Anota qué dijo de «{r}».")
            elif resultado != CONFORME and not datos.get(f"motivo_{r.pk}", "").strip():
                self.add_error(f"motivo_{r.pk}", f"Anota qué no quedó bien en «{r}».")
        self.eleccion = None
        if not self.errors and self.verbo != "registrar_conformidad":
            self._exigir_hora(datos)
        return datos

    def _exigir_hora(self, datos) -> None:
        tipo = cupos.INSPECCION if self.verbo == "volver_a_inspeccion" else cupos.TRABAJO
        eleccion = self.eleccion = self.eleccion_de(self.campo_de_hora, tipo)
        if eleccion is None:
            if not self.errors:
                self.add_error(self.campo_de_hora, "Elige la hora con el propietario en la línea.")
            return
        if tipo == cupos.TRABAJO or not eleccion.excepcion:
            return
        if not datos.get("motivo_excepcion", "").strip():
            self.add_error("motivo_excepcion", "Explica por qué no sirve el día del proyecto.")
        if eleccion.excepcion == Excepcion.FUERA_DE_PLAZO and not datos.get("acuerdo"):
            self.add_error("acuerdo", "Confirma que el propietario está de acuerdo.")

    @property
    def verbo(self) -> str:
        """Where the answers lead: one that must be looked at again leads them all there."""
        dichos = {self.cleaned_data.get(f"resultado_{r.pk}") for r in self.ejecutados}
        if INSPECCION in dichos:
            return "volver_a_inspeccion"
        return "volver_a_trabajos" if TRABAJOS in dichos else "registrar_conformidad"

    @property
    def campo_de_hora(self) -> str:
        return "cupo_inspeccion" if self.verbo == "volver_a_inspeccion" else "cupo_trabajos"

    def datos(self) -> dict:
        """What the door receives for `verbo`."""
        dichos = self.cleaned_data
        resultados = {
            str(r.pk): {
                "resultado": dichos[f"resultado_{r.pk}"],
                "motivo": dichos[f"motivo_{r.pk}"],
            }
            for r in self.ejecutados
        }
        if self.verbo == "registrar_conformidad":
            return {"resultados": resultados}
        eleccion = self.eleccion
        hora = {
            "resultados": resultados,
            "inicia_en": eleccion.inicia_en,
            "persona": quien_de(eleccion),
        }
        if self.verbo == "volver_a_inspeccion":
            hora |= {
                "excepcion": eleccion.excepcion,
                "motivo_excepcion": dichos["motivo_excepcion"],
                "acuerdo": dichos["acuerdo"] and eleccion.excepcion == Excepcion.FUERA_DE_PLAZO,
            }
        return hora
