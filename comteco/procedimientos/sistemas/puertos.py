"""What each system is asked for. Each method returns the number that the system gave, or raises
SistemaNoDisponible, or DatosInvalidos where the number has to be typed and was not."""

from typing import Protocol

from comteco.procedimientos.sistemas import Pedido


class Smartflex(Protocol):
    """Commercial and operative management: modules CNCRM and CNCRM_FVE."""

    def consultar(self, pedido: Pedido) -> str: ...

    def registrar(self, pedido: Pedido) -> str: ...


class Pac(Protocol):
    """Sistema de Paquete Accionario: invoices of what is not on the recurring bill."""

    def registrar(self, pedido: Pedido) -> str: ...


class Consultas(Protocol):
    """Detail of the calls of a line."""

    def consultar(self, pedido: Pedido) -> str: ...


class Qgis(Protocol):
    """Geography of the network: whether a service can be given at an address."""

    def registrar(self, pedido: Pedido) -> str: ...
