"""Today: what is late, what falls due, who is visited and who waits. All computed from now."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from postventa.accesos.models import AlertaAcceso
from postventa.calendario.models import Calendario, ConfirmacionAnual
from postventa.calendario.palabras import contar, dia_en_palabras, duracion_en_palabras, fecha_corta
from postventa.calendario.zonas import a_instante, comienzo_del_dia, fin_del_dia
from postventa.consola import contactos, correos, topes
from postventa.consola.alcances import acotar
from postventa.consola.contexto import administra, membresias, momento, zona_de
from postventa.consola.medidas import lo_que_falta, medidos
from postventa.consola.reloj_demo import se_mueve
from postventa.consola.relojes import tono_de
from postventa.consola.salas import consola_de, de_empresa, todas, visitan
from postventa.consola.topes import Contados, EnClaves
from postventa.empresas.models import Empresa, Sede
from postventa.expedientes.models import Expediente, Situacion
from postventa.expedientes.salas import sala_de
from postventa.personas.actores import Actor
from postventa.personas.models import Usuario
from postventa.plazos.ajenos import ajenos
from postventa.plazos.models import Latido, Plazo, PoliticaPlazo
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita

ALARMA = timedelta(minutes=3)
LARGO = 30
# The home shows the first of what waits; the rest has its own page.
ESPERAS = 8


def hoy(request) -> dict:
    """Context of the home page."""
    ahora, usuario = momento(request), request.user
    zona = zona_de(usuario)
    dia = ahora.astimezone(zona).date()
    plazos = del_personal(acotar(Plazo.objects.all(), usuario))
    visitas = _visitas(usuario, dia, zona)
    esperan = todo_lo_que_espera(usuario, ahora)
    relojes = _por_reloj(plazos, usuario, ahora, zona)
    cifras = _cifras(relojes, zona, ahora)
    return {
        "title": dia_en_palabras(dia).capitalize(),
        "visitan": visitan(usuario),
        "visitas": _con_lugar(visitas, ahora),
        "esperan": esperan,
        "esperan_aqui": esperan[:ESPERAS],
        "propios": _propios(usuario),
        "relojes": relojes,
        "paginas": [p for consola in todas() for p in consola.paginas(usuario)],
        "cifras": cifras,
        "grupos_de_plazos": _por_urgencia(plazos, cifras, ahora, zona, Actor.de(usuario)),
        "latido": latido(zona),
        "advertencias": _advertencias(usuario, dia),
        "reloj_movible": se_mueve(),
        # Who sets a company up begins there; the others have the section of the header.
        "prepara_datos": administra(usuario) or not membresias(usuario),
    }


def todo_lo_que_espera(usuario, ahora) -> list:
    """What waits for a person in every room, and the changes of contact to approve."""
    de_las_salas = [e for consola in todas() for e in consola.esperan(usuario, ahora)]
    return de_las_salas + correos.esperan(usuario) + contactos.esperan(usuario)


def _propios(usuario) -> list[tuple[int, str]]:
    """(how many, address of exactly those): open cases that this person answers for, by room."""
    suyos = acotar(Expediente.objects.all(), usuario).filter(responsable_id=usuario.pk)
    suyos = suyos.filter(situacion=Situacion.ABIERTO)
    consolas = list(todas())
    columnas = [Contados(suyos.filter(tipo=c.tipo)) for c in consolas]
    cuentas = Usuario.objects.filter(pk=usuario.pk).values_list(*columnas).get()
    consulta = f"?responsable=yo&situacion__exact={Situacion.ABIERTO}"
    filas = zip(cuentas, consolas, strict=True)
    return [(n, reverse(c.lista) + consulta) for n, c in filas if n]


# --- clocks


def del_personal(plazos: QuerySet) -> QuerySet:
    """Open clocks that somebody of staff must meet."""
    return plazos.abiertos().exclude(ajenos())


def filtros_de_plazo(ahora: datetime, zona) -> dict[str, Q]:
    """The groups of the home and of the clock list: late, due today, at risk (past its warning)."""
    fin = a_instante(fin_del_dia(ahora.astimezone(zona).date(), zona))
    return {
        "vencidos": Q(vence_en__lt=ahora),
        "hoy": Q(vence_en__gte=ahora, vence_en__lte=fin),
        "riesgo": Q(vence_en__gt=fin, avisar_en__lte=ahora),
    }


def _por_reloj(plazos, usuario, ahora, zona) -> list[dict]:
    """Per clock of each company: how many are late, due today and at risk, and the first of each.
    `clave` is how the list's filter names the clock."""
    propios = plazos.filter(empresa_id=OuterRef("empresa_id"), codigo=OuterRef("codigo"))
    columnas = {}
    for clave, filtro in filtros_de_plazo(ahora, zona).items():
        grupo = propios.filter(filtro)
        columnas[clave] = Contados(grupo)
        columnas[f"{clave}_desde"] = Subquery(grupo.order_by("vence_en").values("vence_en")[:1])
    politicas = acotar(PoliticaPlazo.objects.filter(es_vigente=True), usuario).exclude(ajenos())
    filas = politicas.order_by().values(
        "empresa_id", "empresa__nombre", "codigo", "nombre", **columnas
    )
    relojes = [{**f, "clave": f"{f['empresa_id']}-{f['codigo']}"} for f in filas]
    relojes = [f for f in relojes if f["vencidos"] or f["hoy"] or f["riesgo"]]
    return sorted(relojes, key=lambda f: (-f["vencidos"], -f["hoy"], -f["riesgo"], f["nombre"]))


