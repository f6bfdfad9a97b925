"""What a) to e) still lack on a complaint, and on the sheet that a consumer gets (10.3)."""

from postventa.calendario.horario import ANIO_MINIMO
from postventa.personas.documentos import TipoDocumento
from postventa.tramitacion.errores import visible


def faltan(reclamo) -> dict[str, str]:
    """Field to what to do (C-03). Of b) and c) the document asks some "de ser posible", and all of
    d); the identity of e) it asks always."""
    contacto = reclamo.contacto
    tiene_contacto = contacto.telefono or contacto.correo or visible(reclamo.domicilio)
    es_identificado = reclamo.cliente.tipo_documento != TipoDocumento.SIN
    pedidos = (
        ("motivo", visible(reclamo.motivo), "Escribe el motivo preciso."),
        ("hechos", visible(reclamo.hechos), "Escribe los hechos en que se funda."),
        ("ocurrio_el", reclamo.ocurrio_el, "Anota la fecha en que ocurrió."),
        ("lugar", visible(reclamo.lugar), "Anota el lugar donde ocurrió."),
        ("numero", es_identificado, "Anota su documento: el formulario lo lleva."),
        ("contacto", tiene_contacto, "Anota un teléfono, un correo o un domicilio."),
        # Whoever is a consumer gets a numbered sheet, which says it.
        (
            "bien",
            reclamo.bien or not reclamo.es_consumidor,
            "Elige si es un producto o un servicio.",
        ),
    )
    return {campo: mensaje for campo, valor, mensaje in pedidos if not valor}


def fecha_imposible(reclamo, hoy) -> dict[str, str]:
    """A day that has not come, or of no year that anybody means."""
    if reclamo.ocurrio_el and reclamo.ocurrio_el > hoy:
        return {"ocurrio_el": "Esa fecha todavía no llega."}
    if reclamo.ocurrio_el and reclamo.ocurrio_el.year < ANIO_MINIMO:
        return {"ocurrio_el": f"Revisa el año: va desde {ANIO_MINIMO}."}
    return {}
