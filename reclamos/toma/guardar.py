"""Saving a reception: the person, the complaint and how it is left, or nothing at all."""

from datetime import datetime
from uuid import UUID

from postventa.consola import cambios
from postventa.consola.toma import de_correo
from postventa.expedientes import subidas
from postventa.personas.documentos import TipoDocumento
from postventa.personas.models import Cliente
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto
from reclamos.ingreso import recibir
from reclamos.models import Reclamo
from reclamos.toma.forms import RECIBIR, FormRecepcion


class YaRegistrado(Conflicto):
    """That document is of somebody on file: `cliente`, who is chosen, and asked again."""

    def __init__(self, cliente: Cliente):
        super().__init__(
            f"Ese documento ya es de {cliente.nombre}: quedó elegida su ficha, con lo que "
            "escribiste. Confirma que es la misma persona y guarda."
        )
        self.cliente = cliente


def guardar(
    request, formulario: FormRecepcion, nonce: UUID, ahora: datetime, fotos: list, correo=None
) -> Reclamo:
    """One transaction, each step through the door: a refusal leaves nothing written. The same
    `nonce` again finds the complaint that it made."""
    datos, usuario = formulario.cleaned_data, request.user
    with subidas.todo_o_nada() as escritos:
        if repetida := _repetida(nonce, usuario):
            return repetida
        cliente = _cliente(request, formulario, nonce)
        # The same form twice at once: the second waits here, and finds what the first made.
        Cliente.objects.select_for_update(no_key=True).only("pk").get(pk=cliente.pk)
        if repetida := _repetida(nonce, usuario):
            return repetida
        reclamo = recibir(
            datos["sede"],
            cliente,
            usuario,
            nonce=nonce,
            canal=datos["canal"],
            clase=datos["clase"],
            recibida_en=datos["recibida_en"],
            # "En el mismo instante" (C-07): that of the reception.
            informado_en=datos["recibida_en"] if formulario.es_verbal else None,
            aludidos=list(datos["aludidos"]),
            ahora=ahora,
            **formulario.campos(),
        )
        if datos["como"] != RECIBIR:
            reclamo = tramitar(
                reclamo, datos["como"], usuario, ahora=ahora, canal=datos["canal"],
                reclamante=datos["reclamante"], solucion=datos["solucion"], acepta=datos["acepta"],
            )  # fmt: skip
        if correo:
            de_correo.usar(correo, reclamo, usuario, ahora, escritos)
        for foto in fotos:
            escritos.append(subidas.guardar(foto, ahora=ahora, expediente=reclamo))
    return reclamo


def _repetida(nonce: UUID, usuario) -> Reclamo | None:
    """What this page already made; nobody reads another's by guessing its key."""
    reclamo = Reclamo.objects.filter(nonce=nonce).first()
    if reclamo and reclamo.recibida_por_id != usuario.pk:
        raise Conflicto("Esta página ya se envió. Empieza otra recepción.")
    return reclamo


def _cliente(request, formulario, nonce) -> Cliente:
    """Who is on file, with what was missing there; or somebody new, written down."""
    datos, cliente = formulario.cleaned_data, formulario.cliente
    if cliente is not None:
        return _completado(request, cliente, datos, formulario)
    tipo, numero = datos["tipo_documento"], datos["numero"]
    if not numero:
        tipo, numero = TipoDocumento.SIN, nonce.hex[:12].upper()
    cliente, es_nuevo = Cliente.objects.get_or_create(
        empresa=datos["sede"].empresa,
        tipo_documento=tipo,
        numero=numero,
        defaults={
            "nombre": datos["nombre"],
            "telefono": datos["telefono"],
            "correo": datos["correo_personal"],
        },
    )
    if es_nuevo:
        escrito = ("nombre", "tipo_documento", "numero", "telefono", "correo")
        cambios.anotar(
            request, cliente, "crear", {campo: ["", getattr(cliente, campo)] for campo in escrito}
        )
    elif tipo != TipoDocumento.SIN:
        # Unless another send of this same form has just written them down.
        if not Reclamo.objects.filter(nonce=nonce).exists():
            raise YaRegistrado(cliente)
    return cliente


def _completado(request, cliente, datos, formulario) -> Cliente:
    """What the file lacked and was told now. What it has is never changed by what is told."""
    dichos = {}
    if datos.get("numero"):
        suyo = {"tipo_documento": datos["tipo_documento"], "numero": datos["numero"]}
        otro = Cliente.objects.filter(empresa=cliente.empresa_id, **suyo).first()
        if otro is not None:
            raise YaRegistrado(otro)
        dichos |= suyo
    if datos.get("telefono"):
        dichos["telefono"] = datos["telefono"]
    if datos.get("correo_personal"):
        dichos["correo"] = datos["correo_personal"]
    if dichos:
        antes = {campo: [getattr(cliente, campo), valor] for campo, valor in dichos.items()}
        Cliente.objects.filter(pk=cliente.pk).update(**dichos)
        cambios.anotar(request, cliente, "editar", antes)
        cliente.refresh_from_db()
    return cliente
