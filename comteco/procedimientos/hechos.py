"""How a step writes what was asked, said, signed or confirmed by a system on its trámite."""

from decimal import Decimal, InvalidOperation

from comteco.procedimientos.models import Cobro, Confirmacion
from comteco.procedimientos.opciones import Sistema, Via
from comteco.procedimientos.sistemas import Pedido, sistema
from comteco.procedimientos.tarifas import monto
from postventa.tramitacion.errores import DatosInvalidos, exigir


def juntos(*partes):
    """One `preparar` of several: what each finds wrong is told at once."""

    def preparar(tramite, puerta, actor, datos):
        errores = {}
        for parte in partes:
            try:
                parte(tramite, puerta, actor, datos)
            except DatosInvalidos as rechazo:
                errores |= rechazo.campos
        if errores:
            raise DatosInvalidos(errores)

    return preparar


def en_orden(*partes):
    """One `preparar` of several, where each needs what the one before wrote."""

    def preparar(tramite, puerta, actor, datos):
        for parte in partes:
            parte(tramite, puerta, actor, datos)

    return preparar


def texto(campo: str, mensaje: str):
    """A text of the record that the step demands."""

    def preparar(tramite, puerta, actor, datos):
        valor = datos[campo] = exigir(datos, campo, mensaje)
        tope = tramite._meta.get_field(campo).max_length
        if len(valor) > tope:
            raise DatosInvalidos({campo: f"Escribe hasta {tope} letras."})
        setattr(tramite, campo, valor)

    return preparar


def numero_odeco(tramite, puerta, actor, datos):
    """The number of the customer's ODECO form, if there is one: it may come after the claim."""
    numero = str(datos.get("numero_odeco") or "").strip()
    if len(numero) > 40:
        raise DatosInvalidos({"numero_odeco": "Escribe hasta 40 letras."})
    tramite.numero_odeco = numero or tramite.numero_odeco
    datos["numero_odeco"] = tramite.numero_odeco


def eleccion(campo: str, mensaje: str):
    """One of the values that the document names."""

    def preparar(tramite, puerta, actor, datos):
        validas = {valor for valor, _ in tramite._meta.get_field(campo).choices}
        if datos.get(campo) not in validas:
            raise DatosInvalidos({campo: mensaje})
        setattr(tramite, campo, datos[campo])

    return preparar


def si_o_no(campo: str, mensaje: str):
    def preparar(tramite, puerta, actor, datos):
        if not isinstance(datos.get(campo), bool):
            raise DatosInvalidos({campo: mensaje})
        setattr(tramite, campo, datos[campo])

    return preparar


def dicho(campo: str, mensaje: str):
    """Something that must be told to, or confirmed by, who is at the counter."""

    def preparar(tramite, puerta, actor, datos):
        if datos.get(campo) is not True:
            raise DatosInvalidos({campo: mensaje})

    return preparar


confirma = dicho("confirma", "Sin la confirmación del cliente no se continúa.")


def firma(tramite, puerta, actor, datos):
    """«Recaba firma de cliente»: original for the archive, copy for the customer."""
    nombre = exigir(datos, "firmado_por", "Anota quién firma.")
    if len(nombre) > 120:
        raise DatosInvalidos({"firmado_por": "Escribe hasta 120 letras."})
    tramite.firmado_por, tramite.firmado_en = nombre, puerta.ahora


def importe(tramite, puerta, actor, datos):
    """An amount of bolivianos that the system shows, typed by who reads it."""
    try:
        valor = Decimal(str(datos.get("importe")))
    except InvalidOperation:
        raise DatosInvalidos({"importe": "Anota el importe en bolivianos."}) from None
    if not (valor.is_finite() and 0 < valor < 10**8) or valor != round(valor, 2):
        raise DatosInvalidos({"importe": "Escribe un importe mayor que 0, con dos decimales."})
    tramite.importe = datos["importe"] = valor


def importe_si_paga(tramite, puerta, actor, datos):
    if tramite.paga_ahora:
        importe(tramite, puerta, actor, datos)
    else:
        datos.pop("importe", None)


def confirmado(nombre: Sistema, paso: str, que: str, campo: str = "referencia"):
    """The step is typed in that system, which gives a number."""
    return _por_el_puerto("registrar", nombre, paso, que, campo)


def mirado(nombre: Sistema, paso: str, que: str):
    """The step looks at that system; a number, if it has one, is kept."""
    return _por_el_puerto("consultar", nombre, paso, que, "referencia")


def _por_el_puerto(metodo, nombre, paso, que, campo):
    def preparar(tramite, puerta, actor, datos):
        pedido = Pedido(tramite, paso, que, str(datos.get(campo) or ""), campo)
        numero = getattr(sistema(nombre), metodo)(pedido)
        Confirmacion.objects.create(
            tramite=tramite,
            sistema=nombre,
            paso=paso,
            que=que,
            referencia=numero,
            por=actor.usuario,
            en=puerta.ahora,
        )
        datos[campo] = numero

    return preparar


def cobro_en_caja(concepto: str):
    """The till: the amount that the adviser sent, and the number of its receipt."""

    def preparar(tramite, puerta, actor, datos):
        numero = exigir(datos, "comprobante", "Anota el número del comprobante.")
        if len(numero) > 40:
            raise DatosInvalidos({"comprobante": "Escribe hasta 40 letras."})
        repetido = Cobro.objects.filter(
            tramite__empresa_id=tramite.empresa_id, via=Via.CAJA, numero=numero
        )
        if repetido.exists():
            raise DatosInvalidos({"comprobante": "Ese comprobante ya se usó en otro trámite."})
        _cobrar(tramite, puerta, actor, concepto, Via.CAJA, numero)

    return preparar


def cobro_recurrente(concepto: str):
    """On the bill of the service, at the tariff of the day."""

    def preparar(tramite, puerta, actor, datos):
        if tramite.importe is None:
            dia = puerta.ahora.astimezone(tramite.sede.tz).date()
            tramite.importe = monto(tramite, concepto, dia)
        _cobrar(tramite, puerta, actor, concepto, Via.RECURRENTE, "")
        datos["importe"] = tramite.importe

    return preparar


def _cobrar(tramite, puerta, actor, concepto, via, numero):
    Cobro.objects.create(
        tramite=tramite,
        concepto=concepto,
        monto=tramite.importe,
        via=via,
        numero=numero,
        por=actor.usuario,
        en=puerta.ahora,
    )
