"""One short form per verb and note of a complaint, from its reception to its derivation."""

from django import forms
from django.db.models import Q

from postventa.consola.formularios import CampoFecha, CampoHora, CampoVarios, FormularioDeVerbo
from postventa.personas.documentos import TipoDocumento
from postventa.personas.models import Usuario
from postventa.plazos.models import ABIERTOS
from reclamos import identidad
from reclamos.models import Reclamo
from reclamos.montos import CampoMonto

# How somebody was told, or said it, other than by our mails.
VIAS = (("telefono", "Por teléfono"), ("persona", "En persona"), ("carta", "Por carta"),
        ("correo", "Por correo"))  # fmt: skip


def parrafo(label: str, largo: int, filas: int = 4, **mas) -> forms.CharField:
    """A text as long as the document that it becomes."""
    return forms.CharField(
        label=label, max_length=largo, widget=forms.Textarea({"rows": filas}), **mas
    )


def linea(label: str, largo: int, **mas) -> forms.CharField:
    return forms.CharField(label=label, max_length=largo, **mas)


def por_que_via() -> forms.ChoiceField:
    return forms.ChoiceField(label="Por qué vía", choices=[("", "Elige la vía"), *VIAS])


def equipo_de(reclamo):
    """Who works in the place of a complaint, but for those whom it is about."""
    alli = Q(membresias__sede=None) | Q(membresias__sede=reclamo.sede_id)
    gente = Usuario.objects.filter(alli, membresias__empresa=reclamo.empresa_id, is_active=True)
    ajenos = gente.exclude(pk__in=[u.pk for u in reclamo.aludidos.all()])
    return ajenos.order_by("first_name", "last_name", "username").distinct()


def corriendo(reclamo, codigo):
    """The clock of that code that has not stopped, the last one; None without any."""
    suyos = [p for p in reclamo.plazos.all() if p.codigo == codigo and p.estado in ABIERTOS]
    return max(suyos, key=lambda p: p.ordinal, default=None)


class DeReclamo(FormularioDeVerbo):
    """What the forms of a complaint share: what is done, said in fixed words."""

    pasa = correos = dicho = frena = ""

    def que_pasara(self):
        return self.pasa

    def correo(self):
        if not self.correos or self.caso.contacto.correo:
            return self.correos
        return "No tiene correo: avísale de otro modo."

    def reloj(self):
        return self.frena

    def hecho(self):
        return self.dicho or super().hecho()


# --- reception


class Formalizar(DeReclamo):
    """C-02, C-03: a) to e), and both sides' record of what was said aloud."""

    boton = "Formalizar"
    dicho = "Quedó por escrito, con su formulario."
    equivalencias = {"contacto": "domicilio"}

    motivo = linea("a) Motivo preciso", 300)
    hechos = parrafo("a) Hechos en que se funda", 6000, 5)
    ocurrio_el = CampoFecha(label="b) Fecha de los hechos")
    ocurrio_a_las = CampoHora(label="b) Hora", required=False)
    lugar = linea("c) Lugar", 200)
    distrito = linea("c) Distrito", 80, required=False)
    localidad = linea("c) Localidad", 80, required=False)
    predio = linea("c) Predio o lote", 80, required=False)
    involucrados = linea("d) Personas involucradas", 300, required=False)
    tipo_documento = forms.ChoiceField(
        label="e) Documento del reclamante", choices=identidad.DOCUMENTOS
    )
    numero = linea(
        "e) Número del documento", 20,
        error_messages={"required": "Anota su documento: el formulario lo lleva."},
    )  # fmt: skip
    es_la_misma = forms.BooleanField(label="Es la misma persona de esa ficha", required=False)
    domicilio = linea("e) Domicilio del reclamante", 200, required=False)
    bien = forms.ChoiceField(
        label="Qué contrató", choices=[("", "Elige"), *Reclamo.Bien.choices],
        error_messages={"required": "Elige si es un producto o un servicio."},
    )  # fmt: skip
    servicio = linea("Servicio afectado", 120, required=False)
    tipologia = linea("Tipología", 60, required=False)
    pedido = parrafo("Qué pide", 2000, 3, required=False)
    monto = CampoMonto(
        label="Monto reclamado, en soles", ejemplo="Escribe el monto con números, como 1,500.50."
    )
    apoderado = linea("Padre, madre o apoderado", 120, required=False)
    reclamante = linea(
        "Firma por el reclamante", 120,
        help_text="Lo que se dijo de palabra queda registrado por ambas partes.",
    )  # fmt: skip

    def preparar(self):
        if not self.caso.es_verbal:
            del self.fields["reclamante"]
        else:
            self.fields["reclamante"].initial = self.caso.contacto.nombre
        if not self.caso.es_consumidor:
            # Only a consumer's sheet says it.
            del self.fields["bien"]
        if self.caso.cliente.tipo_documento != TipoDocumento.SIN:
            for nombre in ("tipo_documento", "numero", "es_la_misma"):
                del self.fields[nombre]
        elif not (self.is_bound and identidad.hay_ficha(self.caso, self.data)):
            del self.fields["es_la_misma"]
        for nombre in self.fields:
            if hasattr(self.caso, nombre):
                self.fields[nombre].initial = getattr(self.caso, nombre)

    def que_pasara(self):
        quien = " Firmas tú por la empresa." if self.caso.es_verbal else ""
        return f"El formulario queda fijado y el área legal puede darle su N° de Ingreso.{quien}"


