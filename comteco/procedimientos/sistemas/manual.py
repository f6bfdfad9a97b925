"""The operator as adapter: what they read in the other system is what the portal keeps."""

from comteco.procedimientos.sistemas import Pedido
from postventa.tramitacion.errores import DatosInvalidos

LARGO = 40


class _Manual:
    def consultar(self, pedido: Pedido) -> str:
        return pedido.dicho.strip()[:LARGO]

    def registrar(self, pedido: Pedido) -> str:
        numero = pedido.dicho.strip()
        if not numero:
            raise DatosInvalidos(
                {pedido.campo: f"Anota el número que dio el sistema: {pedido.que}."}
            )
        if len(numero) > LARGO:
            raise DatosInvalidos({pedido.campo: f"Escribe hasta {LARGO} letras."})
        return numero


class SmartflexManual(_Manual):
    pass


class PacManual(_Manual):
    pass


class ConsultasManual(_Manual):
    pass


class QgisManual(_Manual):
    pass
