"""Taking in a request: its number and, in the same call, its inspection (G-02, G-03)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from postventa.calendario import hora
from postventa.expedientes.folios import folio_de
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import DatosInvalidos
from tickets.ingevec.actos_visita import pauta_de
from tickets.ingevec.models import Canal, Requerimiento, Solicitud
from tickets.inmuebles import visitas
from tickets.inmuebles.models import Proyecto, Unidad

SIN_HORA = "Elige una hora de inspección, o explica por qué queda sin ella."


def ingresar(
    unidad: Unidad,
    cliente: Cliente,
    por: Usuario | Cliente,
    *,
    nonce: UUID,
    canal: str,
    llamante: str,
    telefonos: str,
    requerimientos: list[Requerimiento] = (),
    consulta: str = "",
    urgencia: str = "",
    relacion: str = "propietario",
    cupo: dict | None = None,
    sin_hora: str = "",
    fotos: dict[int, list[int]] | None = None,
    ahora: datetime | None = None,
) -> Solicitud:
    """Turn a call, a mail or a web request into a solicitud, in one transaction (G-T01, G-T02).

    `cupo` is what `agendar_inspeccion` takes (inicia_en, persona and, if the hour is not one of
    the term's, its exception); without one a requerimiento that is not urgent needs `sin_hora`,
    the reason. The same `nonce` twice returns the first solicitud. DatosInvalidos names the field;
    then nothing is written, and the hour is nobody's.
    """
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic():
        repetida = Solicitud.objects.filter(nonce=nonce).first()
        if repetida:
            return repetida
        solicitud = _nueva(
            unidad,
            ahora,
            cliente=cliente,
            canal=canal,
            nonce=nonce,
            clase=Solicitud.Clase.CONSULTA if consulta else Solicitud.Clase.REQUERIMIENTO,
            llamante=llamante.strip()[:120],
            relacion=relacion,
            telefonos=telefonos.strip()[:120],
            consulta=consulta.strip(),
            urgencia=urgencia,
            recibida_por=por if isinstance(por, Usuario) else None,
        )
        solicitud.por_ingresar = list(requerimientos)
        if not (consulta or urgencia or cupo):
            _exigir_razon(canal, sin_hora)
        se_agenda = bool(cupo) and not consulta and not urgencia
        if se_agenda:
            _exigir_libre(solicitud, cupo)
        datos = {"fotos": fotos or {}, "con_hora": se_agenda, "sin_hora": sin_hora.strip()[:300]}
        solicitud = tramitar(solicitud, "ingresar", por, canal=canal, ahora=ahora, **datos)
        if not se_agenda:
            return solicitud
        return tramitar(solicitud, "agendar_inspeccion", por, canal=canal, ahora=ahora, **cupo)


def _exigir_razon(canal, sin_hora) -> None:
    """G-03: the hour is given in the same call; a mail is called back."""
    if canal != Canal.CORREO and not sin_hora.strip():
        raise DatosInvalidos({"cupo": SIN_HORA})


def _exigir_libre(solicitud, cupo) -> None:
    """Who lost the hour is told before writing anything: the next call waits for this number."""
    inicia, persona = cupo.get("inicia_en"), cupo.get("persona")
    if inicia and persona:
        dura = pauta_de(solicitud).dura_inspeccion
        visitas.exigir_libre(persona, inicia, inicia + dura)


def _nueva(unidad, ahora, **campos) -> Solicitud:
    proyecto = Proyecto.objects.select_related(
        "empresa__calendario", "empresa__jornada", "calendario_propio", "jornada_propia"
    ).get(pk=unidad.proyecto_id)
    return Solicitud(
        tipo="ingevec",
        folio=folio_de(proyecto.empresa, ahora.astimezone(proyecto.tz).year),
        empresa=proyecto.empresa,
        sede=proyecto,
        unidad=unidad,
        **campos,
    )
