"""What each verb of a complaint writes beyond its own record, always under the door's lock."""

from postventa.documentos import actas
from postventa.expedientes.folios import siguiente
from postventa.expedientes.models import Expediente
from postventa.expedientes.salas import Acto
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, exigir, visible
from reclamos import identidad
from reclamos.documentos import formulario, respuesta_formal
from reclamos.faltas import fecha_imposible
from reclamos.flujo import EstadoReclamo as E
from reclamos.ingreso import numero_de_ingreso
from reclamos.models import Canal, Cierre, Constancia, Medio, Reclamo, Respuesta
from reclamos.personas import trabaja_en
from reclamos.prorroga import preparar_prorroga, prorrogar

# What the form asks for and may be completed when it is signed (002:23).
CAMPOS = (
    "motivo", "hechos", "ocurrio_el", "ocurrio_a_las", "lugar", "distrito", "localidad", "predio",
    "involucrados", "domicilio", "bien", "servicio", "tipologia", "pedido", "monto",
    "apoderado",
)  # fmt: skip


# --- reception


def preparar_recepcion(reclamo, tramite, actor, datos):
    """C-T01: channel, receiver and time; and what was said at once, on phone and counter."""
    errores = {}
    if reclamo.canal not in Canal.values:
        errores["canal"] = "Elige por qué canal llegó."
    elif (reclamo.canal == Canal.WEB) != (actor.clase == "cliente"):
        errores["canal"] = "Por el sitio solo entra lo que escribe el propio reclamante."
    if reclamo.clase not in Reclamo.Clase.values:
        errores["clase"] = "Di si es una queja o un reclamo."
    if reclamo.cliente.empresa_id != reclamo.empresa_id:
        errores["cliente"] = "El reclamante está registrado en otra empresa."
    if reclamo.recibida_en > tramite.ahora:
        errores["recibida_en"] = "Esa hora todavía no llega."
    informado = datos.get("informado_en")
    if reclamo.es_verbal and informado is None:
        errores["informado_en"] = (
            "Dile al reclamante que su queja ya se ingresó al área legal, y anota cuándo."
        )
    elif informado and not reclamo.recibida_en <= informado <= tramite.ahora:
        errores["informado_en"] = "Anota una hora entre la recepción y ahora."
    if error := error_de_aludidos(reclamo, actor, datos.get("aludidos") or ()):
        errores["aludidos"] = error
    errores |= _largos(reclamo) | fecha_imposible(reclamo, _hoy(reclamo, tramite))
    if errores:
        raise DatosInvalidos(errores)
    reclamo.informada_en = informado
    if reclamo.es_consumidor:
        serie = f"{reclamo.empresa.codigo}-hoja-{reclamo.sede_id}"
        reclamo.hoja_numero = siguiente(serie)


def error_de_aludidos(reclamo, actor, aludidos) -> str:
    if any(not u.membresias.filter(empresa_id=reclamo.empresa_id).exists() for u in aludidos):
        return "Elige a personas que trabajan en la empresa."
    if actor.usuario in aludidos:
        return "Trata de ti: la recibe otra persona."
    return ""


def completar_recepcion(reclamo, tramite, actor, datos):
    reclamo.aludidos.set(datos.get("aludidos") or ())


def preparar_formulario(reclamo, tramite, actor, datos):
    """C-02, C-03, C-12: the form complete, and both sides' record of what was said aloud."""
    for campo in CAMPOS:
        if campo in datos:
            valor = datos[campo]
            setattr(reclamo, campo, valor.strip() if isinstance(valor, str) else valor)
    dicho, errados = identidad.leer(reclamo, datos)
    faltan = reclamo.faltan() | _largos(reclamo) | fecha_imposible(reclamo, _hoy(reclamo, tramite))
    if dicho or errados:
        faltan.pop("numero", None)
    faltan |= errados
    if reclamo.es_verbal and not visible(datos.get("reclamante")):
        faltan["reclamante"] = "Anota quién deja registro por el reclamante."
    if faltan:
        raise DatosInvalidos(faltan)
    if dicho:
        identidad.guardar(reclamo, dicho, tramite, actor)
    if reclamo.es_verbal:
        Constancia.objects.create(
            reclamo=reclamo,
            reclamante=datos["reclamante"].strip()[:120],
            texto=str(datos.get("solucion") or reclamo.hechos)[:4000],
            por=actor.usuario,
            en=tramite.ahora,
        )


