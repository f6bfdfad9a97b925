"""Forms of the steps of procedures D to J."""

from django import forms

from comteco.procedimientos.forms_consola import (
    Cobrar,
    DePaso,
    Digitar,
    Entrar,
    Firmar,
    bolivianos,
    elegir,
    linea,
    marca,
    numero,
    si_no,
)
from comteco.procedimientos.llamadas import pasados
from comteco.procedimientos.opciones import ComoPaga, Concepto, EstadoDano, ReclamoPrevio
from comteco.procedimientos.suspensiones import maximo, previas
from comteco.procedimientos.tarifas import tarifa
from postventa.calendario.habiles import sumar_meses
from postventa.calendario.palabras import MESES, dia_en_palabras
from postventa.consola.formularios import CampoFecha
from postventa.consola.formularios import texto as parrafo

# How many months of calls the form offers, this one among them.
OFRECIDOS = 12


def _hoy(formulario):
    return formulario.ahora.astimezone(formulario.caso.sede.tz).date()


# --- D) Suspensión y reconexión


class CualTramite(DePaso):
    def que_pasara(self):
        return f"El cliente pide la {self.caso.get_pide_display().lower()}."


class PrimeraVez(DePaso):
    """Counted, never typed."""

    def que_pasara(self):
        anio = _hoy(self).year
        suyas = previas(self.caso, anio)
        if not suyas:
            return f"El producto {self.caso.producto} no tiene otra suspensión en {anio}: continúa."
        folios = ", ".join(t.folio for t in suyas)
        return f"Ya tuvo una suspensión en {anio} ({folios}): no es la primera vez."


class NoProcede(DePaso):
    boton = "Concluir"
    es_peligroso = True
    informado = marca("Informé que no se puede realizar dos suspensiones en un año")
    pasa = "El procedimiento concluye sin suspensión. La jefatura de división puede autorizarla."


class Autorizar(DePaso):
    boton = "Autorizar"
    motivo = parrafo("Por qué se autoriza")
    pasa = "El documento no admite dos suspensiones en un año: queda anotado que la autorizas tú."


class MesEnCurso(DePaso):
    paga_ahora = si_no("¿El cliente desea cancelar el importe del mes en curso?")


class Deposito(DePaso):
    boton = "Direccionar a caja"
    importe = bolivianos("Importe a la fecha de solicitud, en Bs")
    referencia = numero("Número del Depósito en Garantía")
    pasa = "Direcciona a caja, informando que retorne."


class CobrarDeposito(Cobrar):
    concepto = Concepto.DEPOSITO


class Suspender(DePaso):
    boton = "Suspensión digitada"
    desde_el = CampoFecha(label="Fecha de inicio (corte)")
    hasta_el = CampoFecha(label="Fecha de fin (reconexión)")
    referencia = numero("Número de solicitud")

    def que_pasara(self):
        return f"Informa tiempo máximo de suspensión: {maximo(self.caso)} meses."


class FirmarSuspension(Firmar):
    avisa = "El cliente recibirá las fechas de su suspensión."

    def que_pasara(self):
        fecha = dia_en_palabras(self.caso.hasta_el, con_anio=True)
        return (
            f"Informa que se habilitará el servicio automáticamente el {fecha}. "
            "Imprime la solicitud desde «Documentos»: original para archivo, copia para cliente."
        )


class Reconectar(DePaso):
    boton = "Digitado y firmado"
    avisa = "El cliente recibirá la nueva fecha de reconexión."
    hasta_el = CampoFecha(label="Nueva fecha de reconexión")
    referencia = numero("Número de solicitud")
    firmado_por = linea("Quién firma", 120)

    def preparar(self):
        self.fields["firmado_por"].initial = self.caso.solicitante

    def que_pasara(self):
        suya = self.caso.suspension
        if suya is None:
            de_que = "El portal no tiene una suspensión vigente de este producto. "
        else:
            tope = dia_en_palabras(sumar_meses(suya.desde_el, maximo(self.caso)), con_anio=True)
            de_que = f"Suspendido por el trámite {suya.folio}, como máximo hasta el {tope}. "
        return de_que + (
            "Informa: internet y línea se habilitan automáticamente; TV cable, en el lapso de "
            "24 horas."
        )


# --- E) Daño técnico


class Problema(DePaso):
    pedido = parrafo("Servicio con problema y qué le pasa")


class EstadoDelDano(DePaso):
    estado_dano = elegir("Estado del daño a producto", EstadoDano.choices)


class RegistrarDano(DePaso):
    boton = "Registrar y derivar"
    direccion = linea("Dirección revisada", 200)
    telefono = linea("Teléfono de referencia", 40)
    informa_tiempo = marca("Comuniqué el tiempo de solución de 24 a 48 horas")
    referencia = numero("Número de la solicitud de daño")
    frena = "Empieza el plazo de reparación"
    pasa = "Continúa con el procedimiento «Atención de Daños Técnicos»."

    def preparar(self):
        self.fields["telefono"].initial = self.caso.cliente.telefono


class SeguirOrden(Digitar):
    boton = "Continuar"
    referencia = numero("Número de la orden de trabajo")


