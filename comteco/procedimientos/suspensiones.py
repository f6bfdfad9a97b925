"""D) Suspension: one a year and of four months at most, and the day on which it ends by itself."""

from datetime import date

from comteco.procedimientos.flujos.base import P
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.opciones import Pide
from comteco.procedimientos.requisitos import hoy
from postventa.calendario.habiles import sumar_meses
from postventa.calendario.palabras import dia_en_palabras
from postventa.calendario.zonas import a_instante, comienzo_del_dia
from postventa.expedientes.models import Expediente
from postventa.plazos import reloj
from postventa.plazos.models import ABIERTOS
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, exigir

DOS_EN_UN_ANIO = "No se puede realizar dos suspensiones en un año."
ANIO_TOPE = 2100


def del_producto(tramite):
    """Suspensions registered for that product number."""
    return Tramite.objects.filter(
        empresa_id=tramite.empresa_id, producto=tramite.producto, desde_el__isnull=False
    ).exclude(estado=P.ANULADO)


def previas(tramite, anio: int):
    """Those of a calendar year, but for this one."""
    return del_producto(tramite).exclude(pk=tramite.pk).filter(desde_el__year=anio)


def vigente_de(tramite):
    """The suspension of that product that has not ended; None if there is none here."""
    suyas = del_producto(tramite).filter(estado=P.OK, habilitado_en__isnull=True)
    return suyas.order_by("-pk").first()


def bloquear(nombre: str, tramite, verbo: str) -> None:
    """Of one product only one at a time is registered or moved. Cases by pk, as everywhere."""
    if verbo in ("d7_digitar_suspension", "d9_cambiar_fecha"):
        suyos = Tramite.objects.filter(empresa_id=tramite.empresa_id, producto=tramite.producto)
        pks = list(suyos.filter(procedimiento="D").order_by().values_list("pk", flat=True))
        consulta = Expediente.objects.select_for_update(no_key=True).order_by("pk")
        list(consulta.filter(pk__in=pks).values_list("pk", flat=True))


def contar(tramite, puerta, actor, datos):
    """D3: first time in the year, by what is registered; nobody types it."""
    anio = hoy(tramite, puerta).year
    tramite.es_primera_vez = not previas(tramite, anio).exists()


def autorizar(tramite, puerta, actor, datos):
    """The head of the division lets a second one through, and says why."""
    tramite.motivo_autorizacion = exigir(datos, "motivo", "Escribe por qué se autoriza.")[:1000]
    tramite.autorizado_por = actor.usuario


def maximo(tramite) -> int:
    """Months at most, of the policy in force: the document says four."""
    return reloj.politica_vigente(tramite.empresa_id, "suspension").cantidad


def revisar_fechas(tramite, puerta, actor, datos):
    """D7.1, D7.2 and annex 5."""
    desde, hasta, meses = datos.get("desde_el"), datos.get("hasta_el"), maximo(tramite)
    errores = {}
    for campo, valor in (("desde_el", desde), ("hasta_el", hasta)):
        if not isinstance(valor, date):
            errores[campo] = "Anota la fecha de la carta."
        elif valor.year > ANIO_TOPE:
            errores[campo] = "Revisa el año."
    if errores:
        raise DatosInvalidos(errores)
    if desde < hoy(tramite, puerta):
        raise DatosInvalidos({"desde_el": "La suspensión empieza hoy o después."})
    if hasta <= desde:
        raise DatosInvalidos({"hasta_el": "La reconexión va después del inicio."})
    if hasta > sumar_meses(desde, meses):
        tope = dia_en_palabras(sumar_meses(desde, meses), con_anio=True)
        raise DatosInvalidos(
            {"hasta_el": f"Tiempo máximo de suspensión: máximo {meses} meses. Hasta el {tope}."}
        )
    if tramite.autorizado_por_id is None and previas(tramite, desde.year).exists():
        raise DatosInvalidos({"desde_el": f"{DOS_EN_UN_ANIO} Ya tiene una en {desde.year}."})
    otra = vigente_de(tramite)
    if otra is not None and otra.hasta_el > desde:
        raise DatosInvalidos({"desde_el": f"Ya está suspendido por el trámite {otra.folio}."})
    tramite.desde_el, tramite.hasta_el = desde, hasta


def fin(tramite):
    """Last second of the suspension: the service is enabled from the first of its date."""
    return a_instante(comienzo_del_dia(tramite.hasta_el, tramite.sede.tz) - 1)


def fijar_fin(tramite, plazo):
    """The clock of a suspension ends when the customer asked, within the four months."""
    if plazo.vence_en != fin(tramite):
        plazo.vence_en = plazo.proximo_en = fin(tramite)
        plazo.proximo_en += reloj.UN_SEGUNDO
        plazo.avisar_en, plazo.es_pactado = None, True
        plazo.explicacion = _porque(tramite)
        plazo.save()


def _porque(tramite) -> str:
    return (
        f"Suspendido desde el {dia_en_palabras(tramite.desde_el, con_anio=True)}: se habilita "
        f"automáticamente el {dia_en_palabras(tramite.hasta_el, con_anio=True)}."
    )


def buscar(tramite, puerta, actor, datos):
    """D2: a reconnection ends the suspension that the product has, if it was registered here."""
    if not tramite.pide:
        raise DatosInvalidos({"pide": "No dice qué pide: anule este trámite y abra otro."})
    if tramite.pide == Pide.RECONEXION:
        tramite.suspension = vigente_de(tramite)


def revisar_nueva_fecha(tramite, puerta, actor, datos):
    """D9: from today on, and never beyond the four months of the suspension."""
    nueva, dia = datos.get("hasta_el"), hoy(tramite, puerta)
    if not isinstance(nueva, date) or nueva.year > ANIO_TOPE:
        raise DatosInvalidos({"hasta_el": "Anota la nueva fecha de reconexión."})
    if nueva < dia:
        raise DatosInvalidos({"hasta_el": "La reconexión es hoy o después."})
    tramite.hasta_el, suya = nueva, tramite.suspension
    if suya is None:
        return
    suya.refresh_from_db(fields=["desde_el", "hasta_el", "habilitado_en"])
    if suya.habilitado_en is not None:
        raise Conflicto("El servicio ya se habilitó.", tramite.estado)
    if dia < nueva <= suya.desde_el:
        raise DatosInvalidos(
            {"hasta_el": "Todavía no empieza: para dejarla sin efecto, la reconexión es hoy."}
        )
    meses = maximo(tramite)
    if nueva > sumar_meses(suya.desde_el, meses):
        tope = dia_en_palabras(sumar_meses(suya.desde_el, meses), con_anio=True)
        raise DatosInvalidos(
            {"hasta_el": f"Tiempo máximo de suspensión: máximo {meses} meses. Hasta el {tope}."}
        )


def mover(tramite, puerta, actor, datos):
    tramite.hasta_el = datos.get("hasta_el")


def mover_reloj(tramite, puerta, actor, datos):
    """Its clock, in the place of the former one."""
    for plazo in puerta.plazos:
        if plazo.codigo == "suspension" and plazo.estado in ABIERTOS:
            nuevo = reloj.prorrogar(
                plazo, tramite.sede, fin(tramite), puerta.ahora, actor.nombre, _porque(tramite)
            )
            puerta.plazos.append(nuevo)
            break