def _largos(reclamo) -> dict[str, str]:
    """What does not fit: refused in words, never by the database nor cut short."""
    topes = {campo: reclamo._meta.get_field(campo).max_length for campo in CAMPOS}
    return {
        campo: f"Escribe hasta {tope} letras."
        for campo, tope in topes.items()
        if tope and len(getattr(reclamo, campo) or "") > tope
    }


def _hoy(reclamo, tramite):
    return tramite.ahora.astimezone(reclamo.sede.tz).date()


def fijar_formulario(reclamo, tramite, actor, datos):
    actas.fijar(reclamo, "formulario", formulario(reclamo), tramite.ahora)


def preparar_solucion(reclamo, tramite, actor, datos):
    """C-12: solved now, and so say both."""
    reclamo.solucion = datos["solucion"] = exigir(datos, "solucion", "Escribe cómo se resolvió.")
    if not datos.get("acepta"):
        raise DatosInvalidos({"acepta": "Sin la aceptación del reclamante no está resuelta."})
    reclamo.acepta_solucion = True
    preparar_formulario(reclamo, tramite, actor, datos)


def preparar_numero(reclamo, tramite, actor, datos):
    """002:42: correlative and without gaps in the year; a refusal gives the number back."""
    if reclamo.ingreso_numero is not None:
        raise Conflicto("Ya tiene su N° de Ingreso.", reclamo.estado)
    reclamo.acciones_inmediatas = str(datos.get("acciones_inmediatas") or "").strip()[:600]
    if reclamo.informada_en is None and reclamo.contacto.correo:
        # The mail that follows is the notice (C-07).
        reclamo.informada_en = tramite.ahora
    datos["anio"] = _hoy(reclamo, tramite).year
    datos["numero"] = numero_de_ingreso(reclamo, datos["anio"])


# --- admission and answer


def preparar_derivacion(reclamo, tramite, actor, datos):
    """C-08: to whom the matter belongs, who is never whom it is about."""
    persona = datos.get("responsable")
    if persona is None or not trabaja_en(persona, reclamo):
        raise DatosInvalidos({"responsable": "Elige al responsable del área."})
    if persona in reclamo.aludidos.all():
        raise DatosInvalidos({"responsable": "El reclamo trata de esa persona: elige a otra."})
    reclamo.area = exigir(datos, "area", "Escribe a qué área se deriva.")[:80]
    reclamo.responsable = persona


def completar_derivacion(reclamo, tramite, actor, datos):
    # Of the parent's row, which the door does not save whole.
    Expediente.objects.filter(pk=reclamo.pk).update(responsable=reclamo.responsable)


def derivar_a_otro(reclamo, tramite, actor, datos):
    preparar_derivacion(reclamo, tramite, actor, datos)
    completar_derivacion(reclamo, tramite, actor, datos)


def preparar_inadmisible(reclamo, tramite, actor, datos):
    """C-17: justified, and told in an answer like any other. What came by letter goes out as it
    was visaed (C-11)."""
    if reclamo.es_escrita:
        for campo in ("justificacion", "respuesta", "medio"):
            datos.pop(campo, None)
        datos["medio"] = reclamo.medio_respuesta
        return
    proponer(reclamo, actor, datos)


def proponer(reclamo, actor, datos):
    reclamo.justificacion = exigir(datos, "justificacion", "Justifica por qué se desestima.")
    _redactar(reclamo, actor, datos)


def preparar_respuesta(reclamo, tramite, actor, datos):
    """C-10, C-23. What Gerencia has visaed goes out as it was visaed."""
    if reclamo.estado == E.POR_VISAR:
        for campo in ("respuesta", "conclusiones", "prevencion", "medio"):
            datos.pop(campo, None)
        # The audit says by which way it went.
        datos["medio"] = reclamo.medio_respuesta
        return
    # "Demanded before `responder`": what was concluded, not only what is told (12.4).
    reclamo.conclusiones = str(datos.get("conclusiones") or reclamo.conclusiones).strip()
    reclamo.prevencion = str(datos.get("prevencion") or "").strip()[:2000]
    _redactar(reclamo, actor, datos)