def _cifras(relojes, zona, ahora) -> dict:
    """The same of all the clocks together."""
    cifras = {"varias_empresas": len({f["empresa_id"] for f in relojes}) > 1}
    for clave in ("vencidos", "hoy", "riesgo"):
        cifras[clave] = topes.juntos(f[clave] for f in relojes)
        desde = min((f[f"{clave}_desde"] for f in relojes if f[clave]), default=None)
        cifras[f"{clave}_desde"] = fecha_corta(desde, zona, ahora) if desde else ""
    return cifras


GRUPOS = {
    "vencidos": ("Vencidos", "mal", "alerta"),
    "hoy": ("Vencen hoy", "alerta", "reloj"),
    "riesgo": ("En riesgo", "info", "campana"),
}


def _por_urgencia(plazos, cifras, ahora, zona, actor) -> list[dict]:
    q = filtros_de_plazo(ahora, zona)
    # No further than there is something to find: what is not due yet is most of the table.
    cuantos = min(LARGO, sum(cifras[clave] for clave in GRUPOS))
    primeros = plazos.filter(q["vencidos"] | q["hoy"] | q["riesgo"]).order_by("vence_en", "pk")
    filas = list(
        medidos(Plazo.objects.filter(EnClaves(primeros[:cuantos])))
        .select_related("expediente__cliente", "expediente__sede__empresa", "politica")
        .order_by("vence_en", "pk")
    )
    lugares = _lugares([p.expediente for p in filas])
    fin = a_instante(fin_del_dia(ahora.astimezone(zona).date(), zona))
    grupos = {clave: [] for clave in GRUPOS}
    for plazo in filas:
        vencido, hoy = plazo.vence_en < ahora, plazo.vence_en <= fin
        clave = "vencidos" if vencido else "hoy" if hoy else "riesgo"
        grupos[clave].append(_fila(plazo, lugares, ahora, actor))
    return [
        {
            "clave": clave,
            "nombre": nombre,
            "tono": tono,
            "icono": icono,
            "filas": grupos[clave],
            "total": cifras[clave],
        }
        for clave, (nombre, tono, icono) in GRUPOS.items()
        if cifras[clave]
    ]


def _fila(plazo, lugares, ahora, actor) -> dict:
    caso = plazo.expediente
    consola = consola_de(caso.tipo)
    verbo, palabras = (consola.atajos if consola else {}).get(plazo.codigo, ("", ""))
    url = url_de_caso(caso)
    # Who may not do it is not invited to: the folio leads to the case all the same.
    permiso = verbo and sala_de(caso.tipo).caso.permisos.get(verbo)
    verbo = verbo if permiso and permiso(actor, caso) else ""
    return {
        "plazo": plazo,
        "caso": caso,
        "lugar": lugares.get(caso.pk, caso.sede.nombre),
        "url": url,
        "atajo": f"{url}?verbo={verbo}" if verbo else "",
        "palabras": palabras,
        "quedan": lo_que_falta(plazo, plazo.vence_en, caso.sede.tz, ahora),
        "tono": tono_de(plazo.vence_en, ahora, plazo.avisar_en),
        "vence": fecha_corta(plazo.vence_en, caso.sede.tz, ahora),
    }


def url_de_caso(caso) -> str:
    """Address of a case's page in the console; empty if its room has none."""
    consola = consola_de(caso.tipo)
    return reverse(consola.caso, args=[caso.pk]) if consola else ""


def url_de_visita(visita) -> str:
    """Where who goes works on a visit: the room's own screen, else the case's page."""
    consola = consola_de(visita.expediente.tipo)
    if consola and consola.visita:
        return reverse(consola.visita, args=[visita.pk])
    return url_de_caso(visita.expediente)


def _lugares(casos) -> dict[int, str]:
    """Place of each case in its room's words, one query per room."""
    por_tipo: dict[str, list[int]] = {}
    for caso in casos:
        por_tipo.setdefault(caso.tipo, []).append(caso.pk)
    lugares: dict[int, str] = {}
    for tipo, ids in por_tipo.items():
        consola = consola_de(tipo)
        if consola:
            lugares |= consola.donde(ids)
    return lugares


# --- visits


def _visitas(usuario, dia: date, zona) -> QuerySet:
    propias = acotar(Visita.objects.all(), usuario)
    return (
        visitas_del_dia(propias, dia, zona)
        .select_related("expediente__cliente", "expediente__sede__empresa", "persona")
        .order_by("inicia_en")
    )


