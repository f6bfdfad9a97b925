"""Who looks at boards, and what of: cut in the one place that cuts everything."""

from django.db.models import QuerySet

from postventa.consola.alcances import acotar, vedados_de
from postventa.consola.contexto import enteras, membresias
from postventa.empresas.models import Empresa, Sede
from postventa.expedientes.models import Expediente, Movimiento
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.plazos.models import Plazo
from postventa.tableros.hechos import Fuentes
from postventa.tableros.lectura import Mirada
from postventa.tableros.models import Resumen

MIRAN = (Rol.GERENTE, Rol.JEFE, Rol.ADMINISTRADOR)


def mira_tableros(usuario) -> bool:
    """Has one of the boards' roles somewhere; asks the database nothing."""
    return usuario.is_superuser or any(m.rol in MIRAN for m in membresias(usuario))


def cortar(consulta: QuerySet, usuario) -> QuerySet:
    """Only what that person's board counts: of where they have one of its roles."""
    return acotar(consulta, usuario, () if usuario.is_superuser else MIRAN)


def empresas_de(usuario) -> list[Empresa]:
    """The companies of whose board that person reads something, by name."""
    if usuario.is_superuser:
        return list(Empresa.objects.filter(es_activa=True).order_by("nombre"))
    suyas = {m.empresa_id: m.empresa for m in membresias(usuario) if m.rol in MIRAN}
    return sorted(suyas.values(), key=lambda e: e.nombre)


def mirada_de(usuario, empresas: list[Empresa], sede: int | None = None) -> Mirada:
    """What `usuario` may look at of those of their companies, and of one place if asked for."""
    ids = [e.pk for e in empresas]
    por_codigo = {e.codigo: e.pk for e in empresas}
    de_la_empresa = Membresia.objects.filter(empresa_id__in=ids).values("usuario_id")
    return Mirada(
        empresas=empresas,
        enteras=set(ids) if usuario.is_superuser else enteras(usuario, *MIRAN),
        fuentes=Fuentes(
            cortar(Plazo.objects.filter(empresa_id__in=ids), usuario),
            cortar(Movimiento.objects.all(), usuario),
        ),
        casos=cortar(Expediente.objects.filter(empresa_id__in=ids), usuario),
        resumen=cortar(Resumen.objects.all(), usuario),
        sedes=cortar(Sede.objects.filter(empresa_id__in=ids), usuario),
        personas=Usuario.objects.filter(pk__in=de_la_empresa),
        ocultos={
            por_codigo[codigo]: suyos
            for codigo, suyos in vedados_de(usuario)
            if codigo in por_codigo
        },
        sede=sede,
    )
