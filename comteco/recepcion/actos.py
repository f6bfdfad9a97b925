"""What each verb of the hall writes beyond its own record."""

import re

from comteco.recepcion import direccionamiento, turnos
from comteco.recepcion.models import Atencion, Funcionario
from postventa.expedientes.folios import siguiente as siguiente_numero
from postventa.expedientes.salas import Acto
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado, exigir

REFERENCIA = re.compile(r"[\w\-/. ]{1,40}")


def preparar_informacion(atencion, tramite, actor, datos):
    """Activity 2: what was asked about, and that the brochure was handed over."""
    # What was typed in the search may carry what no text of PostgreSQL can.
    tema = "".join(c for c in str(datos.get("tema") or "") if c.isprintable())
    atencion.tema = datos["tema"] = tema.strip()[:200]
    atencion.dio_folleto = bool(datos.get("folleto", True))


def preparar_ubicacion(atencion, tramite, actor, datos):
    """Activity 3: only what the system knows is located, and where it was that day is kept."""
    fila = datos.get("lugar")
    if fila is None:
        raise DatosInvalidos({"lugar": "Elige a la persona o la unidad que busca."})
    unidad = fila.unidad if isinstance(fila, Funcionario) else fila
    if unidad.empresa_id != atencion.empresa_id:
        raise DatosInvalidos({"lugar": "Elige a la persona o la unidad que busca."})
    atencion.lugar = direccionamiento.ubicado(fila)[:280]


def preparar_credencial(atencion, tramite, actor, datos):
    """Activity 4. The document itself is not written down: only that it was asked for."""
    if datos.get("finalidad") not in Atencion.Finalidad.values:
        raise DatosInvalidos({"finalidad": "Elige para qué entra."})
    if not datos.get("pidio_documento"):
        raise DatosInvalidos({"pidio_documento": "Pide su documento de identificación y márcalo."})
    credencial = exigir(datos, "credencial", "Anota el número de la credencial.").upper()[:20]
    fuera = Atencion.objects.filter(
        sede_id=atencion.sede_id,
        credencial=credencial,
        credencial_dada_en__isnull=False,
        credencial_devuelta_en__isnull=True,
    )
    if fuera.exists():
        raise DatosInvalidos(
            {"credencial": f"La credencial {credencial} no ha vuelto: entrega otra."}
        )
    atencion.finalidad, atencion.credencial = datos["finalidad"], credencial
    atencion.pidio_documento = True


def preparar_destino(atencion, tramite, actor, datos):
    """Activity 5: a row of the table that is in force that day."""
    hoy = tramite.ahora.astimezone(atencion.sede.tz).date()
    destino = datos.get("destino")
    if destino is None or destino not in direccionamiento.vigentes(atencion.empresa_id, hoy):
        raise DatosInvalidos({"destino": "La tabla cambió: elige de nuevo qué busca el cliente."})
    atencion.destino = destino


def preparar_verificacion(atencion, tramite, actor, datos):
    """Activity 6: done in Smartflex by the operator, who writes down its reference."""
    mensaje = "Anota la referencia de la consulta en Smartflex."
    referencia = exigir(datos, "referencia", mensaje)
    if not REFERENCIA.fullmatch(referencia):
        raise DatosInvalidos({"referencia": "Hasta 40 letras, números o guiones."})
    atencion.referencia = referencia
    atencion.cumple_requisitos = bool(datos.get("cumple"))
    atencion.tiene_deuda = bool(datos.get("deuda"))


def preparar_pendientes(atencion, tramite, actor, datos):
    mensaje = "Anota lo que le falta, para decírselo."
    atencion.pendientes = exigir(datos, "pendientes", mensaje)[:600]


def preparar_emision(ficha, tramite, actor, datos):
    """Numbers restart each day of the place, per letter; the counter's row is locked meanwhile."""
    caso = tramite.caso
    ficha.sede, ficha.dia = caso.sede, tramite.ahora.astimezone(caso.sede.tz).date()
    ficha.emitida_en = tramite.ahora
    serie = f"sala-{caso.sede_id}-{ficha.dia:%Y%m%d}-{ficha.prefijo}"
    ficha.numero = siguiente_numero(serie)


def preparar_llamada(ficha, tramite, actor, datos):
    """A desk calls what is its own, one at a time, and only who sits there calls."""
    meson = datos.get("meson")
    if meson is None or meson.sede_id != ficha.sede_id:
        raise DatosInvalidos({"meson": "Elige el mesón que llama."})
    if actor.usuario is None or meson.atiende_id != actor.usuario.pk:
        raise NoAutorizado(f"En {meson} atiende otra persona.")
    if not turnos.le_toca(meson, ficha):
        raise Conflicto(f"{ficha} no es de {meson}.", ficha.estado)
    if turnos.en_mano(meson).exists():
        raise Conflicto("Termina primero con la ficha que tienes.", ficha.estado)
    ficha.meson = meson


def preparar_ausencia(ficha, tramite, actor, datos):
    ficha.es_de_otro_dia = ficha.dia < tramite.ahora.astimezone(tramite.caso.sede.tz).date()


def preparar_derivacion(ficha, tramite, actor, datos):
    unidad = datos.get("unidad")
    if unidad is None or unidad.empresa_id != tramite.caso.empresa_id:
        raise DatosInvalidos({"unidad": "Elige a qué unidad se deriva."})
    if not turnos.hay_meson(ficha.sede_id, unidad, ficha.prefijo):
        raise DatosInvalidos({"unidad": f"En esta sala ningún mesón de {unidad} la llamaría."})
    ficha.deriva_a = unidad


ATENCION = {
    "informar": Acto(preparar=preparar_informacion),
    "ubicar": Acto(preparar=preparar_ubicacion),
    "acreditar": Acto(preparar=preparar_credencial),
    "direccionar": Acto(preparar=preparar_destino),
    "habilitar": Acto(preparar=preparar_verificacion),
    "observar": Acto(preparar=preparar_verificacion),
    "comunicar_pendientes": Acto(preparar=preparar_pendientes),
}
FICHA = {
    "emitir": Acto(preparar=preparar_emision),
    "llamar": Acto(preparar=preparar_llamada),
    "ausentar": Acto(preparar=preparar_ausencia),
    "derivar": Acto(preparar=preparar_derivacion),
}
