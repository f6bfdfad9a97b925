"""What the pages of Icalma's owners share: reaching things through the owner."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from postventa.personas.models import Cliente
from tickets.icalma.models import Ticket

PASOS = ("Tus datos", "Código", "Observaciones", "Revisar")


def tickets_de(cliente: Cliente):
    """The owner's tickets, and the only way to one from the portal (TM-09)."""
    return Ticket.objects.filter(empresa_id=cliente.empresa_id, cliente=cliente)


def ticket_o_404(request: HttpRequest, publico: str) -> Ticket:
    """The owner's ticket of that public id; 404 for anybody else's."""
    con = ("empresa", "sede__empresa", "cliente", "responsable", "unidad", "bloqueado_por")
    propios = tickets_de(request.cliente).select_related(*con)
    return get_object_or_404(propios, publico=publico)
