"""What waits for each of Ingevec's staff, with the way to where it is answered."""

from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse

from postventa.calendario.palabras import contar, duracion_en_palabras, enumerar, fecha_corta
from postventa.consola.salas import Espera
from postventa.personas.models import Rol
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.ingevec.flujo import NO_REALIZADAS, con_estado, nada_por_ejecutar
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.models import Canal, Solicitud
from tickets.ingevec.personas import turnos_en
from tickets.ingevec.puestos import acotar_a, atienden, puestos, visitan

LARGO = 20
# States in which a visit that came to nothing waits for another hour.
POR_REAGENDAR = {
    E.INSPECCION_AGENDADA: "reagendar_inspeccion",
    E.TRABAJOS_AGENDADOS: "reagendar_trabajos",
}


def esperan(usuario, ahora) -> list[Espera]:
    """Urgencies ahead of all, also those whose visit came to nothing, and for the chief those that
    are late; then what the call centre owes a call, and who visits, a visit."""
    return [
        *_urgencias(usuario, ahora),
        *_urgencias_por_enviar(usuario, ahora),
        *_urgencias_del_jefe(usuario, ahora),
        *_del_call_center(usuario, ahora),
        *_de_quien_visita(usuario, ahora),
        *_del_jefe(usuario, ahora),
    ][:LARGO]


def _propias(suyos):
    casos = acotar_a(Solicitud.objects.all(), suyos, "empresa_id", "sede_id")
    return casos.select_related("sede__empresa", "unidad")


def _urgencias(usuario, ahora):
    suyos = [*atienden(usuario), *visitan(usuario)]
    if not suyos:
        return []
    urgentes = _propias(suyos).filter(estado=E.INGRESADA).exclude(urgencia="")
    return [
        Espera(
            f"Urgencia{'' if s.acusada_en else ' sin acuse'}: {s.get_urgencia_display()}",
            _detalle(s, ahora),
            _url(s, "atender_urgencia"),
            "Enviar",
        )
        for s in urgentes.order_by("creado_en", "pk")[:LARGO]
    ]


def _urgencias_por_enviar(usuario, ahora):
    """Attended, and nobody got in: who sends or goes again, and the chief, who asks for it."""
    envian, jefaturas = [*atienden(usuario), *visitan(usuario)], puestos(usuario, Rol.JEFE)
    if not envian and not jefaturas:
        return []
    casos = _propias([*envian, *jefaturas]).filter(estado=E.ATENCION_INMEDIATA)
    casos = casos.prefetch_related("visitas").order_by("creado_en", "pk")
    fallidas = [s for s in casos if s.ultima_visita().estado in NO_REALIZADAS]
    verbo, boton = ("enviar_de_nuevo", "Enviar") if envian else ("", "Ver")
    return [
        Espera(
            f"Urgencia por enviar de nuevo: {s.ultima_visita().get_estado_display().lower()}",
            f"{s.get_urgencia_display()} · {_detalle(s, ahora)}",
            _url(s, verbo),
            boton,
        )
        for s in fallidas[:LARGO]
    ]


def _urgencias_del_jefe(usuario, ahora):
    """Those that nobody took in hand or whose clock ran out, with whom to ask for them (G-14)."""
    suyos = puestos(usuario, Rol.JEFE)
    if not suyos:
        return []
    sin_mano = Q(acusada_en=None) | Q(proximo_vence_en__lte=ahora)
    urgentes = _propias(suyos).filter(sin_mano, estado=E.INGRESADA).exclude(urgencia="")
    urgentes = list(urgentes.order_by("creado_en", "pk")[:LARGO])
    turnos = list(turnos_en({s.empresa_id for s in urgentes}, ahora)) if urgentes else []
    return [_urgencia_del_jefe(s, turnos, ahora) for s in urgentes]


def _urgencia_del_jefe(s, turnos, ahora):
    vencida = s.proximo_vence_en is not None and s.proximo_vence_en <= ahora
    falta = [p for p, falta in (("sin acuse", not s.acusada_en), ("vencida", vencida)) if falta]
    suyos = [t for t in turnos if t.sede_id in (None, s.sede_id)]
    quien = enumerar(_de_turno_desde(t, s.sede.tz, ahora) for t in suyos) if suyos else "nadie"
    return Espera(
        f"Urgencia {' y '.join(falta)}: {s.get_urgencia_display()}",
        f"{_detalle(s, ahora)} · de turno: {quien}",
        _url(s, ""),
        "Ver",
    )


def _de_turno_desde(turno, zona, ahora) -> str:
    desde = fecha_corta(turno.desde_en, zona, ahora)
    return f"{turno.persona}, desde {'el ' if not desde.startswith('Hoy') else ''}{desde.lower()}"


def _del_call_center(usuario, ahora):
    suyos = atienden(usuario)
    if not suyos:
        return []
    estados = [E.INGRESADA, E.DIAGNOSTICADA, E.INSPECCION_AGENDADA, E.TRABAJOS_AGENDADOS]
    casos = _propias(suyos).filter(Q(urgencia="") | ~Q(estado=E.INGRESADA), estado__in=estados)
    casos = casos.prefetch_related("requerimientos", "visitas").order_by("creado_en", "pk")
    return [*_por_llamar(suyos, ahora), *filter(None, (_espera(s, ahora) for s in casos[:200]))]


