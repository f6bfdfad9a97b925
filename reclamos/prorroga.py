"""C-16: the extension of the answer's term, with its reasons and its date, before it ends.

It never moves the legal term of a consumer's claim, which nothing extends (D-08).
"""

from postventa.calendario.horario import ANIO_MAXIMO
from postventa.calendario.palabras import dia_en_palabras
from postventa.calendario.zonas import a_instante, fin_del_dia
from postventa.plazos import reloj
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, exigir
from reclamos.models import Prorroga


def preparar_prorroga(reclamo, tramite, actor, datos):
    motivo = exigir(datos, "motivo", "Expresa los motivos de la demora.")[:1000]
    plazo = _plazo(tramite)
    if plazo is None or plazo.vence_en < tramite.ahora:
        raise Conflicto("El plazo ya venció: la prórroga se avisa antes.", reclamo.estado)
    fecha = datos.get("nueva_fecha_el")
    if fecha is None or fecha.year > ANIO_MAXIMO:
        raise DatosInvalidos({"nueva_fecha_el": "Señala la fecha en que se dará respuesta."})
    vence_en = a_instante(fin_del_dia(fecha, reclamo.sede.tz))
    if vence_en <= plazo.vence_en:
        actual = plazo.vence_en.astimezone(reclamo.sede.tz).date()
        raise DatosInvalidos(
            {"nueva_fecha_el": f"Señala una fecha posterior al {dia_en_palabras(actual)}."}
        )
    datos |= {"motivo": motivo, "vencia_en": plazo.vence_en, "vence_en": vence_en}


def prorrogar(reclamo, tramite, actor, datos):
    plazo = _plazo(tramite)
    dia = dia_en_palabras(datos["nueva_fecha_el"])
    nuevo = reloj.prorrogar(
        plazo,
        reclamo.sede,
        datos["vence_en"],
        tramite.ahora,
        actor.nombre,
        f"Prórroga avisada al reclamante, hasta el {dia}. {datos['motivo']}",
    )
    tramite.plazos.append(nuevo)
    Prorroga.objects.create(
        reclamo=reclamo,
        motivo=datos["motivo"],
        vencia_en=datos["vencia_en"],
        vence_en=datos["vence_en"],
        por=actor.usuario,
        en=tramite.ahora,
    )


def _plazo(tramite):
    return max(tramite.abiertos("respuesta"), key=lambda p: p.ordinal, default=None)
