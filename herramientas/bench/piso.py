"""The floor of a submission: the least that a stock Django view does to leave the same rows.

Same middleware, session, CSRF and a form; one transaction; no draft, no law, no clock worked out,
no chain computed: what the product does beyond this is what it is measured for.
"""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.utils import timezone

from postventa.avisos.models import Aviso
from postventa.empresas.models import Empresa
from postventa.expedientes.folios import siguiente
from postventa.expedientes.models import Movimiento, MovimientoDetalle
from postventa.personas.models import Cliente
from postventa.plazos.models import Plazo, PoliticaPlazo
from postventa.portal.sesion import CLAVE
from tickets.icalma.models import Observacion, Ticket

PAGINA = engines["django"].from_string(
    "<!doctype html><title>Piso</title><form method=post>{% csrf_token %}{{ form.as_p }}</form>"
)


class Formulario(forms.Form):
    unidad = forms.IntegerField()
    cantidad = forms.IntegerField(min_value=1)
    descripcion = forms.CharField(max_length=4000)


def enviar(request):
    form = Formulario(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(f"/piso/?{_guardar(request.session[CLAVE], form.cleaned_data)}")
    return HttpResponse(PAGINA.render({"form": form}, request))


@transaction.atomic
def _guardar(sesion, datos) -> str:
    ahora = timezone.now()
    empresa = Empresa.objects.get(codigo="icalma")
    cliente = Cliente.objects.get(pk=sesion["cliente"])
    ticket = Ticket.objects.create(
        tipo="icalma",
        folio=f"ICA-P-{siguiente('piso')}",
        empresa=empresa,
        sede_id=sesion["sede"],
        cliente=cliente,
        canal="web",
        unidad_id=datos["unidad"],
        estado="GENERADO",
        etapa="GENERADO",
        situacion="ABIERTO",
        creado_en=ahora,
        generado_en=ahora,
        proximo_vence_en=ahora + timedelta(days=2),
        nonce=uuid4(),
    )
    Observacion.objects.bulk_create(
        Observacion(
            ticket=ticket,
            numero=n,
            recinto="Living comedor",
            lugar="Muro norte",
            item="Pintura",
            descripcion=datos["descripcion"],
        )
        for n in range(1, datos["cantidad"] + 1)
    )
    _rastro(ticket, cliente, ahora)
    return ticket.publico


def _rastro(ticket, cliente, ahora) -> None:
    """Audit, clock and outbox."""
    movimiento = Movimiento.objects.create(
        expediente=ticket,
        numero=1,
        objeto="ticket",
        objeto_id=ticket.pk,
        verbo="generar",
        despues="GENERADO",
        clase_actor="cliente",
        canal="web",
        ocurrido_en=ahora,
        resumen="0" * 64,
        hash="0" * 64,
    )
    MovimientoDetalle.objects.create(
        movimiento=movimiento, sal="0" * 32, nombre_actor=cliente.nombre, datos={"fotos": {}}
    )
    politica = PoliticaPlazo.objects.get(empresa=ticket.empresa_id, codigo="contacto")
    Plazo.objects.create(
        expediente=ticket,
        empresa_id=ticket.empresa_id,
        politica=politica,
        codigo="contacto",
        estado="CORRIENDO",
        inicia_en=ahora,
        inicio_efectivo_en=ahora,
        vence_en=ahora + timedelta(days=2),
        proximo_en=ahora + timedelta(days=1),
        explicacion="El plazo es de 48 horas hábiles, es decir, 2 días hábiles.",
    )
    Aviso.objects.bulk_create(
        Aviso(
            empresa_id=ticket.empresa_id,
            expediente=ticket,
            tipo=tipo,
            clave=f"{ticket.pk}:{tipo}",
            nombre=cliente.nombre,
            destino=cliente.correo,
            datos={"folio": ticket.folio, "cantidad": 1, "propietario": cliente.nombre},
            creado_en=ahora,
            enviar_desde_en=ahora,
        )
        for tipo in ("icalma/ingreso", "icalma/ingreso_supervisor")
    )
