"""Single-use codes: asked for in `pedir`, proved in `comprobar`, spent in `consumir`.

The code is a function of the server's key and the challenge: neither the database nor the queue
holds one that can be used. Every step does the same work for an owner and for anybody else.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from postventa.accesos.alertas import alertar
from postventa.accesos.models import Motivo
from postventa.accesos.red import red
from postventa.avisos import outbox
from postventa.avisos.correo import Caducado
from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Cliente
from postventa.portal import limites
from postventa.portal.models import Desafio, Proposito
from postventa.tramitacion.errores import Rechazo

alertas = logging.getLogger("postventa.portal.alertas")

TIPO_AVISO = "acceso_codigo"
EN_SESION = "desafios"
NAVEGADOR = "navegador"


class Demasiados(Rechazo):
    """More codes were asked for than the limits allow; wait, or call."""

    status = 429


class CodigoErrado(Rechazo):
    """The code does not open. `terminado`: no further try can, another must be asked for."""

    status = 422

    def __init__(self, mensaje: str, terminado: bool = False):
        super().__init__(mensaje)
        self.terminado = terminado


def pedir(
    request: HttpRequest,
    *,
    empresa: Empresa,
    sede: Sede,
    cliente: Cliente | None,
    numero: str,
    proposito: str = Proposito.ACCESO,
    referencia: str = "",
    avisar: bool = True,
    a: tuple[str, str] | None = None,
) -> Desafio:
    """Make a challenge for this browser and queue the mail with its code.

    `cliente` None makes a decoy: same rows, no addressee. `numero` is the normalised document.
    Without `avisar` it only counts ("solo RUT"). `a` is the (name, address) it goes to, where that
    is not the customer's on file. Raises Demasiados. The browser keeps one
    challenge per purpose: a new one replaces the last.
    """
    return _pedir(
        request,
        Desafio(
            empresa=empresa,
            sede=sede,
            cliente=cliente,
            proposito=proposito,
            referencia=referencia,
            documento=_huella("documento", f"{empresa.codigo}:{numero}"),
        ),
        avisar,
        a,
    )


def repetir(request: HttpRequest, anterior: Desafio) -> Desafio:
    """Another code for who asked for `anterior`, within the same limits."""
    copia = ("empresa", "sede", "cliente", "proposito", "referencia", "documento")
    return _pedir(request, Desafio(**{campo: getattr(anterior, campo) for campo in copia}))


def _pedir(request: HttpRequest, desafio: Desafio, avisar: bool = True, a=None) -> Desafio:
    ahora = timezone.now()
    desafio.navegador = _huella("navegador", _navegador(request))
    desafio.red = _huella("red", red(request))
    desafio.creado_en, desafio.vence_en = ahora, ahora + limites.CODIGO_VIVE
    with transaction.atomic(), _turno(desafio.documento):
        exceso = _exceso(desafio, ahora)
        if not exceso:
            desafio.save(force_insert=True)
            outbox.encolar([_aviso(desafio, ahora, a)] if avisar else [])
    if exceso:
        _alertar(desafio, exceso, ahora)
        raise Demasiados(
            "Se pidieron varios códigos en la última hora. El último sirve hasta que venza."
        )
    request.session[EN_SESION] = {
        **request.session.get(EN_SESION, {}),
        desafio.proposito: str(desafio.pk),
    }
    return desafio


def _aviso(desafio: Desafio, ahora: datetime, a: tuple[str, str] | None):
    cliente = desafio.cliente
    return outbox.nuevo(
        desafio.empresa_id,
        TIPO_AVISO,
        f"codigo:{desafio.pk}",
        a or ((cliente.nombre, cliente.correo) if cliente else ("", "")),
        {"desafio": str(desafio.pk)},
        ahora,
    )


def pendiente(
    request: HttpRequest, empresa: Empresa, proposito: str = Proposito.ACCESO, referencia: str = ""
) -> Desafio | None:
    """The challenge that this browser was given last for that purpose, open or not."""
    pk = request.session.get(EN_SESION, {}).get(proposito)
    filtro = {"empresa": empresa, "proposito": proposito, "referencia": referencia}
    desafios = Desafio.objects.select_related("empresa", "sede", "cliente")
    return desafios.filter(pk=pk, **filtro).first() if pk else None


def comprobar(request: HttpRequest, desafio: Desafio, texto: str) -> None:
    """Spend one try of the challenge; return only if `texto` is its code, here and now.

    Commits by itself, so that what the caller does afterwards cannot give the try back: call it
    outside any transaction. Raises CodigoErrado.
    """
    ahora = timezone.now()
    with transaction.atomic(durable=True):
        tomado = Desafio.objects.filter(
            pk=desafio.pk,
            navegador=_huella("navegador", _navegador(request)),
            usado_en=None,
            vence_en__gt=ahora,
            intentos__lt=limites.CODIGO_INTENTOS,
        ).update(intentos=F("intentos") + 1)
    if not tomado:
        raise CodigoErrado(
            "Este código ya no sirve: venció, se usó o tuvo muchos intentos. Hay que pedir otro.",
            True,
        )
    escrito = "".join(c for c in texto if c.isdecimal())
    coincide = constant_time_compare(escrito, codigo_de(desafio.pk))
    if not (coincide and desafio.cliente_id):
        raise CodigoErrado(*_quedan(limites.CODIGO_INTENTOS - desafio.intentos - 1))


def _quedan(intentos: int) -> tuple[str, bool]:
    if intentos <= 0:
        return "El código no coincide y no quedan intentos. Hay que pedir otro.", True
    resto = "Queda 1 intento" if intentos == 1 else f"Quedan {intentos} intentos"
    return f"El código no coincide. {resto}: solo sirve el del último correo.", False


def consumir(desafio: Desafio) -> None:
    """Use up a challenge that `comprobar` accepted, inside the transaction of what it allows.

    If that transaction fails, the code is still good. CodigoErrado if somebody used it first.
    """
    usados = Desafio.objects.filter(pk=desafio.pk, usado_en=None).update(usado_en=timezone.now())
    if not usados:
        raise CodigoErrado("Este código ya se usó. Hay que pedir otro.", True)


def olvidar(request: HttpRequest, proposito: str) -> None:
    """Take the challenge of that purpose out of the browser's session."""
    request.session[EN_SESION] = {
        clave: valor
        for clave, valor in request.session.get(EN_SESION, {}).items()
        if clave != proposito
    }


