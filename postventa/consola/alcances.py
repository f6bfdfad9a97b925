"""Which company each model belongs to: the one place that cuts every queryset of the console.

A model that nobody declared cannot be listed, chosen or searched: it raises, it never leaks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from postventa.accesos.models import AlertaAcceso
from postventa.avisos.models import Aviso
from postventa.calendario.models import Calendario, ConfirmacionAnual, Feriado, Jornada, Tramo
from postventa.consola.contexto import enteras, membresias
from postventa.empresas.models import Empresa, Sede
from postventa.entrada.models import CorreoEntrante
from postventa.expedientes.models import CambioMaestro, Expediente, Movimiento
from postventa.expedientes.salas import todas as salas
from postventa.personas.documentos import TipoDocumento
from postventa.personas.models import Cliente, Membresia, Usuario
from postventa.personas.permisos import alcance, empresas_de
from postventa.plazos.models import Plazo, PoliticaPlazo
from postventa.tableros.models import Resumen
from postventa.tramitacion.models import PlazoRecalculado, Recalculo
from postventa.visitas.models import Visita


@dataclass(frozen=True)
class Alcance:
    """`empresa` and `sede` lead from the model to their ids ("" where it has none); `filtro`
    replaces them where a path is not enough: function(usuario) -> Q. `casos` lead to the
    ids of the cases that a row speaks of. `duenio` is the field by which a case names a row that
    is more than its cases: it is hidden only with all of them; without any, if it is `de_paso`.
    `persona` names who seems to write a row of no case yet: it is hidden with that customer.
    `escrito` names two fields, model and id, by which a row speaks of rows of another model."""

    empresa: str = "empresa_id"
    sede: str = ""
    filtro: Callable[[Usuario], Q] | None = None
    casos: tuple[str, ...] = ()
    duenio: str = ""
    de_paso: Q | None = None
    persona: str = ""
    escrito: tuple[str, str] | None = None


_ALCANCES: dict[type[Model], Alcance] = {}
_USOS: set[tuple[str, type[Model], str, str]] = set()


def declarar(
    modelo: type[Model], empresa="empresa_id", sede="", filtro=None, casos=(), **mas
) -> None:
    """Say to which company (and place, and cases) the rows of a model belong."""
    _ALCANCES[modelo] = Alcance(empresa, sede, filtro, casos, **mas)


def declarar_uso(que: str, modelo: type[Model], campo: str, empresa: str) -> None:
    """Say that rows of a room's model use a shared calendar or jornada (`que`): where its id
    (`campo`) and that of the company (`empresa`) are."""
    _USOS.add((que, modelo, campo, empresa))


def alcance_de(modelo: type[Model]) -> Alcance:
    """The declared scope; ImproperlyConfigured if nobody declared one."""
    try:
        return _ALCANCES[modelo]
    except KeyError:
        raise ImproperlyConfigured(
            f"{modelo.__name__} no declara a qué empresa pertenece"
        ) from None


def acotar(consulta: QuerySet, usuario: Usuario, roles: tuple[str, ...] = ()) -> QuerySet:
    """Return `consulta` cut to what `usuario` may see; with `roles`, to where they hold one: what
    is of no place, only where they hold it for the whole company."""
    donde = alcance_de(consulta.model)
    consulta = _sin_vedados(consulta, usuario, donde)
    if roles and not donde.sede:
        return consulta.filter(**{f"{donde.empresa}__in": enteras(usuario, *roles)})
    if roles:
        return consulta.filter(alcance(usuario, donde.empresa, donde.sede, roles))
    if usuario.is_superuser:
        return consulta
    if donde.filtro:
        return consulta.filter(donde.filtro(usuario))
    return consulta.filter(alcance(usuario, empresa=donde.empresa, sede=donde.sede))


def _sin_vedados(consulta, usuario, donde) -> QuerySet:
    """Without the cases that those rooms keep from that person, nor who has no others."""
    if not (donde.casos or donde.duenio or donde.escrito):
        return consulta
    vedados = [suyos for _, suyos in vedados_de(usuario)]
    for suyos in vedados:
        for caso in donde.casos:
            consulta = consulta.exclude(**{f"{caso}__in": suyos})
    if vedados and donde.duenio:
        consulta = consulta.filter(~_ocultos(vedados, donde))
    if vedados and donde.persona:
        de_el = Cliente.objects.order_by().filter(_ocultos(vedados, alcance_de(Cliente)))
        sin_caso = {f"{caso}__isnull": True for caso in donde.casos}
        consulta = consulta.exclude(**sin_caso, **{f"{donde.persona}__in": de_el.values("pk")})
    if vedados and donde.escrito:
        modelo, clave = donde.escrito
        for duenio, suyo in [(m, a) for m, a in _ALCANCES.items() if a.duenio]:
            de_el = duenio.objects.order_by().filter(_ocultos(vedados, suyo))
            de_el = de_el.annotate(en_letras=Cast("pk", CharField())).values("en_letras")
            etiqueta = duenio._meta.label_lower
            consulta = consulta.exclude(**{modelo: etiqueta, f"{clave}__in": de_el})
    return consulta


def _ocultos(vedados, donde) -> Q:
    """Rows all of whose cases are kept from that person."""
    suyos = Expediente.objects.filter(**{donde.duenio: OuterRef("pk")}).order_by()
    de_estos = Q()
    for pks in vedados:
        de_estos |= Q(pk__in=pks)
    ocultos = Exists(suyos.filter(de_estos)) & ~Exists(suyos.exclude(de_estos))
    return ocultos | (donde.de_paso & ~Exists(suyos)) if donde.de_paso else ocultos


def vedados_de(usuario) -> list[tuple[str, QuerySet]]:
    """(code of a company, ids of its cases kept from that person), of each room that keeps any."""
    return [
        (sala.empresa, sala.vedados(usuario))
        for sala in salas()
        if sala.vedados and _trabaja_con(usuario, sala.empresa)
    ]


def _trabaja_con(usuario, codigo: str) -> bool:
    suyas = {m.empresa.codigo for m in membresias(usuario)}
    return usuario.is_superuser or codigo in suyas


def empresa_id_de(objeto: Model) -> int | None:
    """Company id of a row; None for data that companies share."""
    return _seguir(objeto, alcance_de(type(objeto)).empresa)


def sede_id_de(objeto: Model) -> int | None:
    """Place id of a row; None for what belongs to a company as a whole."""
    return _seguir(objeto, alcance_de(type(objeto)).sede)


def _seguir(objeto, camino: str) -> int | None:
    valor = objeto
    for paso in camino.split("__") if camino else ():
        valor = getattr(valor, paso, None)
        if valor is None:
            return None
    return None if valor is objeto else valor


def _usuarios(usuario):
    """Staff of the same companies."""
    de_las_suyas = Membresia.objects.filter(empresa_id__in=empresas_de(usuario))
    return Q(pk__in=de_las_suyas.values("usuario_id"))


def usos(campo: str) -> dict[int, set[int]]:
    """Companies that use each calendar or jornada (`campo`), directly, in one of their places
    or as a room of theirs declared."""
    propio = {"calendario": "calendario_propio", "jornada": "jornada_propia"}[campo]
    filas = [
        *Empresa.objects.values_list(f"{campo}_id", "pk"),
        *Sede.objects.exclude(**{propio: None}).values_list(f"{propio}_id", "empresa_id"),
        *(
            PoliticaPlazo.objects.filter(jornada__isnull=False).values_list(
                "jornada_id", "empresa_id"
            )
            if campo == "jornada"
            else ()
        ),
        *(
            fila
            for que, modelo, suyo, empresa in _USOS
            if que == campo
            for fila in modelo.objects.order_by().values_list(suyo, empresa)
        ),
    ]
    padres = dict(Calendario.objects.values_list("pk", "padre_id")) if campo != "jornada" else {}
    usadas: dict[int, set[int]] = {}
    for pk, empresa_id in filas:
        while pk is not None and empresa_id not in usadas.setdefault(pk, set()):
            usadas[pk].add(empresa_id)
            pk = padres.get(pk)
    return usadas


def _compartidos(campo, prefijo=""):
    """Own calendars and jornadas, and those that nobody uses yet."""

    def filtro(usuario):
        propias = empresas_de(usuario)
        ajenas = [pk for pk, empresas in usos(campo).items() if not empresas & propias]
        return ~Q(**{f"{prefijo}pk__in": ajenas})

    return filtro


def _recalculos(usuario):
    """Those of one's own calendars and jornadas."""
    calendarios, jornadas = (
        _compartidos(campo, f"{campo}__")(usuario) for campo in ("calendario", "jornada")
    )
    return Q(calendario__isnull=False) & calendarios | Q(jornada__isnull=False) & jornadas


