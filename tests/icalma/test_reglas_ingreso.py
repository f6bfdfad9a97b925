"""Who may ask, what is asked and what then stays as it was sent (I-01 to I-06, I-17, I-20)."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from postventa.avisos.models import Aviso
from postventa.expedientes.models import Expediente, Movimiento
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.plazos.models import Plazo
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.conftest import LUNES, local, observaciones
from tests.icalma.mesa import gente_de
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.portal import identificar, sedes
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad


@pytest.mark.regla("I-01")
def test_camino_de_entrada_es_proyecto_y_rut(icalma, proyecto, cliente):
    Proyecto.objects.create(empresa=icalma, codigo="viejo", nombre="Cerrado", es_activa=False)
    assert list(sedes(icalma)) == [proyecto]
    assert identificar(proyecto, "16482937-5") == cliente


@pytest.mark.regla("I-03")
def test_rut_valida_solo_al_duenio_actual_de_ese_proyecto(icalma, proyecto, cliente, extrania):
    otro = Proyecto.objects.create(empresa=icalma, codigo="otro", nombre="Otro")
    assert identificar(otro, cliente.numero) is None
    assert identificar(proyecto, extrania.numero) is None
    Propiedad.objects.update(hasta=date(2025, 1, 31))
    assert identificar(proyecto, cliente.numero) is None


@pytest.mark.regla("I-02")
def test_solo_el_duenio_de_hoy_ingresa(unidad, cliente, extrania):
    with pytest.raises(NoAutorizado):
        ingresar(unidad, extrania, observaciones(1), nonce=uuid4(), ahora=LUNES)
    Propiedad.objects.filter(cliente=cliente).update(hasta=date(2026, 11, 22))
    with pytest.raises(NoAutorizado):
        ingresar(unidad, cliente, observaciones(1), nonce=uuid4(), ahora=LUNES)
    assert Expediente.objects.count() == 0
    Propiedad.objects.filter(cliente=cliente).update(hasta=date(2026, 11, 23))
    assert ingresar(unidad, cliente, observaciones(1), nonce=uuid4(), ahora=LUNES).pk


@pytest.fixture
def personal(camino):
    """Everybody who works here, and those of elsewhere, by what they are."""
    camino.generar()
    return {n: q for n, q in gente_de(camino).items() if isinstance(q, Usuario)}


@pytest.mark.regla("I-02", "I-17")
def test_nadie_del_personal_ingresa_un_ticket_por_la_puerta(camino, personal, unidad, cliente):
    fuera = {Rol.PROPIETARIO, Rol.REEMPLAZO, Rol.SISTEMA, Rol.NADIE}
    assert set(Membresia.objects.values_list("rol", flat=True)) == set(Rol) - fuera
    for quien in personal.values():
        with pytest.raises(NoAutorizado):
            ingresar(unidad, cliente, observaciones(1), nonce=uuid4(), ahora=LUNES, por=quien)
    assert list(Ticket.objects.all()) == [camino.ticket]


@pytest.mark.regla("I-17")
def test_la_consola_no_tiene_donde_pedir_un_ticket(client, camino, personal):
    datos = {"unidad": camino.unidad.pk, "cliente": camino.cliente.pk, "folio": "ICA-2026-9999"}
    for nombre, quien in personal.items():
        client.force_login(quien)
        entra = quien.is_staff and quien.is_active
        estado = client.post("/consola/icalma/ticket/add/", datos).status_code
        assert estado == (403 if entra else 302), nombre
    assert list(Ticket.objects.all()) == [camino.ticket]


@pytest.mark.regla("I-04")
@pytest.mark.parametrize("campo", ["recinto", "lugar", "item"])
def test_observacion_sin_recinto_lugar_o_item_no_se_guarda(unidad, cliente, campo):
    [observacion] = observaciones(1)
    setattr(observacion, campo, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        ingresar(unidad, cliente, [observacion], nonce=uuid4(), ahora=LUNES)
    assert Expediente.objects.count() == 0


@pytest.mark.regla("I-04")
def test_sin_observaciones_no_hay_ticket(unidad, cliente):
    with pytest.raises(DatosInvalidos):
        ingresar(unidad, cliente, [], nonce=uuid4(), ahora=LUNES)
    assert Expediente.objects.count() == 0


@pytest.mark.regla("I-05", "I-20")
def test_lo_olvidado_va_en_otro_ticket_mientras_el_primero_corre(camino):
    primero = camino.generar(2).ticket
    camino.pasar(minutes=5)
    segundo = camino.generar(1).ticket
    assert segundo.pk != primero.pk
    assert (primero.observaciones.count(), segundo.observaciones.count()) == (2, 1)
    assert segundo.estado == "GENERADO"


@pytest.mark.regla("I-20")
def test_observacion_nueva_no_entra_por_la_puerta_en_un_ticket_en_curso(camino):
    camino.generar().contactar().coordinar_inspeccion().iniciar_inspeccion()
    [nueva] = observaciones(1)
    nueva.ticket, nueva.numero = camino.ticket, 9
    with pytest.raises(Conflicto):
        camino.tramitar(nueva, "aprobar")
    assert Observacion.objects.count() == 2


@pytest.mark.regla("I-06")
def test_ticket_llega_al_cliente_y_al_supervisor_sin_texto_libre(camino):
    camino.generar()
    avisos = Aviso.objects.order_by("pk")
    assert list(avisos.values_list("tipo", "destino")) == [
        ("icalma/ingreso", "camila@correo.example"),
        ("icalma/ingreso_supervisor", "rsepulveda@icalma.example"),
    ]
    assert [a.datos["cantidad"] for a in avisos] == [2, 2]
    assert "Grieta larga" not in str([a.datos for a in avisos])


def test_mismo_formulario_dos_veces_es_un_ticket(unidad, cliente):
    nonce = uuid4()
    uno = ingresar(unidad, cliente, observaciones(2), nonce=nonce, ahora=LUNES)
    otro = ingresar(unidad, cliente, observaciones(2), nonce=nonce, ahora=LUNES)
    assert (otro.pk, Ticket.objects.count(), Plazo.objects.count()) == (uno.pk, 1, 1)
    assert (Aviso.objects.count(), Movimiento.objects.count()) == (2, 1)


def test_folios_son_seguidos_aunque_un_ingreso_falle(unidad, cliente):
    def folio():
        return ingresar(unidad, cliente, observaciones(1), nonce=uuid4(), ahora=LUNES).folio

    primero = folio()
    with pytest.raises(IntegrityError), transaction.atomic():
        ingresar(unidad, cliente, [Observacion()], nonce=uuid4(), ahora=LUNES)
    assert (primero, folio()) == ("ICA-2026-0001", "ICA-2026-0002")


def test_folio_lleva_el_anio_de_la_zona_del_proyecto(unidad, cliente):
    ahora = local("2026-12-31 23:30")  # already 2027 in UTC
    ticket = ingresar(unidad, cliente, observaciones(1), nonce=uuid4(), ahora=ahora)
    assert ticket.folio == "ICA-2026-0001"


def test_cliente_de_otra_empresa_no_ingresa_aunque_figure_como_duenio(unidad, icalma):
    otra = type(icalma).objects.create(
        codigo="ajena",
        nombre="Ajena",
        pais="CL",
        zona="America/Santiago",
        calendario=icalma.calendario,
        jornada=icalma.jornada,
        prefijo_folio="AJE",
        remitente="postventa@ajena.example",
    )
    ajeno = Cliente.objects.create(empresa=otra, numero="16482937-5", nombre="La misma")
    Propiedad.objects.create(unidad=unidad, cliente=ajeno, desde=date(2024, 1, 1))
    with pytest.raises(NoAutorizado):
        ingresar(unidad, ajeno, observaciones(1), nonce=uuid4(), ahora=LUNES)


def test_duenios_de_dos_unidades_no_se_bloquean_entre_si(camino, proyecto, extrania):
    camino.hasta_por_firmar()
    otra = Unidad.objects.create(proyecto=proyecto, nombre="Torre A, depto. 101")
    Propiedad.objects.create(unidad=otra, cliente=extrania, desde=date(2024, 1, 1))
    ticket = ingresar(otra, extrania, observaciones(1), nonce=uuid4(), ahora=camino.ahora)
    assert ticket.estado == "GENERADO"
