"""Reception: who, by which way, what it must say, its codes and numbers (C-01 to C-07, C-12)."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from postventa.empresas.models import Sede
from postventa.expedientes.models import Correlativo, Expediente
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from reclamos import ingreso
from reclamos.ingreso import recibir
from reclamos.models import Canal, Reclamo
from tests.reclamos.conftest import FORMULARIO, JUEVES


@pytest.mark.regla("C-04", "C-05")
def test_toda_queja_se_registra_una_vez_con_su_codigo(caso, casos, caseta, denunciante, plantel):
    # Nothing but the way, the receiver and the time: justified or not, it is registered.
    uno, otro = caso.recibir("correo"), casos().recibir("carta", clase="QUEJA")
    assert [c.reclamo.codigo for c in (uno, otro)] == ["CAP-20261126-01", "CAP-20261126-02"]
    nonce, datos = uuid4(), {"canal": "correo", "clase": "QUEJA"}
    repetidas = [
        recibir(caseta, denunciante, plantel.legal, nonce=nonce, ahora=JUEVES, **datos)
        for _ in range(2)
    ]
    assert repetidas[0].pk == repetidas[1].pk
    assert Expediente.objects.filter(tipo="capera").count() == 3


@pytest.mark.parametrize("otro", ["sede", "cliente", "receptor", "reclamante"])
def test_la_llave_de_un_formulario_solo_le_sirve_a_quien_lo_envio(
    caseta, capera, denunciante, plantel, otro
):
    nonce, datos = uuid4(), {"canal": "correo", "clase": "QUEJA", "ahora": JUEVES}
    recibir(caseta, denunciante, plantel.vendedora, nonce=nonce, **datos)
    sede, cliente, por = caseta, denunciante, plantel.vendedora
    if otro == "sede":
        sede = Sede.objects.create(empresa=capera, codigo="sullana", nombre="Sullana")
    elif otro == "cliente":
        cliente = Cliente.objects.create(empresa=capera, numero="40123457", nombre="Otra")
    else:
        por = {"receptor": plantel.otro, "reclamante": denunciante}[otro]
    with pytest.raises(Conflicto, match="ya se envió"):
        recibir(sede, cliente, por, nonce=nonce, **datos)
    assert Reclamo.objects.count() == 1


def test_el_mismo_formulario_dos_veces_a_la_vez_es_un_reclamo(
    caseta, denunciante, plantel, monkeypatch
):
    """The second one looks before the first one is stored."""
    nonce, datos = uuid4(), {"canal": "correo", "clase": "QUEJA", "ahora": JUEVES}
    primera = recibir(caseta, denunciante, plantel.vendedora, nonce=nonce, **datos)
    mirar, vistas = ingreso._primera, []

    def tarde(*de_quien):
        vistas.append(de_quien)
        return mirar(*de_quien) if len(vistas) > 1 else None

    monkeypatch.setattr(ingreso, "_primera", tarde)
    assert recibir(caseta, denunciante, plantel.vendedora, nonce=nonce, **datos) == primera
    assert Correlativo.objects.get(serie="capera-codigo-20261126").ultimo == 1


def test_codigo_es_de_la_fecha_de_recepcion(caso):
    caso.recibir("carta", recibida_en=JUEVES - timedelta(days=2))
    assert caso.reclamo.codigo == "CAP-20261124-01"


@pytest.mark.parametrize("canal", ["telefono", "caseta", "oficina", "filial"])
@pytest.mark.regla("C-07")
def test_por_telefono_o_presencial_el_ingreso_se_informa_en_el_instante(caso, canal):
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.recibir(canal, informado_en=None)
    assert set(rechazo.value.campos) == {"informado_en"}
    assert not Reclamo.objects.exists()
    caso.recibir(canal)
    assert caso.plazo("ingreso").estado == "CUMPLIDO"


@pytest.mark.parametrize("minutos", [-61, 1])
def test_lo_informado_es_entre_la_recepcion_y_ahora(caso, minutos):
    con = {"recibida_en": JUEVES - timedelta(hours=1)}
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.recibir("caseta", informado_en=JUEVES + timedelta(minutes=minutos), **con)
    assert set(rechazo.value.campos) == {"informado_en"}


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"canal": "paloma"}, "canal"),
        ({"canal": "web"}, "canal"),
        ({"clase": "OTRA"}, "clase"),
        ({"recibida_en": JUEVES + timedelta(minutes=1)}, "recibida_en"),
    ],
)
def test_recepcion_que_no_puede_ser(caso, datos, campo):
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.recibir(**{"canal": "correo", **datos})
    assert set(rechazo.value.campos) == {campo}
    assert not Correlativo.objects.filter(serie__startswith="capera-codigo").exists()


def test_reclamante_escribe_por_el_sitio_y_formaliza_lo_suyo(caso, denunciante):
    caso.recibir("web", por=denunciante)
    assert caso.reclamo.recibida_por is None
    assert caso.formalizar(denunciante).reclamo.estado == "FORMALIZADA"


def test_reclamante_de_otra_empresa_no_entra(caso, cliente):
    caso.cliente = cliente
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.recibir()
    assert set(rechazo.value.campos) == {"cliente"}


# --- the form


@pytest.mark.parametrize("campo", ["motivo", "lugar", "distrito", "hechos"])
def test_lo_que_no_cabe_se_dice_y_no_se_corta(caso, plantel, campo):
    tope = Reclamo._meta.get_field(campo).max_length
    with pytest.raises(DatosInvalidos, match=f"hasta {tope}"):
        caso.recibir(**{campo: "x" * (tope + 1)})
    caso.recibir()
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.tramitar("formalizar", plantel.vendedora, **FORMULARIO | {campo: "x" * (tope + 1)})
    assert set(rechazo.value.campos) == {campo}


@pytest.mark.parametrize("canal", [c.value for c in Canal])
@pytest.mark.parametrize("falta", ["motivo", "hechos", "ocurrio_el", "lugar"])
@pytest.mark.regla("C-03")
def test_de_a_a_c_se_piden_por_cualquier_canal(caso, denunciante, canal, falta):
    por = denunciante if canal == "web" else None
    caso.recibir(canal, por=por)
    datos = {k: v for k, v in FORMULARIO.items() if k != falta} | {"reclamante": "Rosa"}
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.tramitar("formalizar", por or caso.plantel.vendedora, **datos)
    assert set(rechazo.value.campos) == {falta}


@pytest.mark.regla("C-03")
def test_lo_que_es_de_ser_posible_puede_faltar(caso):
    reclamo = caso.recibir().formalizar().reclamo
    vacios = ("ocurrio_a_las", "distrito", "localidad", "predio", "involucrados")
    assert not any(getattr(reclamo, campo) for campo in vacios)
    assert reclamo.estado == "FORMALIZADA"


@pytest.mark.parametrize("contacto", ["telefono", "correo", "domicilio"])
@pytest.mark.regla("C-03")
def test_sin_como_contactarle_no_hay_formulario(caso, denunciante, contacto):
    denunciante.telefono = denunciante.correo = ""
    denunciante.save()
    caso.recibir()
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.formalizar()
    assert set(rechazo.value.campos) == {"contacto"}
    if contacto == "domicilio":
        assert caso.formalizar(domicilio="Jr. Lima 123").reclamo.estado == "FORMALIZADA"
        return
    setattr(denunciante, contacto, "rosa@correo.example" if contacto == "correo" else "969")
    denunciante.save()
    assert caso.formalizar().reclamo.estado == "FORMALIZADA"


def test_los_hechos_no_son_de_maniana(caso):
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.recibir().tramitar(
            "formalizar",
            caso.plantel.vendedora,
            **FORMULARIO | {"ocurrio_el": (JUEVES + timedelta(days=1)).date()},
        )
    assert set(rechazo.value.campos) == {"ocurrio_el"}


@pytest.mark.regla("C-02", "C-12", "C-20")
def test_lo_verbal_pasa_a_escrito_con_registro_de_ambas_partes(caso, plantel):
    caso.recibir("telefono")
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.tramitar("formalizar", plantel.vendedora, **FORMULARIO)
    assert set(rechazo.value.campos) == {"reclamante"}
    # Who attends makes it official, and nobody else of staff.
    with pytest.raises(NoAutorizado):
        caso.tramitar("formalizar", plantel.legal, **FORMULARIO, reclamante="Rosa")
    reclamo = caso.formalizar().reclamo
    (constancia,) = reclamo.constancias.all()
    assert (constancia.por, constancia.reclamante) == (plantel.vendedora, "Rosa Chunga Silva")
    formulario = json.loads(reclamo.documentos.get(tipo="formulario").canonico)
    assert formulario["documento"] == "Formulario de quejas y/o reclamos"
    assert formulario["constancias"] == [
        {"empresa": "Vendedora", "reclamante": "Rosa Chunga Silva", "texto": FORMULARIO["hechos"]}
    ]


# --- solved on the spot


@pytest.mark.parametrize("formalizada", [True, False])
@pytest.mark.regla("C-12")
def test_verbal_resuelta_en_el_acto_queda_registrada_y_numerada(caso, plantel, formalizada):
    caso.recibir("caseta")
    if formalizada:
        caso.formalizar()
    datos = {**FORMULARIO, "reclamante": "Rosa", "solucion": "Se le entregó el plano correcto"}
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.tramitar("resolver_en_el_acto", plantel.vendedora, **datos)
    assert set(rechazo.value.campos) == {"acepta"}
    caso.tramitar("resolver_en_el_acto", plantel.vendedora, acepta=True, **datos)
    assert caso.plazo("respuesta").estado == caso.plazo("plazo_legal").estado == "CUMPLIDO"
    with pytest.raises(Conflicto, match="N° de Ingreso"):
        caso.archivar()
    caso.numerar()
    assert (caso.reclamo.estado, caso.reclamo.numero_ingreso) == (
        "RESUELTA_EN_EL_ACTO",
        "0001-2026",
    )
    with pytest.raises(Conflicto, match="Ya tiene"):
        caso.numerar()
    assert caso.archivar().reclamo.estado == "ARCHIVADA"


@pytest.mark.parametrize("canal", ["correo", "carta"])
def test_lo_escrito_no_se_resuelve_en_el_acto(caso, plantel, canal):
    datos = {**FORMULARIO, "reclamante": "Rosa", "solucion": "Listo", "acepta": True}
    with pytest.raises(Conflicto, match="de palabra"):
        caso.recibir(canal).tramitar("resolver_en_el_acto", plantel.vendedora, **datos)


# --- numbers


@pytest.mark.regla("C-06")
def test_numero_de_ingreso_es_correlativo_sin_saltos_y_por_anio(caso, casos, plantel):
    uno, dos = casos().ingresar(), casos().recibir().formalizar()
    with pytest.raises(NoAutorizado):
        dos.tramitar("numerar", plantel.vendedora)
    with transaction.atomic():
        dos.numerar()
        transaction.set_rollback(True)
    dos.releer()
    assert dos.reclamo.numero_ingreso == ""
    dos.numerar()
    assert [c.reclamo.numero_ingreso for c in (uno, dos)] == ["0001-2026", "0002-2026"]
    tres = casos().recibir().formalizar().a_las("2027-01-04 09:00").numerar()
    assert tres.reclamo.numero_ingreso == "0001-2027"


def test_dos_con_el_mismo_numero_no_caben(casos):
    uno, dos = casos().ingresar(), casos().ingresar()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reclamo.objects.filter(pk=dos.reclamo.pk).update(ingreso_numero=1)
    assert uno.reclamo.ingreso_numero == 1


@pytest.mark.regla("C-06")
def test_toda_queja_llega_por_correo_al_area_legal(caso, denunciante, plantel):
    for canal in Canal.values:
        por = denunciante if canal == "web" else None
        caso.recibir(canal, por=por)
        assert caso.correos() == [("capera/personal", "legal@capera.example")]


@pytest.mark.regla("C-06")
def test_sin_nadie_en_legal_va_a_la_casilla_de_la_empresa(caso, plantel):
    plantel.legal.membresias.all().delete()
    caso.recibir()
    assert caso.correos() == [("capera/personal", "legal@caperainmobiliaria.com.pe")]


def test_hoja_de_consumidor_es_correlativa_por_establecimiento(casos, capera):
    hojas = [casos().recibir(es_consumidor=es).reclamo.hoja_numero for es in (True, False, True)]
    assert hojas == [1, None, 2]


@pytest.mark.regla("C-02", "C-20")
@pytest.mark.parametrize("por_que", ["llego_escrita", "ya_no_trabaja", "trata_de_quien_la_recibio"])
def test_legal_pasa_a_escrito_lo_que_su_receptor_no_puede(caso, plantel, por_que):
    caso.recibir("carta" if por_que == "llego_escrita" else "telefono")
    if por_que == "ya_no_trabaja":
        Usuario.objects.filter(pk=plantel.vendedora.pk).update(is_active=False)
    elif por_que == "trata_de_quien_la_recibio":
        caso.reclamo.aludidos.add(plantel.vendedora)
    caso.releer()
    caso.tramitar("formalizar", plantel.legal, **FORMULARIO, reclamante="Rosa Chunga")
    assert caso.releer().estado == "FORMALIZADA"
