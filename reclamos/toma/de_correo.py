"""A mail to legal, taken in as a complaint: what it seems to say, for staff to confirm."""

from urllib.parse import urlencode

from django.urls import reverse

from postventa.consola.toma import de_correo
from postventa.entrada.models import CorreoEntrante
from reclamos.models import Canal
from reclamos.toma.forms import RECIBIR


def url_de(correo: CorreoEntrante) -> str:
    """Where that mail is taken in: of whom its address is, or of somebody to be found."""
    if correo.cliente_id:
        ruta, mas = reverse("admin:capera_recepcion_de", args=[correo.cliente_id]), {}
    else:
        ruta, mas = reverse("admin:capera_recepcion"), {"q": correo.de_nombre or correo.de}
    return f"{ruta}?{urlencode({**mas, 'correo': correo.pk})}"


def correo_de(request) -> CorreoEntrante | None:
    return de_correo.por_tomar(request, "capera")


def inicial(correo: CorreoEntrante, sedes) -> dict:
    """First values of the form. The place only if the mail names one of this person's."""
    dicho = correo.propuesto
    sede = next((s for s in sedes if s.pk == dicho.get("proyecto")), None)
    llegada = correo.recibido_en.astimezone((sede or sedes[0]).tz) if sedes else None
    # What is still unknown is asked for later: a mail rarely brings a) to e) whole.
    return {
        "canal": Canal.CORREO,
        "como": RECIBIR,
        "motivo": correo.asunto,
        "hechos": (dicho.get("requerimiento") or correo.texto)[:6000],
        "predio": dicho.get("unidad", ""),
        "nombre": correo.de_nombre,
        "correo_personal": correo.de,
        "telefono": dicho.get("telefonos", "").partition(",")[0],
        **({"sede": sede.pk} if sede else {}),
        **({"recibida_el": llegada.date(), "recibida_a_las": llegada.time()} if llegada else {}),
    }
