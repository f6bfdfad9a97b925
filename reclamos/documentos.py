"""What CAPERA fixes as documents: the form (annex 1) and the formal answer."""

from postventa.calendario.palabras import dia_en_palabras, fecha_en_palabras
from reclamos.models import Canal


def _cabeza(reclamo, documento: str) -> dict:
    return {
        "documento": documento,
        "empresa": reclamo.empresa.razon_social or reclamo.empresa.nombre,
        "codigo": reclamo.codigo,
        "ingreso": reclamo.numero_ingreso,
        "reclamante": reclamo.cliente.nombre,
        "identidad": f"{reclamo.cliente.get_tipo_documento_display()} {reclamo.cliente.documento}",
    }


def formulario(reclamo) -> dict:
    """Anexo N° 1, built of a) to e), the register (4.2) and the sheet's fields (10.3)."""
    tz = reclamo.sede.tz
    hora = f", {reclamo.ocurrio_a_las:%H:%M}" if reclamo.ocurrio_a_las else ""
    especifico = (reclamo.distrito, reclamo.localidad, reclamo.predio)
    return {
        **_cabeza(reclamo, "Formulario de quejas y/o reclamos"),
        "tipo": reclamo.get_clase_display(),
        "hoja": reclamo.hoja_numero,
        "canal": Canal(reclamo.canal).label,
        "recibida": fecha_en_palabras(reclamo.recibida_en, tz),
        "receptor": str(reclamo.recibida_por or "Sitio"),
        "establecimiento": reclamo.sede.nombre,
        "motivo": reclamo.motivo,
        "hechos": reclamo.hechos,
        "momento": f"{dia_en_palabras(reclamo.ocurrio_el, con_anio=True)}{hora}",
        "lugar": ", ".join(filter(None, (reclamo.lugar, *especifico))),
        "involucrados": reclamo.involucrados,
        "contacto": [
            dato
            for dato in (reclamo.cliente.telefono, reclamo.cliente.correo, reclamo.domicilio)
            if dato
        ],
        "apoderado": reclamo.apoderado,
        "servicio": reclamo.servicio,
        "pedido": reclamo.pedido,
        "monto": str(reclamo.monto) if reclamo.monto is not None else "",
        "solucion": reclamo.solucion,
        "constancias": [
            {"empresa": str(c.por or ""), "reclamante": c.reclamante, "texto": c.texto}
            for c in reclamo.constancias.select_related("por")
        ],
    }


def respuesta_formal(reclamo) -> dict:
    """C-10: the answer as it went out, citing the number."""
    return {
        **_cabeza(reclamo, "Respuesta formal"),
        "texto": reclamo.respuesta,
        "prevencion": reclamo.prevencion,
        "medio": reclamo.get_medio_respuesta_display(),
        "responde": str(reclamo.redactada_por or ""),
        "visada_por": str(reclamo.visado_por or ""),
    }
