"""Word of a second factor that somebody else took away: nobody does it to a colleague unseen."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from postventa.avisos import outbox
from postventa.calendario.palabras import fecha_en_palabras
from postventa.empresas.models import Empresa
from postventa.personas.models import Rol, Usuario

AVISO = "segundo_paso_quitado"


def de_quitado(persona: Usuario, por: Usuario | None, motivo: str, ahora: datetime) -> None:
    """Tell the person and everybody else who administers their companies, at once; `por` None is
    who did it on the server. Call it in the transaction of the act."""
    suyas = list(Empresa.objects.filter(membresias__usuario=persona).distinct().order_by("pk"))
    # Of everybody and of nobody: the company that was here first lends its name.
    empresas = suyas or list(Empresa.objects.order_by("pk")[:1])
    if not empresas:
        return
    administran = Q(is_superuser=True) | Q(
        membresias__rol=Rol.ADMINISTRADOR, membresias__empresa__in=suyas
    )
    otros = Usuario.objects.filter(administran, is_active=True).exclude(email="").distinct()
    otros = otros.exclude(pk__in=[persona.pk, por.pk if por else 0])
    empresa = empresas[0]
    datos = {
        "persona": str(persona),
        "cuenta": persona.username,
        "por": str(por) if por else "",
        "motivo": motivo,
        "cuando": fecha_en_palabras(ahora, ZoneInfo(empresa.zona), con_anio=True),
    }
    outbox.encolar(
        [
            outbox.nuevo(
                empresa.pk,
                AVISO,
                f"{AVISO}:{persona.pk}:{ahora.isoformat()}:{quien.pk}",
                (str(quien), quien.email),
                {**datos, "es_suyo": quien == persona},
                ahora,
            )
            for quien in [persona, *otros.order_by("pk")]
        ]
    )
