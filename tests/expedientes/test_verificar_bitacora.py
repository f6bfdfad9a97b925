"""The audit tells on whoever touches it, or goes round it (TM-14, TM-33, INV-3)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from postventa.expedientes import verificacion
from postventa.expedientes.bitacora import anotar_cambio, hash_de
from postventa.expedientes.cuidado import anclar
from postventa.expedientes.models import (
    Ancla,
    CambioMaestro,
    Expediente,
    Movimiento,
    MovimientoDetalle,
)
from postventa.personas.models import Usuario
from postventa.visitas.models import Visita
from tests.conftest import LUNES
from tests.expedientes.manos import alterar, borrar, diferencias
from tickets.icalma.models import Observacion, Ticket


@pytest.fixture
def caso(camino):
    return camino.generar().contactar().coordinar_inspeccion().ticket


def movimiento(caso, numero):
    return Movimiento.objects.filter(expediente=caso, numero=numero)


def mandato():
    salida = StringIO()
    try:
        call_command("verificar_bitacora", stdout=salida)
    except CommandError as error:
        return salida.getvalue().splitlines(), str(error)
    return salida.getvalue().splitlines(), ""


def test_historia_entera_verifica(camino):
    camino.hasta_por_firmar().firmar()
    anclar()
    cantidad = Movimiento.objects.count()
    assert mandato() == (
        [
            f"Revisado: 1 caso, {cantidad} movimientos, 0 cambios de datos maestros, 1 ancla.",
            "Sin diferencias.",
        ],
        "",
    )


def test_sin_casos_no_hay_diferencias(db):
    assert diferencias() == []


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("verbo", "anular"),
        ("antes", "INSPECCIONADO"),
        ("despues", "ANULADO"),
        ("objeto_id", 9999),
        ("clase_actor", "cliente"),
        ("canal", "telefono"),
        ("ocurrido_en", LUNES),
        ("por", None),
        ("resumen", "0" * 64),
    ],
)
def test_columna_alterada_nombra_el_movimiento(caso, campo, valor):
    alterar(movimiento(caso, 2), **{campo: valor})
    [falla, *_] = diferencias()
    verbo = valor if campo == "verbo" else "registrar_contacto"
    assert falla == f"{caso.folio}: el movimiento 2 ({verbo}) fue alterado"


def test_mandato_sale_con_error_y_nombra_la_fila(caso):
    alterar(movimiento(caso, 3), canal="web")
    lineas, error = mandato()
    assert lineas[0] == f"{caso.folio}: el movimiento 3 (coordinar_inspeccion) fue alterado"
    assert error == "Hay 1 diferencia."


def test_detalle_alterado_se_nombra(caso):
    detalle = MovimientoDetalle.objects.get(movimiento__expediente=caso, movimiento__numero=2)
    detalle.datos["exito"] = False
    detalle.save()
    assert diferencias() == [
        f"{caso.folio}: el detalle del movimiento 2 (registrar_contacto) fue alterado"
    ]


def test_nombre_del_actor_alterado_se_nombra(caso):
    MovimientoDetalle.objects.filter(movimiento__numero=2).update(nombre_actor="Otra Persona")
    assert len(diferencias()) == 1


def test_detalle_borrado_deja_la_cadena_entera(caso):
    MovimientoDetalle.objects.all().delete()
    assert diferencias() == []


@pytest.mark.parametrize("numero", [1, 2, 3])
def test_movimiento_borrado_se_nombra(caso, numero):
    MovimientoDetalle.objects.all().delete()
    borrar(movimiento(caso, numero))
    assert diferencias()[0] == f"{caso.folio}: falta el movimiento {numero}"


def test_movimiento_agregado_con_su_hash_se_nota(caso):
    ultimo = movimiento(caso, 3).get()
    falso = Movimiento(
        expediente_id=caso.pk,
        numero=4,
        objeto="ticket",
        objeto_id=caso.pk,
        verbo="anular",
        antes=caso.estado,
        despues=caso.estado,
        clase_actor="sistema",
        canal="consola",
        ocurrido_en=ultimo.ocurrido_en,
        resumen="0" * 64,
        hash_previo=ultimo.hash,
    )
    falso.hash = hash_de(falso)
    falso.save()
    assert diferencias() == [f"{caso.folio}: la cadena no llega hasta donde el caso dice"]


def test_cadena_reescrita_entera_no_cuadra_con_el_ancla(caso):
    anclar()
    reescribir(caso, numero=2, canal="web")
    ancla = Ancla.objects.get()
    assert diferencias() == [
        f"Ancla {ancla.pk} ({ancla.tomada_en:%Y-%m-%d}): los movimientos hasta el "
        f"{ancla.hasta_movimiento} no son los de esa noche"
    ]


def reescribir(caso, numero, **valores):
    """Change a movement and make every hash after it right again."""
    alterar(movimiento(caso, numero), **valores)
    previo = movimiento(caso, numero - 1).get().hash
    for m in Movimiento.objects.filter(expediente=caso, numero__gte=numero):
        m.hash_previo = previo
        previo = hash_de(m)
        alterar(movimiento(caso, m.numero), hash_previo=m.hash_previo, hash=previo)
    Expediente.objects.filter(pk=caso.pk).update(cadena_cabeza=previo)


def test_cada_ancla_responde_de_su_noche(camino):
    camino.generar()
    anclar()
    camino.contactar()
    anclar()
    reescribir(camino.ticket, numero=2, canal="web")
    buena, mala = Ancla.objects.order_by("pk")
    assert [f.split(" ")[1] for f in diferencias()] == [str(mala.pk)]
    assert buena.cantidad == 1


@pytest.mark.parametrize(
    ("modelo", "estado", "texto"),
    [
        (Ticket, "CERRADO_CONFORME", "ticket"),
        (Observacion, "CONFORME", "observacion"),
        (Visita, "REALIZADA", "visita"),
    ],
)
def test_estado_cambiado_sin_la_puerta_se_nombra(caso, modelo, estado, texto):
    fila = modelo.objects.order_by("pk").first()
    antes = fila.estado
    modelo.objects.filter(pk=fila.pk).update(estado=estado)
    [falla] = diferencias()
    muestra = estado
    if modelo is Ticket:
        muestra = f"{estado} (copia: {antes}, ABIERTO)"
    assert falla == (
        f"{caso.folio}: {texto} {fila.pk} está en «{muestra}» y según su bitácora está en «{antes}»"
    )


@pytest.mark.parametrize("copia", [{"etapa": "ANULADO"}, {"situacion": "CERRADO"}])
def test_copia_de_la_lista_que_no_coincide_se_nombra(caso, copia):
    Expediente.objects.filter(pk=caso.pk).update(**copia)
    assert len(diferencias()) == 1


def test_parte_borrada_que_tenia_movimientos_se_nombra(camino):
    camino.generar().contactar().coordinar_inspeccion().iniciar_inspeccion()
    pk = camino.visita.pk
    camino.visita.delete()
    assert diferencias() == [f"{camino.ticket.folio}: visita {pk} tiene movimientos y ya no existe"]


def test_nombre_mas_largo_que_la_columna_no_parece_alterado(camino):
    Usuario.objects.filter(pk=camino.supervisor.pk).update(
        first_name="Rodrigo " * 10, last_name="Sepúlveda " * 10
    )
    camino.supervisor.refresh_from_db()
    camino.generar().contactar()
    assert diferencias() == []


def test_pocas_consultas_por_lote(camino, django_assert_num_queries):
    for _ in range(3):
        camino.generar()
    with django_assert_num_queries(12):
        assert diferencias() == []
    for _ in range(4):
        camino.generar()
    with django_assert_num_queries(12):
        assert diferencias() == []


def test_lotes_chicos_ven_todo(camino, monkeypatch):
    monkeypatch.setattr(verificacion, "LOTE", 2)
    casos = [camino.generar().ticket for _ in range(5)]
    alterar(movimiento(casos[4], 1), canal="telefono")
    assert diferencias() == [f"{casos[4].folio}: el movimiento 1 (generar) fue alterado"]


# --- master data


@pytest.fixture
def cambios(icalma, supervisor):
    for accion in ("editar", "editar", "borrar"):
        anotar_cambio(icalma, icalma, accion, supervisor, LUNES, {"zona": ["antes", "después"]})
    anotar_cambio(None, supervisor, "editar", supervisor, LUNES, {"correo": "otro"})
    return CambioMaestro.objects.filter(empresa=icalma)


def test_cambios_verifican_aunque_la_persona_cambie_de_nombre(cambios, supervisor):
    Usuario.objects.filter(pk=supervisor.pk).update(first_name="Otro", last_name="Nombre")
    assert diferencias() == []
    assert [c.numero for c in CambioMaestro.objects.order_by("pk")] == [1, 2, 3, 1]


@pytest.mark.parametrize("valores", [{"detalle": {"zona": "otra"}}, {"accion": "crear"}])
def test_cambio_alterado_se_nombra(cambios, icalma, valores):
    alterar(cambios.filter(numero=2), **valores)
    assert diferencias() == [
        f"Cambios de la empresa {icalma.pk}: el cambio 2 (empresas.empresa) fue alterado"
    ]


@pytest.mark.parametrize("numero", [1, 2, 3])
def test_cambio_borrado_se_nombra(cambios, icalma, numero):
    borrar(cambios.filter(numero=numero))
    assert diferencias() == [f"Cambios de la empresa {icalma.pk}: falta el cambio {numero}"]


def test_todos_los_cambios_borrados_se_notan(cambios, icalma):
    borrar(cambios.all())
    assert diferencias() == [f"cambios:{icalma.pk}: faltan los 3 cambios"]


@pytest.mark.parametrize("comun", [True, False])
def test_base_no_acepta_dos_cambios_con_el_mismo_numero(cambios, comun):
    fila = CambioMaestro.objects.get(empresa__isnull=comun, numero=1)
    fila.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        fila.save(force_insert=True)