def visitas_del_dia(visitas: QuerySet, dia: date, zona) -> QuerySet:
    """Those that begin that day on a wall and were not called off: of the home and of its list."""
    desde, hasta = a_instante(comienzo_del_dia(dia, zona)), a_instante(fin_del_dia(dia, zona))
    en_pie = [V.COORDINADA, V.EN_CURSO, V.REALIZADA]
    return visitas.filter(inicia_en__gte=desde, inicia_en__lte=hasta, estado__in=en_pie)


def _con_lugar(visitas, ahora) -> list[dict]:
    filas = list(visitas)
    lugares = _lugares([v.expediente for v in filas])
    return [
        {
            "visita": v,
            "caso": v.expediente,
            "lugar": lugares.get(v.expediente_id, v.expediente.sede.nombre),
            "url": url_de_caso(v.expediente),
            "url_visita": url_de_visita(v),
            "tz": v.expediente.sede.tz,
            "es_ahora": v.inicia_en <= ahora + timedelta(hours=1)
            and v.estado in (V.COORDINADA, V.EN_CURSO),
            "quedan": _empieza(v, ahora),
        }
        for v in filas
    ]


def _empieza(visita, ahora) -> str:
    if visita.estado != V.COORDINADA:
        return visita.get_estado_display().lower()
    resta = int((visita.inicia_en - ahora).total_seconds())
    if resta > 0:
        return f"empieza en {duracion_en_palabras(resta)}"
    return f"debía empezar hace {duracion_en_palabras(-resta)}"


# --- is it alive, and is it well set up?


def latido(zona) -> dict:
    """Heartbeat of the clock sweep, in real time: an alarm after three minutes or without any."""
    vistos = dict(Latido.objects.values_list("nombre", "visto_en"))
    plazos, beat = vistos.get("plazos"), vistos.get("beat")
    ahora = timezone.now()
    return {
        "visto": plazos and plazos.astimezone(zona),
        "hace": plazos and duracion_en_palabras(int((ahora - plazos).total_seconds())),
        "beat": beat and beat.astimezone(zona),
        "alarma": plazos is None or ahora - plazos > ALARMA,
        "sin_beat": beat is None or ahora - beat > ALARMA,
    }


class Advertencia(NamedTuple):
    """What somebody should put in order before it hurts, and where."""

    texto: str
    url: str = ""
    enlace: str = ""


def _advertencias(usuario, dia: date) -> list[Advertencia]:
    empresas = list(acotar(Empresa.objects.filter(es_activa=True), usuario))
    avisos = [
        f"{e.nombre} deja entrar al portal solo con el RUT: cualquiera que lo conozca puede ver "
        "los casos de su dueño."
        for e in empresas
        if not e.exige_codigo
    ]
    if not settings.DEMO:
        avisos += [
            f"El correo remitente de {e.nombre} es de ejemplo ({e.remitente}): cámbialo en sus "
            "datos o sus correos no llegarán."
            for e in empresas
            if e.remitente.endswith(".example")
        ]
    avisos = [Advertencia(texto) for texto in avisos]
    avisos += [
        Advertencia(texto, reverse("admin:empresas_empresa_change", args=[e.pk]), "Completarlo")
        for e in empresas
        if administra(usuario, e.pk) and (consola := de_empresa(e.codigo))
        for texto in consola.advierte(e)
    ]
    calendarios = {e.calendario_id for e in empresas}
    calendarios |= set(
        Sede.objects.filter(empresa__in=empresas, calendario_propio__isnull=False).values_list(
            "calendario_propio_id", flat=True
        )
    )
    # The year that runs, for decrees move days in January too; the next one, from December on.
    for anio in [dia.year] + [dia.year + 1] * (dia.month == 12):
        avisos += _sin_confirmar(calendarios, anio)
    return avisos + _alertas(usuario)


def _alertas(usuario) -> list[Advertencia]:
    """Who administers is told that somebody is trying the doors, in real time."""
    if not administra(usuario):
        return []
    recientes = AlertaAcceso.objects.filter(creado_en__gt=timezone.now() - timedelta(days=1))
    cuantas = acotar(recientes, usuario).count()
    if not cuantas:
        return []
    texto = f"{contar(cuantas, 'alerta', 'alertas')} de acceso en 24 horas."
    return [Advertencia(texto, reverse("admin:accesos_alertaacceso_changelist"), "Ver las alertas")]


def _sin_confirmar(calendarios: set[int], anio: int) -> list[Advertencia]:
    confirmados = ConfirmacionAnual.objects.filter(anio=anio).values("calendario_id")
    faltan = Calendario.objects.filter(pk__in=calendarios).exclude(pk__in=confirmados)
    return [
        Advertencia(
            f"El calendario {c} de {anio} no está confirmado con la lista oficial.",
            reverse("admin:calendario_calendario_anio", args=[c.pk, anio]),
            f"Comparar y confirmar {c}, {anio}",
        )
        for c in faltan
    ]
