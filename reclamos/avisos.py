"""Messages of CAPERA's workflow: which verb tells whom what. Facts only, fixed when it happens."""

from functools import partial

from postventa.calendario.palabras import dia_en_palabras, fecha_en_palabras, vence_en_palabras
from postventa.expedientes.salas import AvisoDe
from postventa.personas.models import Rol
from postventa.plazos.models import ABIERTOS
from postventa.plazos.reloj import plazos_de
from reclamos import enlaces
from reclamos.flujo import EstadoReclamo as E
from reclamos.models import Canal, Medio, Mejora
from reclamos.permisos import RESPONSABLE, aludidos_en
from reclamos.personas import correos_de, personas_de, plantel

DE_RESPONDER = ("respuesta", "plazo_legal")
SIN_CORREO = "El reclamante no tiene correo: avísale de otro modo."


def _del_reclamo(objeto):
    return objeto.reclamo if isinstance(objeto, Mejora) else objeto


def reclamante(reclamo, datos):
    return [reclamo.contacto[:2]]


def quien_escribio(reclamo, datos):
    """Only the address: nobody has read yet what name was written with it (TM-05)."""
    return [("", reclamo.contacto.correo)]


def con_roles(*roles):
    """Staff of those roles, each once; nobody is written about what is said of them."""

    def para(objeto, datos):
        reclamo = _del_reclamo(objeto)
        personas = personas_de([reclamo])[reclamo.pk]
        # Of a group, those whom any of its complaints is about; one, `personas_de` leaves out.
        callados = correos_de(aludidos_en(objeto)) if isinstance(objeto, Mejora) else ()
        return [p for rol in roles for p in personas[rol] if p[1] not in callados]

    return para


def encargado(mejora, datos):
    return [(str(mejora.encargado), mejora.encargado.email)]


def todos(mejora, datos):
    return plantel(mejora)


legal, gerencia, responsable = (con_roles(r) for r in (Rol.LEGAL, Rol.GERENTE, RESPONSABLE))
COPIA = con_roles(Rol.GERENTE, Rol.LEGAL)


# --- to the complainant (C-23: the register, what is done now, the inquiry, the prevention)


def _base(reclamo):
    return {
        "codigo": reclamo.codigo,
        "ingreso": reclamo.numero_ingreso,
        "hoja": reclamo.hoja_numero,
        "clase": reclamo.get_clase_display().lower(),
        "telefono": reclamo.empresa.telefono,
        "correo_contacto": reclamo.empresa.correo_contacto,
        "url": enlaces.reclamo(reclamo),
    }


def _vence(reclamo, codigo):
    """The last clock of that code, in words; empty if there is none."""
    suyos = [p for p in plazos_de(reclamo) if p.codigo == codigo]
    if not suyos:
        return ""
    plazo = max(suyos, key=lambda p: p.ordinal)
    return vence_en_palabras(plazo.vence_en, reclamo.sede.tz).removeprefix("el ")


def _promesa(reclamo):
    """The first to end of what runs until it is answered: of a consumer's, the law's (D-08)."""
    corren = [p for p in plazos_de(reclamo) if p.codigo in DE_RESPONDER and p.estado in ABIERTOS]
    if not corren:
        return ""
    primero = min(p.vence_en for p in corren)
    return vence_en_palabras(primero, reclamo.sede.tz).removeprefix("el ")


def ingreso(reclamo, datos):
    """No free text of the submitter travels in a confirmation (TM-05)."""
    return {
        **_base(reclamo),
        "acciones": reclamo.acciones_inmediatas,
        "resuelta": reclamo.estado == E.RESUELTA_EN_EL_ACTO,
        "vence": _promesa(reclamo),
        "vence_legal": _vence(reclamo, "plazo_legal"),
    }


def hoja(reclamo, datos):
    """Copy of what was sent: its numbers and terms, and where it can be read (TM-05)."""
    return {
        **_base(reclamo),
        "sede": reclamo.sede.nombre,
        "recibida": fecha_en_palabras(reclamo.recibida_en, reclamo.sede.tz, con_anio=True),
        "vence": _promesa(reclamo),
        "vence_legal": _vence(reclamo, "plazo_legal"),
    }


