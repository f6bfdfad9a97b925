"""The act of conformity: exactly what the owner reads and signs."""

from tickets.icalma.flujo import EstadoObservacion as O

DECLARACION = (
    "Declaro que recibí conforme los trabajos de esta lista. "
    "Firmar no renuncia a mi garantía legal."
)


def contenido_del_acta(ticket) -> dict:
    """Return the act as plain JSON values: same ticket, same text, same hash."""
    visita = ticket.ultima_visita()
    return {
        "documento": "Acta de conformidad",
        "folio": ticket.folio,
        "proyecto": ticket.sede.nombre,
        "unidad": ticket.unidad.nombre,
        "propietario": {"nombre": ticket.cliente.nombre, "rut": ticket.cliente.documento},
        "trabajos": [
            {
                "numero": o.numero,
                "observacion": str(o),
                "descripcion": o.descripcion,
                "trabajo": o.trabajo,
            }
            for o in ticket.observaciones.all()
            if o.estado == O.EJECUTADA
        ],
        "maestros": visita.maestros if visita else "",
        "terminado_en": ticket.terminado_en.isoformat() if ticket.terminado_en else "",
        "declaracion": DECLARACION,
    }