def _redactar(reclamo, actor, datos):
    reclamo.respuesta = exigir(datos, "respuesta", "Escribe la respuesta.")[:8000]
    medio = datos.get("medio")
    if medio not in Medio.values:
        raise DatosInvalidos({"medio": "Elige si va por correo o por carta."})
    if medio == Medio.CORREO and not reclamo.contacto.correo:
        raise DatosInvalidos({"medio": "No tiene correo registrado: respóndele por carta."})
    reclamo.medio_respuesta, reclamo.redactada_por = medio, actor.usuario


def completar_respuesta(reclamo, tramite, actor, datos):
    Respuesta.objects.create(
        reclamo=reclamo,
        texto=reclamo.respuesta,
        medio=reclamo.medio_respuesta,
        conclusiones=reclamo.conclusiones,
        visada_por=reclamo.visado_por,
        visada_en=reclamo.visado_en,
        por=actor.usuario,
        en=tramite.ahora,
    )


def fijar_respuesta(reclamo, tramite, actor, datos):
    actas.fijar(reclamo, "respuesta", respuesta_formal(reclamo), tramite.ahora)


def preparar_motivo(reclamo, tramite, actor, datos):
    datos["motivo"] = exigir(datos, "motivo", "Escribe el motivo.")[:1000]


# --- what the complainant says, and what follows


def preparar_manifestacion(reclamo, tramite, actor, datos):
    """C-13: within the ten days; said to staff, it is written by which way."""
    if any(p.vence_en < tramite.ahora for p in tramite.abiertos("conformidad")):
        raise Conflicto("El plazo para manifestarse ya terminó.", reclamo.estado)
    if actor.clase != "cliente":
        exigir(datos, "medio", "Anota cómo lo manifestó.")
    datos["motivo"] = str(datos.get("motivo") or "").strip()[:2000]


def preparar_antecedentes(reclamo, tramite, actor, datos):
    datos["antecedentes"] = exigir(datos, "antecedentes", "Escribe los nuevos antecedentes.")[:4000]


def preparar_invitacion(reclamo, tramite, actor, datos):
    mensaje = "Escribe la invitación, con los mecanismos legales que se proponen."
    datos["invitacion"] = exigir(datos, "invitacion", mensaje)[:4000]


# --- the closed register


def recordar_origen(reclamo, tramite, actor, datos):
    reclamo.desde = reclamo.estado


def preparar_cierre(reclamo, tramite, actor, datos):
    """C-18: all actions and results, conclusions, lessons and proposals."""
    recordar_origen(reclamo, tramite, actor, datos)
    for campo in ("acciones", "resultados", "conclusiones", "lecciones", "propuestas"):
        texto = str(datos.get(campo) or "").strip()
        if texto:
            setattr(reclamo, campo, texto[:4000])


def cerrar(reclamo, tramite, actor, datos):
    """C-14: its row in the register; silence passes through its own state first."""
    if reclamo.estado != E.ARCHIVADA:
        return
    Cierre.objects.create(
        reclamo=reclamo,
        desde=reclamo.desde,
        conclusiones=reclamo.conclusiones,
        acciones=reclamo.acciones,
        resultados=reclamo.resultados,
        lecciones=reclamo.lecciones,
        propuestas=reclamo.propuestas,
        por=actor.usuario,
        en=tramite.ahora,
    )


RECLAMO = {
    "recibir": Acto(preparar_recepcion, completar_recepcion),
    "formalizar": Acto(preparar_formulario, fijar=fijar_formulario),
    "resolver_en_el_acto": Acto(preparar_solucion, fijar=fijar_formulario),
    "numerar": Acto(preparar=preparar_numero),
    "admitir": Acto(preparar_derivacion, completar_derivacion),
    "declarar_inadmisible": Acto(preparar_inadmisible, completar_respuesta, fijar_respuesta),
    "pedir_visado": Acto(preparar=preparar_respuesta),
    "devolver_de_visado": Acto(preparar=preparar_motivo),
    "responder": Acto(preparar_respuesta, completar_respuesta, fijar_respuesta),
    "prorrogar": Acto(preparar_prorroga, prorrogar),
    "conformar": Acto(preparar=preparar_manifestacion),
    "disconformar": Acto(preparar=preparar_manifestacion),
    "archivar_por_silencio": Acto(recordar_origen, cerrar),
    "reanalizar": Acto(preparar=preparar_antecedentes),
    "abrir_controversia": Acto(preparar=preparar_motivo),
    "invitar_a_via_legal": Acto(preparar=preparar_invitacion),
    "archivar": Acto(preparar_cierre, cerrar),
}
