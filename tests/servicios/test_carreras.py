"""What two processes do at once to one case (RF-08, RF-11, RF-12), with controls.

Each control takes the guard away and shows that the race is real: otherwise the test would prove
nothing.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from postventa.avisos import agrupar, tasks
from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Usuario
from postventa.plazos.models import AlertaPlazo, Plazo
from postventa.tramitacion import acciones, barrido
from postventa.tramitacion.acciones import tramitar
from postventa.visitas.agenda import bloques
from postventa.visitas.models import Ocupacion, Visita
from tests.conftest import local, observaciones
from tests.servicios.carreras import contar, correr
from tests.tramitacion.relojes import repetir
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Observacion, Ticket

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]

RONDAS = 5


def sin_candado(barrera):
    """The control: nobody locks the case, and both have read it before either writes."""
    QuerySet.select_for_update = lambda self, *a, **k: self
    permiso = acciones.exigir_permiso

    def esperar_al_otro(*args):
        permiso(*args)
        barrera.wait(10)

    acciones.exigir_permiso = esperar_al_otro


def coordinar(ticket, supervisor, ahora, hora):
    inicia = local(f"2026-11-24 {hora}")

    def hacer():
        tramitar(
            Ticket.objects.get(pk=ticket.pk),
            "coordinar_inspeccion",
            Usuario.objects.get(pk=supervisor.pk),
            ahora=ahora,
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=45),
        )

    return hacer


def test_mismo_verbo_a_la_vez_se_hace_una_vez(camino):
    for _ in range(RONDAS):
        camino.generar(1).contactar()
        resultado = correr(
            [
                coordinar(camino.ticket, camino.supervisor, camino.ahora, "10:00"),
                coordinar(camino.ticket, camino.supervisor, camino.ahora, "12:00"),
            ]
        )
        assert contar(resultado) == {"ok": 1, "Conflicto": 1}
        assert camino.ticket.visitas.count() == 1
        assert (
            Movimiento.objects.filter(
                expediente=camino.ticket, verbo="coordinar_inspeccion"
            ).count()
            == 1
        )
        camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Otra ronda")


def test_control_sin_candado_los_dos_pasan_la_guarda(camino):
    camino.generar(1).contactar()
    resultado = correr(
        [
            coordinar(camino.ticket, camino.supervisor, camino.ahora, "10:00"),
            coordinar(camino.ticket, camino.supervisor, camino.ahora, "12:00"),
        ],
        antes=sin_candado,
    )
    # Nobody met a Conflicto: both believed it possible. Only the chain's unique number, the second
    # net, undid one of them.
    assert contar(resultado) == {"ok": 1, "IntegrityError": 1}


def test_dos_verbos_a_la_vez_gana_uno(camino):
    for _ in range(RONDAS):
        camino.ahora = local("2026-11-23 10:15")
        camino.hasta_por_firmar(2)
        ticket, ahora = camino.ticket, camino.ahora

        def firmar(ticket=ticket, ahora=ahora, acta=camino.huella):
            tramitar(
                Ticket.objects.get(pk=ticket.pk),
                "firmar",
                camino.cliente,
                ahora=ahora,
                nombre="Camila Rojas Fuentealba",
                huella=acta,
            )

        def anular(ticket=ticket, ahora=ahora):
            tramitar(
                Ticket.objects.get(pk=ticket.pk), "anular", camino.jefe, ahora=ahora, motivo="Error"
            )

        assert contar(correr([firmar, anular])) == {"ok": 1, "Conflicto": 1}
        ticket = Ticket.objects.get(pk=ticket.pk)
        ultimo = ticket.movimientos.filter(objeto="ticket").last()
        assert (ultimo.verbo, ultimo.despues) == {
            "CERRADO_CONFORME": ("firmar", "CERRADO_CONFORME"),
            "ANULADO": ("anular", "ANULADO"),
        }[ticket.estado]
        assert ticket.avisos.filter(tipo__in=["icalma/cerrado", "icalma/anulado"]).count() == 1


@pytest.mark.regla("I-06")
def test_envio_repetido_en_paralelo_crea_un_ticket(camino):
    nonce = uuid4()

    def enviar():
        return ingresar(
            camino.unidad, camino.cliente, observaciones(2), nonce=nonce, ahora=camino.ahora
        ).folio

    folios = correr([enviar] * 5)
    assert contar(folios) == {Ticket.objects.get().folio: 5}
    assert Observacion.objects.count() == 2
    assert Plazo.objects.filter(codigo="contacto").count() == 1
    assert sorted(Aviso.objects.values_list("tipo", flat=True)) == [
        "icalma/ingreso",
        "icalma/ingreso_supervisor",
    ]


def test_barrido_y_puerta_a_la_vez_no_se_bloquean(camino):
    for _ in range(RONDAS):
        camino.ahora = local("2026-11-23 10:15")
        camino.generar(1)
        tarde = local("2026-11-26 09:00")
        ticket = camino.ticket

        def contactar(ticket=ticket, tarde=tarde):
            tramitar(
                Ticket.objects.get(pk=ticket.pk),
                "registrar_contacto",
                camino.supervisor,
                ahora=tarde,
                exito=True,
                medio="telefono",
            )

        def barrer(tarde=tarde):
            barrido.barrer(tarde)

        assert correr([contactar, barrer, barrer]) == ["ok"] * 3
        plazo = Plazo.objects.get(expediente=ticket, codigo="contacto")
        assert plazo.estado == "CUMPLIDO_TARDE"
        assert plazo.vencido_en == plazo.vence_en + timedelta(seconds=1)
        assert plazo.proximo_en is None
        assert AlertaPlazo.objects.filter(plazo=plazo).count() <= 1
        camino.ahora = tarde
        camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Otra ronda")


def test_cuatro_barridos_avisan_una_vez_cada_plazo(camino):
    camino.generar(1)
    plazo = Plazo.objects.get(codigo="contacto")
    Plazo.objects.bulk_create(
        Plazo(
            **{
                campo.attname: getattr(plazo, campo.attname)
                for campo in Plazo._meta.concrete_fields
                if campo.attname not in ("id", "ordinal")
            },
            ordinal=n,
        )
        for n in range(2, 201)
    )
    tarde = local("2026-11-26 09:00")

    def barrer():
        barrido.barrer(tarde)

    assert correr([barrer] * 4) == ["ok"] * 4
    assert AlertaPlazo.objects.filter(tipo="vencimiento").count() == 200
    assert Plazo.objects.filter(estado="VENCIDO", proximo_en=None).count() == 200


def reservar(camino, ticket, minuto):
    inicia = local(f"2026-11-24 10:{minuto:02d}")

    def hacer():
        tramitar(
            Ticket.objects.get(pk=ticket.pk),
            "coordinar_inspeccion",
            camino.supervisor,
            ahora=camino.ahora,
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=45),
        )

    return hacer


def test_una_hora_del_supervisor_se_reserva_una_vez(camino):
    """RF-13: ten tickets, ten processes, one person's quarter hours."""
    tickets = []
    for _ in range(10):
        camino.generar(1).contactar()
        tickets.append(camino.ticket)
    resultado = correr([reservar(camino, t, minuto) for minuto, t in enumerate(tickets)])
    assert contar(resultado) == {"ok": 1, "DatosInvalidos": 9}
    visita = Visita.objects.get()
    assert Ocupacion.objects.count() == len(bloques(visita.inicia_en, visita.termina_en))


