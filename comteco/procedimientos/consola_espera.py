"""What waits for each of COMTECO's staff, with the way to where it is done."""

from django.db.models import F, Q
from django.urls import reverse

from comteco.procedimientos.flujos.base import CAJAS, FINALES, P
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.permisos import ASESOR, CAJA, JEFE
from postventa.calendario.palabras import fecha_corta
from postventa.consola.alcances import acotar
from postventa.consola.contexto import membresias
from postventa.consola.salas import Espera
from postventa.personas.models import Membresia

EMPRESA = "comteco"
LARGO = 40


def puestos(usuario, *roles: str) -> list[Membresia]:
    """Memberships of a person in COMTECO, with one of those roles if any is given."""
    suyas = [m for m in membresias(usuario) if m.empresa.codigo == EMPRESA]
    return [m for m in suyas if not roles or m.rol in roles]


def _alli(suyos) -> Q:
    donde = Q(pk__in=[])
    for m in suyos:
        donde |= Q(sede_id=m.sede_id) if m.sede_id else ~Q(pk__in=[])
    return donde


def esperan(usuario, ahora) -> list[Espera]:
    """One's own open trámites, whoever is at the till, and what the head decides."""
    asesor, caja, jefe = (puestos(usuario, rol) for rol in (ASESOR, CAJA, JEFE))
    if not (asesor or caja or jefe):
        return []
    que = Q(pk__in=[])
    if asesor:
        que |= Q(responsable=usuario) & ~Q(estado__in=(*CAJAS, *FINALES))
    que |= _alli(caja) & Q(estado__in=CAJAS)
    que |= _alli(jefe) & Q(estado=P.D4)
    casos = (
        acotar(Tramite.objects.all(), usuario)
        .filter(que)
        .select_related("cliente", "sede__empresa")
        .order_by(F("proximo_vence_en").asc(nulls_last=True), "creado_en", "pk")
    )
    return [_fila(caso, usuario, ahora) for caso in casos[:LARGO]]


def _fila(t, usuario, ahora) -> Espera:
    boton = "Seguir"
    if t.estado in CAJAS:
        boton = "Cobrar"
    elif t.estado == P.D4 and t.responsable_id != usuario.pk:
        boton = "Decidir"
    titulo = t.get_estado_display()
    if t.estado in CAJAS:
        titulo = f"Cobrar {t.importe_en_palabras}"
    partes = [t.folio, t.cliente.nombre, f"producto {t.producto}"]
    if t.proximo_vence_en:
        partes.append(f"vence {fecha_corta(t.proximo_vence_en, t.sede.tz, ahora)}")
    url = reverse("admin:procedimientos_tramite_change", args=[t.pk])
    return Espera(titulo, " · ".join(partes), url, boton)
