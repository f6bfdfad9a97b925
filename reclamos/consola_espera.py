"""What waits for each of CAPERA's staff, with the way to where it is done."""

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.urls import reverse

from postventa.calendario.palabras import contar, fecha_corta
from postventa.consola.alcances import acotar
from postventa.consola.contexto import membresias, zona_de
from postventa.consola.salas import Espera
from postventa.personas.models import Membresia, Rol
from reclamos.flujo import EstadoMejora as M
from reclamos.flujo import EstadoReclamo as E
from reclamos.flujo import hay_propuesta
from reclamos.models import CON_CARTA, Agregado, Gestion, Medio, Mejora, Reclamo
from reclamos.sala import SALA

LARGO = 40
# Of the list of complaints: the filter to which the home leads.
POR_DESPACHAR = "por_despachar"
POR_CERRAR = (E.CONFORME, E.VIA_LEGAL, E.INADMISIBLE, E.RESUELTA_EN_EL_ACTO)


def puestos(usuario, *roles: str) -> list[Membresia]:
    """Memberships of a person in CAPERA, with one of those roles if any is given."""
    suyas = [m for m in membresias(usuario) if m.empresa.codigo == SALA.empresa]
    return [m for m in suyas if not roles or m.rol in roles]


def esperan(usuario, ahora) -> list[Espera]:
    """Complaints by what is due first, and then the improvements that they left."""
    if not puestos(usuario):
        return []
    legal, gerencia = puestos(usuario, Rol.LEGAL), puestos(usuario, Rol.GERENTE)
    return [
        *_cartas(usuario, legal, ahora),
        *_reclamos(usuario, legal, gerencia, ahora),
        *_mejoras(usuario, legal, gerencia, ahora),
    ][:LARGO]


def _alli(suyos, sede="sede_id") -> Q:
    """Where those memberships are held; nowhere, without any."""
    donde = Q(pk__in=[])
    for m in suyos:
        donde |= Q(**{sede: m.sede_id}) if m.sede_id else ~Q(pk__in=[])
    return donde


def _es_alli(suyos, sede_id) -> bool:
    return any(m.sede_id in (None, sede_id) for m in suyos)


# --- complaints


def por_despachar() -> Q:
    """Answered by a letter that nobody noted to have left, as `Reclamo.por_despachar` says."""
    return Q(estado__in=CON_CARTA, medio_respuesta=Medio.CARTA, despachada_en=None)


def _cartas(usuario, legal, ahora):
    """All of them in one row: whoever takes letters to the post takes them together."""
    if not legal:
        return
    cartas = acotar(Reclamo.objects.order_by(), usuario).filter(_alli(legal), por_despachar())
    dicho = cartas.aggregate(cuantas=Count("pk"), vence_en=Min("proximo_vence_en"))
    if not dicho["cuantas"]:
        return
    vence = dicho["vence_en"]
    detalle = contar(dicho["cuantas"], "respuesta va por carta", "respuestas van por carta")
    if vence:
        detalle += f" · la primera vence {fecha_corta(vence, zona_de(usuario), ahora)}"
    lista = f"{reverse('admin:reclamos_reclamo_changelist')}?carta={POR_DESPACHAR}"
    yield Espera(f"Cartas por despachar: {dicho['cuantas']}", detalle, lista, "Ver")


def _de_legal() -> Q:
    sin_saber = Q(informada_en=None, ingreso_numero__isnull=False) & ~Q(estado=E.ARCHIVADA)
    return (
        Q(estado__in=[E.RECIBIDA, E.FORMALIZADA, E.INGRESADA, E.DISCONFORME, *POR_CERRAR])
        | Q(estado=E.CONTROVERSIA)
        | Q(estado=E.ARCHIVADA, cierre__lecciones="", completado=False)
        | sin_saber
    )


def _reclamos(usuario, legal, gerencia, ahora):
    casos = (
        acotar(Reclamo.objects.all(), usuario)
        .alias(completado=Exists(Agregado.objects.filter(cierre__reclamo=OuterRef("pk"))))
        .annotate(acordado=Exists(Gestion.objects.filter(reclamo=OuterRef("pk"), hay_acuerdo=True)))
        .filter(
            Q(recibida_por=usuario, estado=E.RECIBIDA)
            | Q(responsable=usuario, estado__in=[E.ADMITIDA, E.EN_ANALISIS])
            | Q(responsable=usuario, estado=E.POR_VISAR, visado_por__isnull=False)
            | _alli(legal) & _de_legal()
            | _alli(gerencia) & Q(estado=E.POR_VISAR, visado_por=None)
            | _alli(gerencia) & Q(estado=E.INGRESADA, visado_por=None, redactada_por__isnull=False)
            | _alli(gerencia) & Q(estado=E.CONTROVERSIA, acordado=False)
        )
        .select_related("cliente", "sede__empresa", "recibida_por")
        .prefetch_related("deberes")
        .order_by(F("proximo_vence_en").asc(nulls_last=True), "creado_en", "pk")
    )
    filas = []
    for reclamo in casos[:LARGO]:
        de_legal = _es_alli(legal, reclamo.sede_id)
        de_gerencia = _es_alli(gerencia, reclamo.sede_id)
        for titulo, verbo, boton in _que_falta(reclamo, usuario, de_legal, de_gerencia):
            filas.append(Espera(titulo, _detalle(reclamo, ahora), _url(reclamo, verbo), boton))
    return filas