@pytest.mark.regla("I-15")
def test_firma_y_envio_a_la_vez_no_dejan_un_ticket_retenido(camino):
    """The unit's lock: whoever comes second sees what the first one did."""
    for _ in range(RONDAS):
        camino.ahora = local("2026-11-23 10:15")
        camino.hasta_por_firmar(1, ())
        primero, ahora = camino.ticket, camino.ahora

        def firmar(primero=primero, ahora=ahora, acta=camino.huella):
            tramitar(
                Ticket.objects.get(pk=primero.pk),
                "firmar",
                camino.cliente,
                ahora=ahora,
                nombre="Camila Rojas Fuentealba",
                huella=acta,
            )

        def enviar(ahora=ahora):
            ingresar(camino.unidad, camino.cliente, observaciones(1), nonce=uuid4(), ahora=ahora)

        assert correr([firmar, enviar]) == ["ok", "ok"]
        nuevo = Ticket.objects.exclude(pk=primero.pk).latest("pk")
        assert nuevo.estado == "GENERADO"
        assert Plazo.objects.filter(expediente=nuevo, codigo="contacto").count() == 1
        camino.ticket = nuevo
        camino.tramitar(nuevo, "anular", camino.jefe, motivo="Otra ronda")


def alertas_de_la_noche(camino):
    """Thirty breaches of one night, told to two people, waiting for the office to open."""
    camino.generar(1)
    plazo = Plazo.objects.get(codigo="contacto")
    repetir(plazo, 29)
    noche = local("2026-11-27 22:00")

    def barrer():
        barrido.barrer(noche)

    assert correr([barrer] * 4) == ["ok"] * 4
    assert Aviso.objects.filter(grupo="plazo_resumen", estado="EN_COLA").count() == 60
    hora.fijar(local("2026-11-30 08:00"))


def test_cuatro_carteros_mandan_un_resumen_por_persona(camino):
    alertas_de_la_noche(camino)
    correr([tasks.barrer] * 4)
    resumenes = Aviso.objects.filter(tipo="plazo_resumen").order_by("destino")
    assert [(r.destino, r.estado, r.intentos, r.va.count()) for r in resumenes] == [
        (camino.jefe.email, "ENVIADO", 1, 30),
        (camino.supervisor.email, "ENVIADO", 1, 30),
    ]
    assert Aviso.objects.filter(tipo="plazo_vencimiento", estado="AGRUPADO").count() == 60


def sin_candado_al_agrupar(barrera):
    """The control: nobody locks the alerts, and all have read them before any writes."""
    QuerySet.select_for_update = lambda self, *a, **k: self
    salida, vistos = agrupar._salida, []

    def esperar_a_los_otros(*args):
        if not vistos:
            vistos.append(barrera.wait(10))
        return salida(*args)

    agrupar._salida = esperar_a_los_otros


def test_control_sin_candado_todos_quieren_hacer_el_resumen(camino):
    alertas_de_la_noche(camino)
    ahora = local("2026-11-30 08:00")
    resultado = correr([lambda: agrupar.agrupar(ahora)] * 4, antes=sin_candado_al_agrupar)
    # Only the digest's own key, the second net, keeps three of them from being sent as well.
    assert contar(resultado) == {2: 1, "IntegrityError": 3}


def test_cuatro_barridos_recuerdan_una_vez_cada_visita(camino):
    for n in range(8):
        camino.ahora = local("2026-11-23 10:15")
        camino.generar(1).contactar().coordinar_inspeccion(f"2026-11-26 {9 + n:02}:00")
    ahora = local("2026-11-25 17:00")

    def barrer():
        barrido.barrer(ahora)

    assert correr([barrer] * 4) == ["ok"] * 4
    assert Aviso.objects.filter(tipo="icalma/recordatorio").count() == 8
    assert not Visita.objects.filter(recordar_en__isnull=False).exists()
