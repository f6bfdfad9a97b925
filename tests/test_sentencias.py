"""Statements written once: the same rows as their queryset, whatever the values."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from postventa.empresas.models import Sede
from postventa.expedientes.models import Borrador, Expediente
from postventa.sentencias import Escritura, Lectura, Retiro, Valor, actualizar, borrar
from tests.conftest import LUNES
from tickets.inmuebles.borrador import _POR_ENVIAR
from tickets.inmuebles.models import Proyecto, Unidad

PK = models.BigIntegerField()


def campos(instancia):
    """Every stored value of an instance and of the rows that came with it."""
    suyos = {f.attname: getattr(instancia, f.attname) for f in instancia._meta.concrete_fields}
    cache = instancia._state.fields_cache
    return suyos, {nombre: otro and campos(otro) for nombre, otro in cache.items()}


@pytest.fixture
def borrador(unidad, cliente):
    return Borrador.objects.create(
        empresa=cliente.empresa,
        cliente=cliente,
        tipo="icalma",
        datos={"unidad": unidad.pk, "observaciones": [{"ñ": "«»"}]},
        creado_en=LUNES,
        vence_en=LUNES + timedelta(days=7),
    )


def test_da_las_mismas_instancias_que_su_queryset(unidad):
    def escribir(pk):
        return Unidad.objects.filter(pk=pk).select_related(
            "proyecto__supervisor", "proyecto__empresa__calendario", "proyecto__calendario_propio"
        )

    lectura = Lectura(lambda: escribir(Valor("pk", PK)))
    suya, de_django = lectura.una(pk=unidad.pk), escribir(unidad.pk).get()
    assert campos(suya) == campos(de_django)
    assert suya.proyecto.calendario_propio is None
    assert (suya._state.adding, suya._state.db) == (False, "default")
    assert isinstance(suya.proyecto, Proyecto)
    assert (suya, lectura.una(pk=0), lectura.todas(pk=0)) == (de_django, None, [])


def test_lo_relacionado_no_se_vuelve_a_leer(unidad, django_assert_num_queries):
    lectura = Lectura(
        lambda: Unidad.objects.filter(pk=Valor("pk", PK)).select_related("proyecto__empresa")
    )
    with django_assert_num_queries(1):
        assert lectura.una(pk=unidad.pk).proyecto.empresa.codigo == "icalma"


def test_se_escribe_una_vez_y_responde_por_cada_valor(unidad):
    veces = []

    def escribir():
        veces.append(1)
        return Sede.objects.filter(codigo=Valor("codigo", models.CharField())).values_list("nombre")

    lectura = Lectura(escribir)
    sede = unidad.proyecto
    assert lectura.todas(codigo="otra") == []
    assert lectura.todas(codigo=sede.codigo) == [(sede.nombre,)]
    Sede.objects.filter(pk=sede.pk).update(nombre="Otro nombre")
    assert (lectura.todas(codigo=sede.codigo), len(veces)) == ([("Otro nombre",)], 1)


def test_los_valores_no_se_vuelven_sql(unidad):
    lectura = Lectura(lambda: Sede.objects.filter(codigo=Valor("codigo", models.CharField())))
    assert lectura.todas(codigo="' OR '1'='1") == []


@pytest.mark.parametrize(
    ("cambia", "hay"),
    [({}, True), ({"ahora": 8}, False), ({"tipo": "otro"}, False), ({"unidad": 0}, False)],
)
def test_un_borrador_se_lee_con_lo_que_guarda(borrador, cliente, unidad, cambia, hay):
    valores = {"tipo": "icalma", "unidad": unidad.pk} | cambia
    valores["ahora"] = LUNES + timedelta(days=valores.get("ahora", 0))
    leido = _POR_ENVIAR.una(cliente=cliente.pk, **valores)
    assert (leido and (leido.pk, leido.datos, leido.nonce, leido.vence_en)) == (
        (borrador.pk, borrador.datos, borrador.nonce, borrador.vence_en) if hay else None
    )


@pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="this database locks nothing"
)
@pytest.mark.django_db(transaction=True)
def test_lo_que_bloquea_va_en_una_transaccion():
    lectura = Lectura(lambda: Unidad.objects.filter(pk=Valor("pk", PK)).select_for_update())
    with pytest.raises(TransactionManagementError):
        lectura.una(pk=1)


def test_actualiza_solo_sus_campos_y_dice_cuantas(camino):
    ticket = camino.generar().ticket
    escritura = Escritura(
        lambda: actualizar(Expediente.objects.filter(pk=Valor("pk", PK)), "etapa", "cerrado_en")
    )
    antes = Expediente.objects.values().get()
    assert escritura.hacer(pk=ticket.pk, etapa="OTRA", cerrado_en=LUNES) == 1
    assert Expediente.objects.values().get() == antes | {"etapa": "OTRA", "cerrado_en": LUNES}
    with CaptureQueriesContext(connection) as consultas:
        assert escritura.hacer(pk=ticket.pk, etapa="OTRA", cerrado_en=None) == 1
        assert escritura.hacer(pk=0, etapa="OTRA", cerrado_en=None) == 0
    assert (Expediente.objects.get().cerrado_en, len(consultas)) == (None, 2)


def test_borra_solo_sus_filas(borrador):
    escritura = Escritura(lambda: borrar(Borrador.objects.filter(pk=Valor("pk", PK))))
    assert (escritura.hacer(pk=0), Borrador.objects.count()) == (0, 1)
    assert (escritura.hacer(pk=borrador.pk), Borrador.objects.count()) == (1, 0)


def test_retira_sus_filas_y_da_las_mismas_instancias(borrador):
    retiro = Retiro(lambda: Borrador.objects.filter(nonce=Valor("nonce", models.UUIDField())))
    guardado = campos(Borrador.objects.get())
    with CaptureQueriesContext(connection) as consultas:
        assert (retiro.una(nonce=uuid4()), Borrador.objects.count()) == (None, 1)
        retirado = retiro.una(nonce=borrador.nonce)
    assert (campos(retirado), Borrador.objects.count(), len(consultas)) == (guardado, 0, 3)


def test_lo_anotado_viene_con_la_instancia(unidad):
    def escribir(pk):
        cuantas = models.Value(3) + models.F("pk")
        return Unidad.objects.filter(pk=pk).annotate(cuantas=cuantas).select_related("proyecto")

    suya = Lectura(lambda: escribir(Valor("pk", PK))).una(pk=unidad.pk)
    de_django = escribir(unidad.pk).get()
    assert (campos(suya), suya.cuantas) == (campos(de_django), de_django.cuantas)