def _que_falta(r, usuario, de_legal, de_gerencia):
    """What that person has to do on a complaint: (title, verb, button)."""
    if r.recibida_por_id == usuario.pk and r.estado == E.RECIBIDA:
        yield "Pasar por escrito", "formalizar", "Formalizar"
    if r.responsable_id == usuario.pk and (suyo := _del_responsable(r)):
        yield suyo
    por_visar = r.estado == E.POR_VISAR or hay_propuesta(r)
    if de_gerencia and por_visar and r.visado_por_id is None:
        if r.redactada_por_id != usuario.pk:
            yield "Visar la respuesta", "visar", "Visar"
    if (de_legal or de_gerencia) and r.estado == E.CONTROVERSIA and not r.acordado:
        yield "En controversia, sin acuerdo", "registrar_gestion", "Anotar"
    if de_legal:
        if r.estado == E.RECIBIDA and r.recibida_por_id != usuario.pk:
            yield f"Falta pasarla por escrito: la recibió {r.recibida_por}", "", "Ver"
        yield from _del_area_legal(r)


def _del_responsable(r):
    if r.estado == E.ADMITIDA:
        return "Empezar el análisis", "analizar", "Analizar"
    if r.estado == E.POR_VISAR and r.visado_por_id:
        return "Enviar la respuesta visada", "responder", "Enviar"
    if r.estado != E.EN_ANALISIS:
        return None
    if r.deberes_pendientes():
        return "Seguir el análisis", "cumplir_deber", "Anotar"
    if r.comentarios_visado:
        return "Corregir: Gerencia devolvió la respuesta", "pedir_visado", "Corregir"
    if r.es_escrita:
        return "Redactar y pedir el visado", "pedir_visado", "Redactar"
    return "Responder", "responder", "Responder"


def _del_area_legal(r):
    if r.estado == E.FORMALIZADA or r.estado == E.RESUELTA_EN_EL_ACTO and not r.ingreso_numero:
        yield "Dar N° de Ingreso", "numerar", "Numerar"
        return
    if r.ingreso_numero and r.informada_en is None and r.estado != E.ARCHIVADA:
        yield "Informar su ingreso: no tiene correo", "informar_ingreso", "Anotar"
    if hay_propuesta(r):
        if r.visado_por_id:
            yield "Enviar lo desestimado, ya visado", "declarar_inadmisible", "Enviar"
    elif r.estado == E.INGRESADA and r.comentarios_visado:
        yield "Corregir: Gerencia devolvió la propuesta", "proponer_inadmisible", "Corregir"
    elif r.estado == E.INGRESADA:
        yield "Admitir o desestimar", "admitir", "Admitir"
    elif r.estado == E.DISCONFORME:
        yield "No está conforme: decide cómo sigue", "", "Decidir"
    elif (
        r.estado in POR_CERRAR and not r.por_despachar or r.estado == E.CONTROVERSIA and r.acordado
    ):
        yield f"Cerrar: {r.get_estado_display().lower()}", "archivar", "Cerrar"
    elif r.estado == E.ARCHIVADA:
        yield "Archivado por silencio: falta lo aprendido", "completar_cierre", "Completar"


def _se_puede_cerrar(r) -> bool:
    if r.estado == E.CONTROVERSIA:
        return r.acordado
    return r.estado in POR_CERRAR and not r.por_despachar


# --- improvements


def _mejoras(usuario, legal, gerencia, ahora):
    hoy = ahora.astimezone(zona_de(usuario)).date()
    arriba = _alli([*legal, *gerencia], "reclamo__sede_id")
    filas = (
        acotar(Mejora.objects.all(), usuario)
        .filter(
            Q(encargado=usuario, estado=M.PLAN_ABIERTO)
            | arriba & Q(estado=M.CAUSA_RAIZ_IDENTIFICADA, propone_plan=True)
            | arriba & Q(estado=M.ACCIONES_EN_CURSO, plan_hasta_el__lte=hoy) & ~Q(encargado=usuario)
            | arriba & Q(estado=M.VERIFICADO)
        )
        .select_related("causa", "reclamo__sede", "reclamo__cliente")
        .order_by("pk")
    )
    que = {
        M.CAUSA_RAIZ_IDENTIFICADA: ("Una causa se repite: decide el plan", "abrir_plan", "Decidir"),
        M.PLAN_ABIERTO: ("Iniciar las acciones del plan", "iniciar_acciones", "Iniciar"),
        M.ACCIONES_EN_CURSO: ("Verificar si el plan fue eficaz", "verificar", "Verificar"),
        M.VERIFICADO: ("Publicar la lección", "publicar_leccion", "Publicar"),
    }
    return [
        Espera(titulo, f"{m.causa} · {m.reclamo.codigo}", _url(m.reclamo, verbo), boton)
        for m in filas[:LARGO]
        for titulo, verbo, boton in [que[m.estado]]
    ]


def _detalle(r, ahora) -> str:
    partes = [r.codigo, r.numero_ingreso, r.contacto.nombre, r.sede.nombre]
    if r.proximo_vence_en:
        partes.append(f"vence {fecha_corta(r.proximo_vence_en, r.sede.tz, ahora)}")
    return " · ".join(filter(None, partes))


def _url(r, verbo) -> str:
    url = reverse("admin:reclamos_reclamo_change", args=[r.pk])
    return f"{url}?verbo={verbo}#formulario" if verbo else url
