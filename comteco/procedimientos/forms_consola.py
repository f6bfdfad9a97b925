"""One short form per step: what all share, and procedures A, B and C."""

import re

from django import forms

from comteco.procedimientos.opciones import CambioDePlan, Concepto, Via
from comteco.procedimientos.pasos import PASOS
from comteco.procedimientos.requisitos import aplicables
from comteco.procedimientos.tarifas import tarifa
from postventa.consola.formularios import FormularioDeVerbo
from postventa.consola.formularios import texto as parrafo

SI_NO = (("si", "Sí"), ("no", "No"))


def linea(label: str, largo: int = 40, **mas) -> forms.CharField:
    return forms.CharField(label=label, max_length=largo, **mas)


def numero(label: str, **mas) -> forms.CharField:
    """What one of the company's systems answers with."""
    return linea(label, 40, help_text=mas.pop("help_text", "El que dio el sistema."), **mas)


def marca(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label)


def si_no(label: str, **mas) -> forms.TypedChoiceField:
    """Yes or no, and neither from the start."""
    return forms.TypedChoiceField(
        label=label, choices=SI_NO, coerce=lambda valor: valor == "si", widget=forms.RadioSelect,
        empty_value=None, **mas,
    )  # fmt: skip


def elegir(label: str, opciones, **mas) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=opciones, widget=forms.RadioSelect, **mas)


class CampoBolivianos(forms.DecimalField):
    """As people write it here, `1.046,28` or `Bs 146,28`, and given back as they wrote it."""

    CON_MILES = re.compile(r"\d{1,3}(\.\d{3})+,\d{1,2}")
    SIMPLE = re.compile(r"\d+([.,]\d{1,2})?")

    def to_python(self, value):
        escrito = re.sub(r"^Bs\.?\s*", "", str(value or "").strip(), flags=re.IGNORECASE)
        if self.CON_MILES.fullmatch(escrito):
            escrito = escrito.replace(".", "")
        elif escrito and not self.SIMPLE.fullmatch(escrito):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(escrito.replace(",", "."))


def bolivianos(label: str, **mas) -> CampoBolivianos:
    return CampoBolivianos(
        label=label, max_digits=10, decimal_places=2, localize=False,
        error_messages={
            "invalid": "Escribe el importe con números, como 146,28.",
            "max_digits": "Revisa el importe: es demasiado grande.",
            "max_whole_digits": "Revisa el importe: es demasiado grande.",
        }, widget=forms.TextInput({"inputmode": "decimal"}), **mas,
    )  # fmt: skip


class DePaso(FormularioDeVerbo):
    """What the forms of a step share. `pasa` says what follows, `dicho` what was done."""

    boton = "Continuar"
    pasa = dicho = frena = avisa = ""

    def correo(self):
        if self.avisa and not self.caso.cliente.correo:
            return "El cliente no tiene correo: díselo y entrégale su copia."
        return self.avisa

    def que_pasara(self):
        return self.pasa

    def reloj(self):
        return self.frena

    def hecho(self):
        return self.dicho or f"Hecho: {self.caso.get_estado_display()}."

    @property
    def subpasos(self):
        """What the document says of this step."""
        de_su_letra = PASOS[self.caso.procedimiento]
        suyo = self.caso.estado.partition(".")[0]
        return next((p.subpasos for p in de_su_letra if p.codigo == suyo), ())