class ResolverEnElActo(Formalizar):
    boton = "Resolver y registrar"
    correos = "El reclamante recibirá la solución acordada."
    frena = "Detiene los plazos de respuesta"
    dicho = "Resuelta en el acto. El área legal le dará su N° de Ingreso."

    solucion = parrafo("Cómo se resolvió", 2000)
    acepta = forms.BooleanField(label="El reclamante acepta la solución")
    field_order = ["solucion", "acepta"]

    def que_pasara(self):
        return "Se registra y se numera igual. Ambas partes dejan constancia."


class Numerar(DeReclamo):
    """002:42: the number itself is the counter's, nobody writes it."""

    boton = "Dar N° de Ingreso"

    acciones_inmediatas = parrafo(
        "Acciones inmediatas", 600, 3, required=False,
        help_text="El reclamante las leerá con su N° de Ingreso.",
    )  # fmt: skip

    def que_pasara(self):
        return "Recibe el número que sigue en el año, sin saltos. No se puede cambiar."

    def correo(self):
        if not self.caso.contacto.correo:
            return "No tiene correo: infórmale de otro modo y anótalo."
        return f"{self.caso.contacto.nombre} recibirá su N° de Ingreso y hasta cuándo se responde."

    def reloj(self):
        corre = self.caso.contacto.correo and corriendo(self.caso, "ingreso")
        return "Detiene el plazo de comunicar el ingreso" if corre else ""

    def hecho(self):
        return "N° de Ingreso asignado."


class InformarIngreso(DeReclamo):
    boton = "Anotar que se informó"
    pasa = "Anótalo después de decírselo: queda con la hora de ahora."
    frena = "Detiene el plazo de comunicar el ingreso"
    dicho = "Quedó anotado que conoce el ingreso."

    medio = por_que_via()


class Aludir(DeReclamo):
    boton = "Anotar y apartar"
    es_peligroso = True
    pasa = "Desde ahora no ven este caso, no intervienen en él ni reciben sus correos."
    dicho = "Quedan apartados del caso."

    aludidos = CampoVarios(
        Usuario.objects.none(), label="De quién trata", widget=forms.CheckboxSelectMultiple
    )

    def preparar(self):
        self.fields["aludidos"].queryset = equipo_de(self.caso).exclude(pk=self.usuario.pk)


# --- admission


class Admitir(DeReclamo):
    """C-08: to whom the matter belongs, always with a copy to Gerencia and legal."""

    boton = "Admitir y derivar"
    pasa = "Recibe un correo con el caso, con copia a Gerencia y al área legal."

    responsable = forms.ModelChoiceField(
        Usuario.objects.none(), label="Responsable", empty_label="Elige a alguien"
    )
    area = linea("Área", 80)

    def preparar(self):
        self.fields["responsable"].queryset = equipo_de(self.caso)
        self.fields["area"].initial = self.caso.area

    def hecho(self):
        return f"Derivado a {self.cleaned_data['responsable']}."


class DerivarAOtro(Admitir):
    boton = "Derivar"

    def preparar(self):
        super().preparar()
        self.fields["responsable"].queryset = equipo_de(self.caso).exclude(
            pk=self.caso.responsable_id
        )

    def que_pasara(self):
        return f"{self.pasa} Los plazos no cambian."