class CoordinarVisita(DePaso):
    boton = "Concluir"
    coordinado = marca("Coordiné la visita con el técnico, a la brevedad posible")
    informado = marca("Informé que pasarán por su domicilio a la brevedad posible")


class Reiterar(Digitar):
    referencia = numero("Número de la nueva solicitud de daño")
    frena = "Empieza el plazo de reparación"


class Priorizar(DePaso):
    boton = "Concluir"
    avisado = marca("Envié el mensaje a Supervisión para atención inmediata")
    es_nplay = si_no("¿Es Nplay?")
    referencia = numero(
        "Número del Servicio de Ingeniería", required=False, help_text="Solo si es Nplay."
    )


# --- F) Reclamos


class Recabar(DePaso):
    pedido = parrafo("Servicio y qué reclama")


class Existente(DePaso):
    reclamo_previo = elegir("Daños o reclamos del servicio", ReclamoPrevio.choices)


class Resolucion(DePaso):
    resolucion = parrafo("Resolución de BOI que informaste")
    esta_satisfecho = si_no("¿El cliente está satisfecho?")
    pasa = "Si no lo está, se deriva a la oficina de BOI."


class SinResolucion(DePaso):
    boton = "Concluir"
    informado = marca("Informé que le van a llamar por teléfono con el resultado")


class DigitarReclamo(DePaso):
    boton = "Digitar y concluir"
    referencia = numero("Número del reclamo", help_text="Dáselo al cliente.")
    informado = marca("Informé que le devolverán la llamada cuando verifiquen si corresponde "
                      "alguna compensación")  # fmt: skip
    numero_odeco = linea("Número del formulario ODECO", required=False)
    field_order = ("referencia", "numero_odeco", "informado")
    frena = "Empieza el plazo legal"
    avisa = "El cliente recibirá el número de su reclamo."


class ResponderReclamo(DePaso):
    """The written answer; the right to go to the ATT goes with it."""

    boton = "Responder"
    respuesta = parrafo("Respuesta que recibe el cliente", 6)
    numero_odeco = linea("Número del formulario ODECO", required=False)
    pasa = (
        "Imprímela desde «Documentos». Lleva el derecho a reclamar ante la ATT en 15 días hábiles."
    )
    frena = "Detiene el plazo legal"
    avisa = "El cliente la recibirá tal cual, con su derecho a acudir a la ATT."

    def preparar(self):
        self.fields["numero_odeco"].initial = self.caso.numero_odeco

    def hecho(self):
        if self.caso.cliente.correo:
            return "Reclamo respondido por escrito."
        return "Reclamo respondido. El cliente no tiene correo: entrégale su copia impresa."


class DerivarABoi(DePaso):
    boton = "Derivar a BOI"
    pasa = "Continúa con el procedimiento reclamos de facturación (código FIN-FAC-P03)."


# --- G) Detalle de llamadas


class MesesPedidos(DePaso):
    meses = forms.MultipleChoiceField(
        label="Meses que solicita", widget=forms.CheckboxSelectMultiple,
        help_text="El mes en curso no tiene costo.",
    )  # fmt: skip

    def preparar(self):
        hoy = _hoy(self)
        total = hoy.year * 12 + hoy.month - 1
        self.fields["meses"].choices = [
            (f"{n // 12}-{n % 12 + 1:02d}", f"{MESES[n % 12].capitalize()} de {n // 12}")
            for n in range(total, total - OFRECIDOS, -1)
        ]


class Costo(DePaso):
    como_paga = elegir("Cómo cancela", ComoPaga.choices[:2])

    def preparar(self):
        self.cuantos = len(pasados(self.caso, self))
        if not self.cuantos:
            del self.fields["como_paga"]

    def que_pasara(self):
        if not self.cuantos:
            return "Solo pide el mes en curso: no tiene costo."
        fila = tarifa(self.caso, Concepto.DETALLE, _hoy(self))
        if fila is None:
            return "Falta la tarifa del detalle de llamadas: pídela a Administración."
        meses = "mes pasado" if self.cuantos == 1 else "meses pasados"
        return f"{self.cuantos} {meses}, a {fila.en_palabras} por mes."


class Factura(Digitar):
    referencia = numero("Número de la factura, en el PAC")


class CobrarDetalle(Cobrar):
    concepto = Concepto.DETALLE
    firmado_por = linea("Firma el comprobante", 120)

    def preparar(self):
        self.fields["firmado_por"].initial = self.caso.solicitante

    def que_pasara(self):
        return f"{super().que_pasara()} Infórmale que debe retornar por el detalle de llamadas."


class Imprimir(DePaso):
    impreso = marca("Imprimí el detalle de los meses solicitados")


class Recurrente(Firmar):
    boton = "Enviar a la recurrente"

    def que_pasara(self):
        return f"{self.caso.importe_en_palabras}, en la factura de la línea telefónica."


class EntregarDetalle(DePaso):
    boton = "Entregado"
    entregado = marca("Entregué el detalle de llamadas salientes al titular")


class Consultar(Entrar):
    pass


class Remitir(DePaso):
    boton = "Remitir"
    pasa = "Continúa con el procedimiento «Trámites Legales», código GC-PRC-OPE-SDO-01."
