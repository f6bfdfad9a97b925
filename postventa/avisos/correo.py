"""Rendering one message and handing it to the mail back end."""

import re
import smtplib
import socket
from collections.abc import Callable
from email.utils import formataddr

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.encoding import punycode

from postventa.avisos.models import Aviso


class Temporal(Exception):
    """Try again later."""


class Permanente(Exception):
    """Never will be delivered as it is."""


class Caducado(Exception):
    """It no longer makes sense to send it (an access code that ran out)."""


# A message whose secret is never stored: tipo -> function(datos) -> extra facts, at send time.
_AL_ENVIAR: dict[str, Callable[[dict], dict]] = {}


def al_enviar(tipo: str, funcion: Callable[[dict], dict]) -> None:
    """Register the facts of `tipo` that exist only while it is being sent."""
    _AL_ENVIAR[tipo] = funcion


# Small files that go with a message, made from its stored facts: tipo -> function(aviso) ->
# [(name, content, MIME type)]. The same row always gives the same bytes.
_ADJUNTOS: dict[str, Callable[[Aviso], list[tuple[str, bytes, str]]]] = {}


def al_adjuntar(tipo: str, funcion: Callable[[Aviso], list[tuple[str, bytes, str]]]) -> None:
    """Register the files of `tipo`."""
    _ADJUNTOS[tipo] = funcion


# What a room does when a message of its own will never arrive: tipo -> function(aviso).
_AL_FALLAR: dict[str, Callable[[Aviso], None]] = {}


def al_fallar(tipo: str, funcion: Callable[[Aviso], None]) -> None:
    """Register what follows when a message of `tipo` fails for good, in the same transaction."""
    _AL_FALLAR[tipo] = funcion


def fallar(aviso: Aviso) -> None:
    """Do what follows of a message that failed for good, if its room registered anything."""
    if aviso.tipo in _AL_FALLAR:
        _AL_FALLAR[aviso.tipo](aviso)


def renderizar(aviso: Aviso) -> EmailMultiAlternatives:
    """Return the message ready to send. Templates: `correos/<tipo>.txt` and `.html`.

    The first line of the text is `Asunto: ...`. Raises whatever the template raises.
    """
    empresa, contexto = aviso.empresa, _contexto(aviso)
    asunto, cuerpo = _texto(aviso, contexto)
    mensaje = EmailMultiAlternatives(
        subject=asunto,
        # What a template leaves out leaves no hole.
        body=re.sub(r"\n{3,}", "\n\n", cuerpo.strip()) + "\n",
        from_email=formataddr((_en_una_linea(empresa.nombre), empresa.remitente)),
        to=[formataddr((_en_una_linea(aviso.nombre), _en_ascii(aviso.destino)))],
        headers={
            # Stable: a mail sent twice is the same mail (RF-03).
            "Message-ID": f"<aviso-{aviso.pk}@{empresa.remitente.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mensaje.attach_alternative(
        render_to_string(f"correos/{aviso.tipo}.html", {**contexto, "asunto": asunto}),
        "text/html",
    )
    for adjunto in _ADJUNTOS[aviso.tipo](aviso) if aviso.tipo in _ADJUNTOS else ():
        mensaje.attach(*adjunto)
    return mensaje


def asunto_de(aviso: Aviso) -> str:
    """Its first line. Caducado if it makes no sense any more."""
    return _texto(aviso, _contexto(aviso))[0]


def _contexto(aviso: Aviso) -> dict:
    return {
        **aviso.datos,
        **(_AL_ENVIAR[aviso.tipo](aviso.datos) if aviso.tipo in _AL_ENVIAR else {}),
        "empresa": aviso.empresa,
        "expediente": aviso.expediente,
        "nombre": aviso.nombre,
        "sitio": settings.SITE_URL,
    }


def _texto(aviso: Aviso, contexto: dict) -> tuple[str, str]:
    texto = render_to_string(f"correos/{aviso.tipo}.txt", contexto)
    asunto, _, cuerpo = texto.partition("\n")
    return " ".join(asunto.removeprefix("Asunto:").split()), cuerpo


def _en_ascii(destino: str) -> str:
    """The address with its domain as servers write it: `correo.中国` is `correo.xn--fiqs8s`."""
    usuario, _, dominio = destino.rpartition("@")
    return f"{usuario}@{punycode(dominio)}"


def _en_una_linea(texto: str) -> str:
    """A name fit for a header: no control characters (TM-25)."""
    return " ".join("".join(c if c.isprintable() else " " for c in texto).split())


def enviar(aviso: Aviso) -> str:
    """Send one message and return its subject; its row keeps what the provider calls it.

    Raises Temporal (4xx, connection, credentials, provider 429/5xx) or Permanente (5xx, refused
    or malformed address).
    """
    try:
        validate_email(aviso.destino)
    except ValidationError:
        raise Permanente("La dirección está mal escrita") from None
    mensaje = renderizar(aviso)
    try:
        mensaje.send()
    except smtplib.SMTPRecipientsRefused as error:
        codigo = next(iter(error.recipients.values()))[0]
        raise _clase(codigo)(f"{codigo}: dirección rechazada") from error
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPHeloError) as error:
        # About this installation, not about this message: it can be mended and sent later.
        raise Temporal(f"{error.smtp_code}: el servidor no nos acepta") from error
    except smtplib.SMTPResponseException as error:
        raise _clase(error.smtp_code)(f"{error.smtp_code}: el servidor rechazó") from error
    except AnymailRecipientsRefused as error:
        raise Permanente("El proveedor rechazó la dirección") from error
    except AnymailAPIError as error:
        codigo = getattr(error, "status_code", None) or 500
        temporal = codigo in (401, 403, 408, 429) or codigo >= 500
        raise (Temporal if temporal else Permanente)(f"Proveedor: {codigo}") from error
    except (smtplib.SMTPException, OSError, socket.gaierror) as error:
        raise Temporal(f"Sin conexión: {type(error).__name__}") from error
    aviso.id_de_envio = _id_de(mensaje)
    return mensaje.subject


def _id_de(mensaje) -> str:
    """How the provider calls what it has taken; empty by plain SMTP."""
    suyo = getattr(getattr(mensaje, "anymail_status", None), "message_id", None)
    return suyo[:200] if isinstance(suyo, str) else ""


def _clase(codigo: int) -> type[Exception]:
    return Temporal if 400 <= codigo < 500 else Permanente