def _espera(s, ahora):
    if s.estado == E.INGRESADA and s.es_consulta:
        return Espera("Responder una consulta", _detalle(s, ahora), _url(s, "responder_consulta"),
                      "Responder")  # fmt: skip
    if s.estado == E.INGRESADA:
        titulo = "Llamar y dar hora: llegó por correo" if s.canal == Canal.CORREO else "Dar hora"
        return Espera(titulo, _detalle(s, ahora), _url(s, "agendar_inspeccion"), "Agendar")
    if s.estado == E.DIAGNOSTICADA:
        if con_estado(s, R.CORRESPONDE):
            return Espera("Agendar los trabajos", _detalle(s, ahora), _url(s, "agendar_trabajos"),
                          "Agendar")  # fmt: skip
        return None
    visita = s.ultima_visita()
    if visita is not None and visita.estado in NO_REALIZADAS:
        titulo = f"Dar otra hora: {visita.get_estado_display().lower()}"
        return Espera(titulo, _detalle(s, ahora), _url(s, POR_REAGENDAR[s.estado]), "Reagendar")
    return None


def _por_llamar(suyos, ahora):
    """Who answered the mail that something was not right, one by one; the queue, once."""
    disconformes = (
        _propias(suyos)
        .filter(
            estado=E.POR_LLAMAR,
            movimientos__verbo="declarar_disconformidad",
            # Not what was said of works that were done again since.
            movimientos__ocurrido_en__gte=F("ejecutada_en"),
        )
        .distinct()
    )
    esperas = [
        Espera(
            "El propietario no quedó conforme",
            _detalle(s, ahora),
            reverse("admin:ingevec_llamado", args=[s.pk]),
            "Llamar",
        )
        for s in disconformes.order_by("ejecutada_en", "pk")[:LARGO]
    ]
    hoy = ahora.astimezone(ZoneInfo(suyos[0].empresa.zona)).date()
    de_hoy = Q(intentar_desde_el=None) | Q(intentar_desde_el__lte=hoy)
    if cuantos := _propias(suyos).filter(de_hoy, estado=E.POR_LLAMAR).count():
        detalle = f"{contar(cuantos, 'propietario', 'propietarios')} por llamar hoy"
        url = reverse("admin:ingevec_llamados")
        esperas.append(Espera("Llamados de satisfacción", detalle, url, "Llamar"))
    return esperas


def _de_quien_visita(usuario, ahora):
    """Visits of one's own that began to run late, and what only the inspector may close."""
    suyos = visitan(usuario)
    if not suyos:
        return []
    atrasadas = Visita.objects.filter(
        persona=usuario, estado__in=[V.COORDINADA, V.EN_CURSO], termina_en__lt=ahora,
        expediente__tipo="ingevec",
    ).select_related("expediente__sede__empresa")  # fmt: skip
    esperas = [
        Espera(
            "Registrar qué pasó en la visita",
            f"{v.expediente.folio} · {v.expediente.sede.nombre} · "
            f"{fecha_corta(v.inicia_en, v.expediente.sede.tz, ahora)}",
            reverse("admin:ingevec_terreno", args=[v.pk]),
            "Registrar",
        )
        for v in atrasadas.order_by("inicia_en")[:LARGO]
    ]
    return esperas + _sin_garantia(puestos(usuario, Rol.INSPECTOR, Rol.GERENTE), ahora)


def _sin_garantia(suyos, ahora):
    casos = _propias(suyos).filter(estado=E.DIAGNOSTICADA).prefetch_related("requerimientos")
    return [
        Espera("Cerrar sin garantía", _detalle(s, ahora), _url(s, "cerrar_sin_garantia"), "Cerrar")
        for s in casos.order_by("inspeccionada_en", "pk")[: LARGO * 2]
        if nada_por_ejecutar(s)
    ]


def _del_jefe(usuario, ahora):
    """Visits that failed more than once, and hours out of the term."""
    suyos = puestos(usuario, Rol.JEFE)
    if not suyos:
        return []
    casos = _propias(suyos).filter(cerrado_en=None, visitas_fallidas__gte=2)
    return [
        Espera(f"{s.visitas_fallidas} visitas sin realizar", _detalle(s, ahora), _url(s, ""), "Ver")
        for s in casos.order_by("-visitas_fallidas", "creado_en", "pk")[:LARGO]
    ]


def _detalle(s, ahora) -> str:
    hace = duracion_en_palabras(int((ahora - s.creado_en).total_seconds()))
    return f"{s.folio} · {s.sede.nombre}, {s.unidad.nombre} · {s.telefonos} · hace {hace}"


def _url(s, verbo) -> str:
    url = reverse("admin:ingevec_solicitud_change", args=[s.pk])
    return f"{url}?verbo={verbo}#formulario" if verbo else url
