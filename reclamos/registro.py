"""The registers that leave as a file: complaints (4.2), the closed ones (C-14) and the sheets of
the Libro de Reclamaciones as Indecopi asks for them (10.3)."""

from postventa.consola.exportar import Archivo, Columna, en_su_muro
from reclamos.models import Canal, Medio


def _del_reclamante(r):
    return f"{r.cliente.get_tipo_documento_display()} {r.cliente.documento}"


def _cuando_ocurrio(r):
    hora = f" {r.ocurrio_a_las:%H:%M}" if r.ocurrio_a_las else ""
    return f"{r.ocurrio_el:%Y-%m-%d}{hora}" if r.ocurrio_el else ""


def _donde(r):
    return ", ".join(filter(None, (r.lugar, r.distrito, r.localidad, r.predio)))


def _cierre(r):
    return getattr(r, "cierre", None)


REGISTRO = (
    Columna("Código", lambda r: r.codigo),
    Columna("N° de Ingreso", lambda r: r.numero_ingreso),
    Columna("N° de hoja", lambda r: r.hoja_numero),
    Columna("Canal", lambda r: dict(Canal.choices).get(r.canal, r.canal)),
    Columna("Origen", lambda r: r.get_origen_display()),
    Columna("Tipo", lambda r: r.get_clase_display()),
    Columna("Servicio afectado", lambda r: r.servicio),
    Columna("Motivo", lambda r: r.motivo),
    Columna("Tipología", lambda r: r.tipologia),
    Columna("Recepción", lambda r: en_su_muro(r.recibida_en, r.sede.tz)),
    Columna("Receptor", lambda r: r.recibida_por or "Sitio"),
    Columna("Establecimiento", lambda r: r.sede.nombre),
    Columna("Reclamante", lambda r: r.contacto.nombre),
    Columna("Documento", _del_reclamante),
    Columna("Teléfono", lambda r: r.contacto.telefono),
    Columna("Correo", lambda r: r.contacto.correo),
    Columna("Domicilio", lambda r: r.domicilio),
    Columna("Descripción", lambda r: r.hechos),
    Columna("Ocurrió", _cuando_ocurrio),
    Columna("Dónde", _donde),
    Columna("Personas involucradas", lambda r: r.involucrados),
    Columna("Estado", lambda r: r.get_estado_display()),
    Columna("Responsable", lambda r: r.responsable or ""),
    Columna("Conclusiones", lambda r: _cierre(r).conclusiones if _cierre(r) else r.conclusiones),
    Columna("Cierre", lambda r: _cierre(r) and en_su_muro(_cierre(r).en, r.sede.tz)),
)


def _respuesta(r):
    """The last that went out, whatever is being written now; or how it was solved at once."""
    return max(r.respuestas.all(), key=lambda fila: fila.pk, default=None)


def _acciones(r):
    dichas = (r.acciones_inmediatas, r.solucion, getattr(_respuesta(r), "texto", ""))
    return "\n".join(filter(None, dichas))


def _respondida_en(r):
    fila = _respuesta(r)
    if fila is None:
        return en_su_muro(r.resuelta_en, r.sede.tz)
    # A letter answers on the day on which it leaves.
    return en_su_muro(fila.despachada_en if fila.medio == Medio.CARTA else fila.en, r.sede.tz)


HOJAS = (
    Columna("Proveedor", lambda r: r.sede.empresa.razon_social or r.sede.empresa.nombre),
    Columna("RUC", lambda r: r.sede.empresa.tributario),
    Columna("Establecimiento", lambda r: r.sede.nombre),
    Columna("Código del establecimiento", lambda r: r.sede.identificacion),
    Columna("Dirección", lambda r: ", ".join(filter(None, (r.sede.direccion, r.sede.comuna)))),
    Columna("N° de hoja", lambda r: r.hoja_numero),
    Columna("Fecha", lambda r: en_su_muro(r.recibida_en, r.sede.tz)),
    Columna("Consumidor", lambda r: r.contacto.nombre),
    Columna("Documento", _del_reclamante),
    Columna("Domicilio", lambda r: r.domicilio),
    Columna("Teléfono", lambda r: r.contacto.telefono),
    Columna("Correo", lambda r: r.contacto.correo),
    Columna("Padre, madre o apoderado", lambda r: r.apoderado),
    Columna("Producto o servicio", lambda r: r.get_bien_display()),
    Columna("Monto reclamado", lambda r: r.monto and float(r.monto)),
    Columna("Descripción", lambda r: r.servicio),
    Columna("Tipo", lambda r: r.get_clase_display()),
    Columna("Motivo", lambda r: r.motivo),
    Columna("Detalle", lambda r: r.hechos),
    Columna("Pedido", lambda r: r.pedido),
    Columna("Observaciones y acciones del proveedor", _acciones),
    Columna("Respuesta", _respondida_en),
    Columna("N° de Ingreso", lambda r: r.numero_ingreso),
    Columna("Código", lambda r: r.codigo),
)


def _del_registro(consulta):
    return consulta.select_related(
        "cliente", "sede__empresa", "responsable", "recibida_por", "cierre"
    )


def _hojas(consulta):
    """Only what a consumer wrote a sheet of."""
    suyas = consulta.exclude(hoja_numero=None).select_related("cliente", "sede__empresa")
    return suyas.prefetch_related("respuestas")


ARCHIVOS = {
    "registro-de-reclamaciones": Archivo("Registro de reclamaciones", REGISTRO, _del_registro),
    "hojas-para-indecopi": Archivo("Hojas para Indecopi", HOJAS, _hojas),
}


def _con_lo_agregado(campo):
    """What was said when it closed, and what was added to it later."""

    def valor(cierre):
        dichos = (getattr(fila, campo) for fila in (cierre, *cierre.agregados.all()))
        return "\n".join(filter(None, dichos))

    return valor


CERRADOS = (
    Columna("Código", lambda c: c.reclamo.codigo),
    Columna("N° de Ingreso", lambda c: c.reclamo.numero_ingreso),
    Columna("Tipo", lambda c: c.reclamo.get_clase_display()),
    Columna("Reclamante", lambda c: c.reclamo.contacto.nombre),
    Columna("Establecimiento", lambda c: c.reclamo.sede.nombre),
    Columna("Recepción", lambda c: en_su_muro(c.reclamo.recibida_en, c.reclamo.sede.tz)),
    Columna("Cierre", lambda c: en_su_muro(c.en, c.reclamo.sede.tz)),
    Columna("Cómo terminó", lambda c: c.get_desde_display()),
    Columna("Cerró", lambda c: c.por or "Sistema"),
    Columna("Conclusiones", lambda c: c.conclusiones),
    Columna("Acciones emprendidas", _con_lo_agregado("acciones")),
    Columna("Resultados", _con_lo_agregado("resultados")),
    Columna("Lecciones aprendidas", _con_lo_agregado("lecciones")),
    Columna("Propuestas de mejora", _con_lo_agregado("propuestas")),
)