def _propias_o_de_nadie(usuario):
    """Of one's own companies, and what happened at the staff's door to nobody's account."""
    return Q(empresa_id__in=empresas_de(usuario)) | Q(empresa_id=None, usuario_id=None)


declarar(Empresa, "pk")
declarar(Sede, "empresa_id", "pk")
declarar(Usuario, "", filtro=_usuarios)
declarar(Membresia)
# Who had no document, and turned out to be on file, left a row that nothing names any more.
declarar(Cliente, duenio="cliente", de_paso=Q(tipo_documento=TipoDocumento.SIN))
declarar(Calendario, "", filtro=_compartidos("calendario"))
declarar(Feriado, "", filtro=_compartidos("calendario", "calendario__"))
declarar(ConfirmacionAnual, "", filtro=_compartidos("calendario", "calendario__"))
declarar(Jornada, "", filtro=_compartidos("jornada"))
declarar(Tramo, "", filtro=_compartidos("jornada", "jornada__"))
declarar(PoliticaPlazo)
declarar(Resumen, "empresa_id", "sede_id")
declarar(Plazo, "empresa_id", "expediente__sede_id", casos=("expediente_id",))
declarar(Recalculo, "", filtro=_recalculos)
declarar(PlazoRecalculado, "plazo__empresa_id", "expediente__sede_id", casos=("expediente_id",))
# A digest is of no case, and tells those of the messages that went in it.
declarar(Aviso, "empresa_id", "expediente__sede_id", casos=("expediente_id", "va__expediente_id"))
declarar(Expediente, "empresa_id", "sede_id", casos=("pk",))
declarar(Movimiento, "expediente__empresa_id", "expediente__sede_id", casos=("expediente_id",))
declarar(CorreoEntrante, casos=("expediente_id",), persona="cliente_id")
declarar(CambioMaestro, escrito=("modelo", "objeto_id"))
declarar(AlertaAcceso, filtro=_propias_o_de_nadie)
declarar(Visita, "expediente__empresa_id", "expediente__sede_id", casos=("expediente_id",))