class Requisitos(DePaso):
    """The checklist of the annex for who asks."""

    cumplidos = forms.ModelMultipleChoiceField(
        label="Requisitos presentados", queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    cumple = si_no("¿Cumple los requisitos?")

    def preparar(self):
        dia = self.ahora.astimezone(self.caso.sede.tz).date()
        campo = self.fields["cumplidos"]
        campo.queryset = aplicables(self.caso, dia)
        campo.help_text = " · ".join(
            filter(None, (self._anexo(campo.queryset), self.caso.get_persona_display(),
                          "Tramita un tercero" if self.caso.es_tercero else ""))
        )  # fmt: skip

    @staticmethod
    def _anexo(filas):
        primera = filas[0] if filas else None
        return f"Anexo {primera.anexo}" if primera and primera.anexo else ""

    def que_pasara(self):
        return (
            "Si cumple requisitos, continúa con paso siguiente. Caso contrario, concluye el "
            "procedimiento, y queda anotado lo que faltó."
        )

    def hecho(self):
        if self.cleaned_data["cumple"]:
            return "Cumple los requisitos: continúa."
        faltan = [str(f) for f in self.fields["cumplidos"].queryset
                  if f not in self.cleaned_data["cumplidos"]]  # fmt: skip
        return f"Concluyó: no cumple requisitos. Dile al cliente qué falta: {'; '.join(faltan)}."


class Confirmar(DePaso):
    confirma = marca("El cliente confirma el resumen de pedido")


class Firmar(DePaso):
    """Original for the archive, copy for the customer."""

    boton = "Firmado y entregado"
    firmado_por = linea("Quién firma", 120)

    def preparar(self):
        self.fields["firmado_por"].initial = self.caso.solicitante

    def que_pasara(self):
        return "Imprímela desde «Documentos»: original para archivo, copia para cliente."


class Cobrar(DePaso):
    """The till sees what to collect, and from whom."""

    boton = "Cobrado"
    concepto = Concepto.SUPLEMENTARIOS
    comprobante = linea("Número de comprobante", 40)

    def que_pasara(self):
        return (
            f"{self.concepto.label}: cobra {self.caso.importe_en_palabras} a "
            f"{self.caso.solicitante}, que después vuelve con su asesor."
        )

    def hecho(self):
        return f"Cobrado: {self.caso.importe_en_palabras}. El cliente vuelve con su asesor."


class Entrar(DePaso):
    """The step looks at a system; if it shows a number, it is kept."""

    boton = "Ya estoy en el sistema"
    referencia = numero("Número de referencia", required=False)


class Digitar(DePaso):
    boton = "Digitado"
    referencia = numero("Número de solicitud")


# --- A) Servicios suplementarios


class Componentes(Entrar):
    boton = "Continuar"
    pedido = parrafo("Componentes que se marcan o desmarcan")
    field_order = ("pedido", "referencia")


class Pago(DePaso):
    """A4: cash, or on the recurring bill."""

    paga_ahora = si_no("¿El cliente va a cancelar ahora?")
    importe = bolivianos("Importe por cobrar en caja, en Bs", required=False)

    def que_pasara(self):
        return "En caso de factura recurrente, mantén destickeado el flag «genera factura»."


class ConfirmarYDerivar(Confirmar):
    boton = "Derivar a caja"

    def que_pasara(self):
        return f"Revisa con cliente el pedido. En caja cancela {self.caso.importe_en_palabras}."


# --- B) Cambio de plan


class Plan(DePaso):
    cambio = elegir("Qué cambia", CambioDePlan.choices)
    pedido = parrafo("Plan nuevo, componentes que se marcan y que se desmarcan")
    importe = bolivianos("Costo del nuevo plan, en Bs")
    informa_costo = marca("Informé al cliente el costo del nuevo plan")
    referencia = numero("Número de solicitud")
    pasa = "La factura será prorrateada según el cambio de plan."


# --- C) Traslado


class Factibilidad(DePaso):
    direccion = linea("Nueva dirección", 200)
    barrio = linea("Barrio", 80)
    es_factible = si_no("¿Existe factibilidad técnica?")
    referencia = numero("Consulta en QGIS")
    pasa = "Sin factibilidad, concluye el procedimiento."


class Tecnologia(DePaso):
    cambia_tecnologia = si_no("¿Es con cambio de tecnología?")


class BajaYAlta(DePaso):
    baja = numero("4.1. Número de la baja")
    informa_equipos = marca("Informé que devuelva los equipos al técnico, en el nuevo domicilio")
    alta = numero("4.2. Número del alta, con el ajuste pedido a Unidad Facturación")


class NuevoProducto(DePaso):
    referencia = numero("Número del nuevo producto, a la recurrente")
    reclamo = numero("5.1. Número del reclamo para el ajuste del importe")


class ConfirmarTraslado(Confirmar):
    def que_pasara(self):
        dia = self.ahora.astimezone(self.caso.sede.tz).date()
        fila = tarifa(self.caso, Concepto.TRASLADO, dia)
        if fila is None:
            return "Falta la tarifa de traslado de este servicio: pídela a Administración."
        return f"Derecho de traslado: {fila.en_palabras}, en su {Via.RECURRENTE.label.lower()}."


class FirmarTraslado(Firmar):
    frena = "Empieza el plazo de traslado"


class Entregar(DePaso):
    boton = "Entregado"
    avisa = "El cliente recibirá el tiempo y el costo del traslado."
    informa_tiempo = marca(
        "Informé el tiempo de traslado de 1 a 10 días y el costo en la factura del mes en curso"
    )


class Anular(DePaso):
    boton = "Anular"
    es_peligroso = True
    motivo = parrafo("Motivo")
    pasa = "El trámite termina aquí y no se reabre."


class Nota(DePaso):
    """What is known later: it stops the clock that runs on."""

    boton = "Registrar"
    nota = parrafo("Cómo terminó")
    frena = "Detiene su plazo"

    def hecho(self):
        return "Registrado: su plazo se detuvo."