def codigo_de(pk) -> str:
    """The six digits of a challenge. Only the mail, while it is sent, and `comprobar` ask."""
    sello = salted_hmac("postventa.portal.codigo", str(pk), algorithm="sha256").digest()
    return f"{int.from_bytes(sello[:8]) % 1_000_000:06d}"


def al_enviar(datos: dict) -> dict:
    """Facts of the mail that exist only while it is sent. Caducado if the code is no use now."""
    desafio = Desafio.objects.select_related("sede").filter(pk=datos["desafio"]).first()
    if desafio is None or desafio.usado_en or desafio.vence_en <= timezone.now():
        raise Caducado
    codigo = codigo_de(desafio.pk)
    return {
        "codigo": codigo,
        "codigo_legible": f"{codigo[:3]} {codigo[3:]}",
        "sede": desafio.sede.nombre,
        "minutos": int(limites.CODIGO_VIVE.total_seconds()) // 60,
        "es_firma": desafio.proposito == Proposito.FIRMA,
        "es_asistido": desafio.proposito == Proposito.ASISTIDO,
    }


def _exceso(desafio: Desafio, ahora: datetime) -> str:
    """Name of the limit that one more code would break, or "". One query."""
    este = Q(documento=desafio.documento)
    esta_red = Q(red=desafio.red)
    cuenta = Desafio.objects.filter(
        este | esta_red | Q(empresa=desafio.empresa_id),
        creado_en__gt=ahora - limites.VENTANA,
    ).aggregate(
        # A signature is not refused to who came in three times: it has its own three.
        documento_y_red=Count("pk", filter=este & esta_red & Q(proposito=desafio.proposito)),
        documento=Count("pk", filter=este),
        red=Count("pk", filter=esta_red),
        empresa=Count("pk", filter=Q(empresa=desafio.empresa_id)),
    )
    if cuenta["documento_y_red"] >= limites.POR_DOCUMENTO_Y_RED:
        return "documento_y_red"
    if cuenta["documento"] >= limites.POR_DOCUMENTO:
        return "documento"
    en_barrido = cuenta["empresa"] >= limites.POR_EMPRESA
    if cuenta["red"] >= (limites.POR_RED_EN_BARRIDO if en_barrido else limites.POR_RED):
        return "empresa" if en_barrido else "red"
    return ""


def _alertar(desafio: Desafio, exceso: str, ahora: datetime) -> None:
    """Leave word of a reached limit: no document and no address, only their hashes."""
    alertas.warning(
        "Límite de códigos (%s) en %s, red %s", exceso, desafio.empresa.codigo, desafio.red[:12]
    )
    alertar(Motivo(exceso), desafio.red, ahora, empresas=[desafio.empresa_id])


@contextmanager
def _turno(documento: str) -> Iterator[None]:
    """Requests for one document wait for each other, so that none is counted too late.

    SQLite already lets one writer in at a time.
    """
    if connection.vendor == "postgresql":
        llave = int(documento[:15], 16)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [llave])
    yield


def _navegador(request: HttpRequest) -> str:
    """This browser's random mark, kept in its session."""
    if NAVEGADOR not in request.session:
        request.session[NAVEGADOR] = secrets.token_urlsafe(24)
    return request.session[NAVEGADOR]


def _huella(clase: str, valor: str) -> str:
    """Keyed hash: the same value always gives the same one, and only the server can make it."""
    return salted_hmac(f"postventa.portal.{clase}", valor, algorithm="sha256").hexdigest()