def respuesta(reclamo, datos):
    return {
        **_base(reclamo),
        "texto": reclamo.respuesta,
        "prevencion": reclamo.prevencion,
        "vence": _vence(reclamo, "conformidad"),
    }


def solucion(reclamo, datos):
    return {**_base(reclamo), "solucion": reclamo.solucion}


def prorroga(reclamo, datos):
    return {
        **_base(reclamo),
        "motivo": datos["motivo"],
        "fecha": dia_en_palabras(datos["nueva_fecha_el"]),
        "vence_legal": _vence(reclamo, "plazo_legal"),
    }


def fin(reclamo, datos):
    return {
        **_base(reclamo),
        "por_silencio": reclamo.desde in (E.SILENCIO, E.DISCONFORME),
        "disconforme": reclamo.desde == E.DISCONFORME,
    }


def seguimiento(reclamo, datos):
    return {
        **_base(reclamo),
        "vence": _vence(reclamo, "respuesta"),
        "invitacion": reclamo.invitacion,
    }


# --- to staff


def interno(titulo, detalle=lambda objeto, datos: ""):
    """One sentence, one detail and where to go on: `titulo` may name the complaint's codes."""

    def contexto(objeto, datos):
        reclamo = _del_reclamo(objeto)
        base = _base(reclamo)
        return {
            **base,
            "titulo": titulo.format(**base),
            "detalle": detalle(objeto, datos),
            "vence": _promesa(reclamo),
            "url_consola": enlaces.caso_consola(reclamo),
        }

    return contexto


def leccion(mejora, datos):
    """C-22: what was learned, for everybody: nothing in it says of which complaint."""
    detalle = f"{mejora.leccion} Se extiende a: {mejora.extendida_a}."
    return {"titulo": "Lección aprendida", "detalle": detalle}


def _campo(nombre, objeto, datos):
    return str(datos.get(nombre) or getattr(objeto, nombre, ""))


def _que_entra(reclamo, datos):
    return f"Por {reclamo.canal}, en {reclamo.sede}. {reclamo.motivo}".strip()


def _derivacion(reclamo, datos):
    return f"Responsable: {reclamo.responsable}, {reclamo.area}. {reclamo.motivo}".strip()


def _prorroga(reclamo, datos):
    dicho = f"Hasta el {dia_en_palabras(datos['nueva_fecha_el'])}. {datos['motivo']}"
    return f"{dicho} {SIN_CORREO}" if _sin_correo(reclamo, datos) else dicho


def _causa(mejora, datos):
    return f"{mejora.causa}: {mejora.veces} reclamos."


def _plan(mejora, datos):
    return f"Hasta el {dia_en_palabras(mejora.plan_hasta_el)}. {mejora.plan}"


def _sin_entregar(reclamo, datos):
    if reclamo.informada_en:
        return "Ya está informado por otra vía; revisa su correo."
    return f"Infórmale de otro modo y anótalo: el plazo vence el {_vence(reclamo, 'ingreso')}."


def _del_sitio(reclamo, datos):
    return reclamo.canal == Canal.WEB


def _sin_correo(reclamo, datos):
    return not reclamo.contacto.correo


def _por_correo(reclamo, datos):
    return reclamo.medio_respuesta == Medio.CORREO


def _por_carta(reclamo, datos):
    return reclamo.medio_respuesta == Medio.CARTA


def _de_propuesta(reclamo, datos):
    return reclamo.estado == E.INGRESADA


def _de_respuesta(reclamo, datos):
    return not _de_propuesta(reclamo, datos)


def _archivada(reclamo, datos):
    return reclamo.estado == E.ARCHIVADA


def _se_repite(mejora, datos):
    return mejora.propone_plan


_al = partial(AvisoDe, "capera/personal", "reclamo")
_de_mejora = partial(AvisoDe, "capera/personal", "mejora")

