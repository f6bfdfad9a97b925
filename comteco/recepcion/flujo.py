"""Law of the hall: the steps of who is received (COM-DSC-P01, II) and the number they wait with.

The position in the document's graph is the state. READ X-12: who wants a procedure goes on to
activity 5, and from there to 6.
"""

from django.db import models
from django_fsm import FSMField, transition


class EstadoAtencion(models.TextChoices):
    NUEVA = "", "Por recibir"
    P1 = "P1", "1. Bienvenida"
    P2 = "P2", "2. Información general"
    P3 = "P3", "3. Ubicar a alguien"
    P4 = "P4", "4. Seguridad Física"
    P5 = "P5", "5. Tipo de trámite"
    P6 = "P6", "6. Requisitos y estado de cuentas"
    P7 = "P7", "7. Requisitos pendientes"
    P8 = "P8", "8. Ficha de atención"
    END_INFO = "END_INFO", "Informado"
    END_VISITA = "END_VISITA", "Visita con credencial"
    END_PENDIENTE = "END_PENDIENTE", "Debe volver con lo que falta"
    END_FICHA = "END_FICHA", "A la sala de espera"


class EstadoFicha(models.TextChoices):
    NUEVA = "", "Por emitir"
    EMITIDA = "EMITIDA", "En espera"
    LLAMADA = "LLAMADA", "Llamada"
    EN_ATENCION = "EN_ATENCION", "En atención"
    ATENDIDA = "ATENDIDA", "Atendida"
    AUSENTE = "AUSENTE", "Ausente"
    DERIVADA = "DERIVADA", "Derivada"


P = EstadoAtencion
F = EstadoFicha

TERMINALES = (P.END_INFO, P.END_VISITA, P.END_PENDIENTE, P.END_FICHA)
# In somebody's hands: a desk has one at a time.
EN_MANO = (F.LLAMADA, F.EN_ATENCION)


def tiene_lugar(atencion):
    return bool(atencion.lugar)


def tiene_credencial(atencion):
    """Activity 4: the identity document is asked for before a visitor's credential is given."""
    return atencion.pidio_documento and bool(atencion.credencial)


def tiene_destino(atencion):
    return atencion.destino_id is not None


def consta_la_verificacion(atencion):
    """Activity 6 was done in Smartflex, and its reference says so."""
    return bool(atencion.referencia)


def cumple(atencion):
    return atencion.cumple_requisitos and not atencion.tiene_deuda


def no_cumple(atencion):
    return not cumple(atencion)


def dice_lo_pendiente(atencion):
    return bool(atencion.pendientes)


class FlujoAtencion(models.Model):
    estado = FSMField("estado", default=P.NUEVA, choices=P.choices, protected=True)

    class Meta:
        abstract = True

    @transition(estado, P.NUEVA, P.P1)
    def acoger(self, **datos):
        pass

    @transition(estado, P.P1, P.P2)
    def pedir_informacion(self, **datos):
        pass

    @transition(estado, P.P1, P.P3)
    def pedir_ubicacion(self, **datos):
        pass

    @transition(estado, P.P1, P.P5)
    def pedir_tramite(self, **datos):
        pass

    @transition(estado, P.P2, P.END_INFO)
    def informar(self, **datos):
        pass

    @transition(estado, P.P3, P.P4, conditions=[tiene_lugar])
    def ubicar(self, **datos):
        pass

    @transition(estado, P.P4, P.END_VISITA, conditions=[tiene_credencial])
    def acreditar(self, ahora, **datos):
        self.credencial_dada_en = ahora

    @transition(estado, P.P5, P.P6, conditions=[tiene_destino])
    def direccionar(self, **datos):
        pass

    @transition(estado, P.P6, P.P8, conditions=[consta_la_verificacion, cumple])
    def habilitar(self, ahora, **datos):
        self.verificada_en = ahora

    @transition(estado, P.P6, P.P7, conditions=[consta_la_verificacion, no_cumple])
    def observar(self, ahora, **datos):
        self.verificada_en = ahora

    @transition(estado, P.P7, P.END_PENDIENTE, conditions=[dice_lo_pendiente])
    def comunicar_pendientes(self, **datos):
        pass

    @transition(estado, P.P8, P.END_FICHA, conditions=[tiene_destino])
    def entregar_ficha(self, **datos):
        pass


def llamada_bastante(ficha):
    """Absent is who did not come after being called as often as the hall asks; or whose day is
    over, when no panel calls them any more."""
    return ficha.es_de_otro_dia or ficha.llamadas >= ficha.sede.sala_de_espera.llamadas_para_ausente


def va_a_otra_parte(ficha):
    return ficha.deriva_a_id is not None and ficha.deriva_a_id != ficha.unidad_id


class FlujoFicha(models.Model):
    # The number was of a day that is over; who looks at it says so, for a record knows no hour.
    es_de_otro_dia = False

    estado = FSMField("estado", default=F.NUEVA, choices=F.choices, protected=True)

    class Meta:
        abstract = True

    @transition(estado, F.NUEVA, F.EMITIDA)
    def emitir(self, ahora, **datos):
        self.emitida_en = ahora

    @transition(estado, F.EMITIDA, F.LLAMADA)
    def llamar(self, ahora, **datos):
        self.llamada_en, self.llamadas = ahora, 1

    @transition(estado, F.LLAMADA, F.LLAMADA)
    def volver_a_llamar(self, ahora, **datos):
        self.llamada_en, self.llamadas = ahora, self.llamadas + 1

    @transition(estado, F.LLAMADA, F.EN_ATENCION)
    def atender(self, ahora, **datos):
        self.atendida_desde = ahora

    @transition(estado, F.LLAMADA, F.AUSENTE, conditions=[llamada_bastante])
    def ausentar(self, ahora, **datos):
        self.terminada_en = ahora

    @transition(estado, F.EN_ATENCION, F.ATENDIDA)
    def terminar(self, ahora, **datos):
        self.terminada_en = ahora

    @transition(estado, F.EN_ATENCION, F.DERIVADA, conditions=[va_a_otra_parte])
    def derivar(self, ahora, **datos):
        self.terminada_en = ahora
