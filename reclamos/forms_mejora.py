"""One short form per verb and note of the improvement that follows from a complaint."""

from django import forms
from django.db.models import Count, Q

from postventa.calendario.palabras import contar
from postventa.consola.alcances import acotar
from postventa.consola.formularios import CampoFecha, CampoVarios
from postventa.personas.models import Usuario
from reclamos.forms_consola import DeReclamo, equipo_de, linea, parrafo
from reclamos.models import Causa, Mejora, Reclamo


class CampoCausa(forms.ModelChoiceField):
    """The causes that have a name already, with how often each was found."""

    def label_from_instance(self, causa):
        veces = contar(causa.cuantos, "reclamo", "reclamos")
        return f"{causa} ({veces})" if causa.cuantos else str(causa)


class CampoReclamos(CampoVarios):
    def label_from_instance(self, reclamo):
        return f"{reclamo.codigo}: {reclamo.motivo or 'sin motivo anotado'}"


def con_cuenta(causas, usuario):
    """Causes with how many complaints they were found in, of those that this person may see."""
    vistas = Q(mejoras__in=acotar(Mejora.objects.order_by(), usuario).values("pk"))
    solos = Count("mejoras__reclamo", filter=vistas, distinct=True)
    iguales = Count("mejoras__iguales", filter=vistas, distinct=True)
    return causas.annotate(cuantos=solos + iguales)


def iguales() -> CampoReclamos:
    return CampoReclamos(
        Reclamo.objects.none(), label="Reclamos de la misma naturaleza", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class _ConIguales(DeReclamo):
    def preparar(self):
        caso = self.caso
        otros = Reclamo.objects.filter(empresa=caso.empresa_id, tipologia=caso.tipologia)
        otros = otros.exclude(pk=caso.pk).exclude(tipologia="")
        if self.objeto.pk:
            otros = otros.exclude(mejoras_comunes=self.objeto.pk)
        # Newest first, and no more than a person looks through.
        recientes = acotar(otros, self.usuario).order_by("-pk").values_list("pk", flat=True)[:20]
        self.fields["iguales"].queryset = Reclamo.objects.filter(pk__in=list(recientes)).order_by(
            "-pk"
        )
        if not recientes:
            self.fields["iguales"].help_text = (
                f"No hay otros de tipología «{caso.tipologia}»."
                if caso.tipologia
                else "El reclamo no tiene tipología anotada: no se agrupa con otros."
            )


class IdentificarCausa(_ConIguales):
    """C-15. A cause with a name, so that the same one is counted as the same."""

    boton = "Identificar la causa"
    pasa = "Si la misma causa ya se había encontrado, se propone un plan y se avisa a Gerencia."
    dicho = "Causa raíz identificada."

    causa = CampoCausa(Causa.objects.none(), label="Causa raíz", empty_label="Elige una causa")
    analisis = parrafo("Cómo se llegó a esa causa", 4000)
    iguales = iguales()

    def preparar(self):
        super().preparar()
        causas = con_cuenta(Causa.objects.filter(empresa=self.caso.empresa_id), self.usuario)
        self.fields["causa"].queryset = causas.order_by("nombre")
        self.fields["causa"].help_text = "Si no está, el área legal la agrega en «Causas raíz»."


class Agrupar(_ConIguales):
    boton = "Sumar"
    dicho = "Reclamos sumados."

    iguales = iguales()


class DescartarPlan(DeReclamo):
    boton = "No requiere plan"
    dicho = "Quedó anotado por qué no hace falta un plan."

    motivo = parrafo("Por qué no hace falta un plan", 1000, 3)

    def que_pasara(self):
        if not self.objeto.propone_plan:
            return ""
        veces = contar(self.objeto.veces, "reclamo", "reclamos")
        return f"Esta causa se encontró en {veces}: se propone un plan. Justifica bien el descarte."


class AbrirPlan(DeReclamo):
    boton = "Abrir el plan"
    pasa = "Quien responde recibe un correo con el plan. Otra persona verificará si fue eficaz."
    dicho = "Plan abierto."

    plan = parrafo("Acciones correctoras", 4000, 5)
    encargado = forms.ModelChoiceField(
        Usuario.objects.none(), label="Quién responde por el plan", empty_label="Elige a alguien"
    )
    plan_hasta_el = CampoFecha(label="Hasta cuándo")

    def preparar(self):
        self.fields["encargado"].queryset = equipo_de(self.caso)


class IniciarAcciones(DeReclamo):
    boton = "Iniciar las acciones"
    dicho = "Acciones en curso."


class Verificar(DeReclamo):
    boton = "Fue eficaz"
    pasa = "La verifica alguien distinto de quien responde por el plan."
    dicho = "Eficacia verificada. Falta publicar la lección."

    verificacion = parrafo("Cómo se verificó", 2000, 3)
    eficaz = forms.BooleanField(label="Las acciones fueron eficaces")


class RegistrarIneficacia(DeReclamo):
    boton = "Anotar que no fue eficaz"
    pasa = "El plan sigue abierto, con otra fecha."
    dicho = "Anotado: las acciones siguen en curso."

    verificacion = parrafo("Cómo se verificó", 2000, 3)
    plan_hasta_el = CampoFecha(label="Nueva fecha del plan")


class PublicarLeccion(DeReclamo):
    """C-22."""

    boton = "Publicar la lección"
    pasa = "La recibe por correo todo el personal, salvo a quien el reclamo alude. No se edita."
    dicho = "Lección publicada."

    leccion = parrafo("Lección aprendida", 4000)
    extendida_a = linea("Proyectos, servicios o áreas a los que se extiende", 300)