AVISOS = (
    # C-06: whatever the way it came by.
    _al("recibir", legal, interno("Llegó {codigo}: espera su N° de Ingreso", _que_entra)),
    # 10.3: the copy, at once.
    AvisoDe("capera/hoja", "reclamo", "formalizar", quien_escribio, hoja, _del_sitio),
    AvisoDe("capera/resuelta", "reclamo", "resolver_en_el_acto", reclamante, solucion),
    AvisoDe("capera/ingreso", "reclamo", "numerar", reclamante, ingreso),
    # RF-18: the complainant does not know it yet.
    _al("no_llego_ingreso", legal, interno("{codigo}: no le llegó el ingreso", _sin_entregar)),
    # C-08: "siempre con copia a la Gerencia y al área legal".
    _al("admitir", responsable, interno("Te toca: {clase} {ingreso}", _derivacion)),
    _al("admitir", COPIA, interno("Copia: se derivó, {clase} {ingreso}", _derivacion)),
    _al("derivar_a_otro", responsable, interno("Te toca: {clase} {ingreso}", _derivacion)),
    _al("derivar_a_otro", COPIA, interno("Copia: se derivó, {clase} {ingreso}", _derivacion)),
    AvisoDe(
        "capera/inadmisible", "reclamo", "declarar_inadmisible", reclamante, respuesta, _por_correo
    ),
    _al("pedir_visado", gerencia, interno("La respuesta al {ingreso} espera tu visado")),
    _al(
        "devolver_de_visado",
        responsable,
        interno("Gerencia devolvió la respuesta al {ingreso}", partial(_campo, "motivo")),
    ),
    *(
        _al("visar", quien, interno("La respuesta al {ingreso} está visada: ya puede salir"), cual)
        for quien, cual in ((responsable, _de_respuesta), (legal, _de_propuesta))
    ),
    _al("proponer_inadmisible", gerencia, interno("Desestimar el {ingreso} espera tu visado")),
    _al(
        "devolver_propuesta",
        legal,
        interno("Gerencia devolvió la propuesta sobre el {ingreso}", partial(_campo, "motivo")),
    ),
    AvisoDe("capera/respuesta", "reclamo", "responder", reclamante, respuesta, _por_correo),
    *(
        _al(verbo, legal, interno("Por enviar en carta: la respuesta al {ingreso}"), _por_carta)
        for verbo in ("responder", "declarar_inadmisible")
    ),
    AvisoDe("capera/prorroga", "reclamo", "prorrogar", reclamante, prorroga),
    _al("prorrogar", COPIA, interno("Prórroga: {clase} {ingreso}", _prorroga)),
    *(
        _al(verbo, con_roles(RESPONSABLE, Rol.LEGAL), interno(titulo, partial(_campo, "motivo")))
        for verbo, titulo in (
            ("conformar", "{ingreso}: el reclamante está conforme. Falta cerrarlo"),
            ("disconformar", "{ingreso}: el reclamante no está conforme"),
        )
    ),
    AvisoDe("capera/reabierta", "reclamo", "reanalizar", reclamante, seguimiento),
    _al(
        "reanalizar",
        responsable,
        interno("{ingreso}: hay nuevos antecedentes", partial(_campo, "antecedentes")),
    ),
    # Whom no mail of ours reaches is told by legal.
    *(
        _al(verbo, legal, interno(titulo, lambda objeto, datos: SIN_CORREO), _sin_correo)
        for verbo, titulo in (
            ("reanalizar", "{ingreso}: se analiza de nuevo"),
            ("abrir_controversia", "{ingreso}: se busca un acuerdo"),
            ("invitar_a_via_legal", "{ingreso}: se le invita a la vía legal"),
        )
    ),
    AvisoDe("capera/controversia", "reclamo", "abrir_controversia", reclamante, seguimiento),
    AvisoDe("capera/via_legal", "reclamo", "invitar_a_via_legal", reclamante, seguimiento),
    AvisoDe("capera/archivada", "reclamo", "archivar", reclamante, fin),
    AvisoDe("capera/archivada", "reclamo", "archivar_por_silencio", reclamante, fin, _archivada),
    _al(
        "archivar_por_silencio",
        legal,
        interno("{ingreso} se archivó por silencio: falta lo aprendido"),
        _archivada,
    ),
    _de_mejora(
        "identificar_causa",
        COPIA,
        interno("Una causa se repite: se propone un plan", _causa),
        _se_repite,
    ),
    _de_mejora("abrir_plan", encargado, interno("Respondes por un plan de mejora", _plan)),
    _de_mejora("publicar_leccion", todos, leccion),
)
