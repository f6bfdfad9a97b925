"""`manage.py simular`: the same seed, the same history; each as the house would have it."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.documentos.models import Documento
from postventa.empresas.models import Empresa, Sede
from postventa.expedientes.bitacora import sha256
from postventa.expedientes.folios import folio_de
from postventa.expedientes.models import Correlativo, Expediente, Movimiento, MovimientoDetalle
from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.personas.documentos import normalizar
from postventa.personas.models import Cliente, Usuario
from postventa.plazos.calculo import calcular_plazo
from postventa.plazos.models import ABIERTOS, AlertaPlazo, Plazo
from postventa.tableros.models import Sello
from postventa.tramitacion import barrido
from postventa.tramitacion.simulacion import masa, tirada
from postventa.visitas.models import Visita

AHORA = datetime(2026, 11, 27, 10, tzinfo=UTC)
EMPRESAS = ("icalma", "ingevec", "capera")


def simular(**opciones) -> str:
    salida = StringIO()
    call_command("simular", stdout=salida, stderr=salida, **opciones)
    return salida.getvalue()


@pytest.fixture
def base(db):
    hora.fijar(AHORA)
    call_command("cargar_base", stdout=StringIO())
    call_command("cargar_demo", stdout=StringIO())


@pytest.fixture
def en_masa(monkeypatch):
    """Few histories through the door, told again: a test has no minutes."""
    monkeypatch.setattr(tirada, "PASO_A_PASO", 0)
    monkeypatch.setattr(masa, "MOLDES", 5)


@pytest.fixture(params=["paso a paso", "en masa"])
def simulada(base, request, monkeypatch):
    antes = set(Expediente.objects.values_list("pk", flat=True))
    cuantos = 12
    if request.param == "en masa":
        request.getfixturevalue("en_masa")
        cuantos = 45
    dicho = simular(expedientes=cuantos, semilla=7)
    nuevos = Expediente.objects.exclude(pk__in=antes)
    return nuevos, cuantos, dicho


def historia() -> list:
    """What happened, without what is random on purpose: salts, hashes and public names."""
    detalles = MovimientoDetalle.objects.order_by("movimiento__expediente", "movimiento__numero")
    return [
        (
            d.movimiento.expediente.folio,
            d.movimiento.verbo,
            d.movimiento.despues,
            d.movimiento.ocurrido_en,
            d.nombre_actor,
        )
        for d in detalles.select_related("movimiento__expediente")
    ]


def los_folios_siguen():
    """The next case takes the next number of its series."""
    icalma = Empresa.objects.get(codigo="icalma")
    anio = 2026
    usados = {
        int(f.rpartition("-")[2])
        for f in Expediente.objects.filter(
            empresa=icalma, folio__startswith=f"ICA-{anio}-"
        ).values_list("folio", flat=True)
    }
    assert usados == set(range(1, max(usados) + 1))
    assert folio_de(icalma, anio) == f"ICA-{anio}-{max(usados) + 1:04d}"
    assert Correlativo.objects.filter(serie="capera-ingreso-2026").exists()


def test_historia_simulada_se_verifica_entera(simulada):
    """Chains, states by replay, folios; as many as asked for, of every company."""
    nuevos, cuantos, dicho = simulada
    assert list(verificar(Cuenta())) == []
    por_empresa = Counter(nuevos.values_list("empresa__codigo", flat=True))
    assert por_empresa == dict.fromkeys(EMPRESAS, cuantos // 3)
    assert "quedó a medias" not in dicho
    folios = list(nuevos.values_list("empresa", "folio"))
    assert len(set(folios)) == len(folios)
    assert set(nuevos.values_list("situacion", flat=True)) >= {"CERRADO", "ABIERTO"}
    assert not nuevos.filter(creado_en__gt=AHORA).exists()
    los_folios_siguen()


def test_plazos_simulados_son_los_del_calendario(simulada):
    nuevos, _, _ = simulada
    plazos = Plazo.objects.filter(expediente__in=nuevos, es_pactado=False).select_related(
        "politica__jornada", "expediente__sede__empresa"
    )
    assert plazos.count() > nuevos.count()
    for plazo in plazos:
        calculado = calcular_plazo(plazo.politica, plazo.expediente.sede, plazo.inicia_en)
        assert plazo.vence_en == calculado.vence_en, plazo
        if plazo.estado in ABIERTOS:
            assert (plazo.estado == "VENCIDO") == (plazo.vence_en < hora.ahora()), plazo
    for caso in nuevos:
        corren = caso.plazos.filter(estado__in=ABIERTOS).order_by("vence_en")
        assert caso.proximo_vence_en == corren.values_list("vence_en", flat=True).first()
    assert not AlertaPlazo.objects.filter(
        plazo__expediente__in=nuevos, por_avisar_en__isnull=False
    ).exists()


def sin_nada_atrasado():
    """Whatever was due has been done: a worker that starts now has nothing of the past to do."""
    hora.fijar(datetime(2026, 11, 27, 3, 0, tzinfo=UTC))
    antes = Movimiento.objects.count()
    assert barrido.barrer(hora.ahora()) == 0
    assert Movimiento.objects.count() == antes


def sin_correos_por_salir(nuevos):
    avisos = Aviso.objects.filter(expediente__in=nuevos)
    assert avisos.exists()
    estados = set(avisos.values_list("estado", flat=True))
    assert estados <= {"ENVIADO", "DESCARTADO", "AGRUPADO"}
    assert not Visita.objects.filter(recordar_en__lte=AHORA).exists()


def con_personas_inventadas(nuevos):
    for cliente in Cliente.objects.filter(expedientes__in=nuevos):
        assert normalizar(cliente.tipo_documento, cliente.numero) == cliente.numero
        assert cliente.correo == "" or cliente.correo.endswith("@correo.example")
    for persona in Usuario.objects.filter(username__startswith="sim_"):
        assert not persona.has_usable_password()


def test_de_lo_simulado_no_queda_nada_por_hacer(simulada):
    """Nothing is due, no mail waits to leave, and nobody in it exists."""
    nuevos, _, _ = simulada
    con_personas_inventadas(nuevos)
    sin_correos_por_salir(nuevos)
    sin_nada_atrasado()


def test_documentos_copiados_dicen_lo_que_diria_su_caso(base, en_masa):
    """The act of a copy is, letter by letter, the one that its room would write."""
    from postventa.expedientes.bitacora import canonico
    from reclamos.documentos import respuesta_formal
    from reclamos.models import Reclamo
    from tickets.icalma.documentos import _hechos_de_inspeccion
    from tickets.icalma.models import Ticket

    antes = set(Expediente.objects.values_list("pk", flat=True))
    simular(expedientes=60, semilla=3, empresa=["icalma", "capera"])
    documentos = Documento.objects.exclude(expediente__in=antes)
    vistos = Counter()
    for documento in documentos:
        assert documento.sha256 == sha256(documento.canonico)
        caso = documento.expediente
        if documento.tipo == "inspeccion" and documento.ordinal == 1:
            ticket = Ticket.objects.get(pk=caso.pk)
            # A review upheld since changes what was decided then.
            if ticket.observaciones.exclude(resolucion="").exists():
                continue
            esperado = canonico(_hechos_de_inspeccion(ticket))
        elif documento.tipo == "respuesta":
            reclamo = Reclamo.objects.get(pk=caso.pk)
            if reclamo.documentos.filter(tipo="respuesta").count() > 1 or reclamo.vuelta > 1:
                continue
            esperado = canonico(respuesta_formal(reclamo))
        else:
            continue
        vistos[documento.tipo] += 1
        assert documento.canonico == esperado
    assert min(vistos["inspeccion"], vistos["respuesta"]) > 5


def test_textos_copiados_no_nombran_a_otro_caso(base, en_masa):
    """Nothing written in a copy cites the folio of the history that it was copied from."""
    simular(expedientes=45, semilla=3)
    folio = re.compile(r"(?:ICA|ING)-\d{4}-\d{4,}|CAP-\d{8}-\d\d")
    filas = MovimientoDetalle.objects.values_list("movimiento__expediente__folio", "datos")
    filas = [*filas, *Aviso.objects.values_list("expediente__folio", "datos")]
    filas += Documento.objects.values_list("expediente__folio", "canonico")
    citados = [(suyo, cita) for suyo, datos in filas for cita in folio.findall(str(datos))]
    assert len(citados) > 50
    assert [par for par in citados if par[0] and par[0] != par[1]] == []


def test_misma_semilla_misma_historia(base):
    from django.db import transaction

    historias = []
    for semilla in (4, 4, 5):
        with transaction.atomic():
            simular(expedientes=9, semilla=semilla)
            historias.append(historia())
            transaction.set_rollback(True)
    assert historias[0] == historias[1] != historias[2]
    assert len(historias[0]) > 60


def test_misma_semilla_misma_historia_en_masa(base, en_masa):
    from django.db import transaction

    historias = []
    for _ in range(2):
        with transaction.atomic():
            simular(expedientes=30, semilla=4)
            historias.append(historia())
            transaction.set_rollback(True)
    assert historias[0] == historias[1]
    assert len(historias[0]) > 250


def test_folios_en_masa_van_por_orden_de_llegada(base, en_masa):
    simular(expedientes=60, semilla=2, empresa=["icalma"])
    filas = Expediente.objects.filter(tipo="icalma").order_by("creado_en").values_list("folio")
    assert list(filas) == sorted(filas)


@pytest.mark.parametrize(
    ("opciones", "dice"),
    [
        ({"expedientes": "0"}, "--expedientes: escribe un número entre 1 y 1000000."),
        ({"expedientes": "-5"}, "--expedientes: escribe un número entre 1 y 1000000."),
        ({"expedientes": "mil"}, "--expedientes: «mil» no es un número entero."),
        ({"semilla": "azar"}, "--semilla: «azar» no es un número entero."),
        ({"anios": "0"}, "--anios: escribe un número entre 1 y 10."),
        ({"empresa": ["acme"]}, "No hay una empresa «acme»."),
        ({"empresa": ["comteco"]}, "comteco todavía no se puede simular."),
        ({"hasta": "ayer"}, "No se entiende «ayer»"),
        ({"hasta": "2027-01-01T00:00"}, "--hasta: 2027-01-01T00:00 todavía no llega."),
        ({"anios": "9"}, "No hay feriados cargados de 2017"),
    ],
)
def test_opcion_mala_se_explica_y_no_hace_nada(base, opciones, dice):
    antes = Expediente.objects.count()
    with pytest.raises(CommandError) as error:
        simular(**opciones)
    assert dice in str(error.value)
    assert (error.value.returncode, Expediente.objects.count()) == (2, antes)


def test_donde_no_es_demostracion_no_se_simula(base, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="no admite los datos de demostración") as error:
        simular(expedientes=3)
    assert error.value.returncode == 2


def test_entre_casos_propios_solo_si_se_esta_seguro(base, monkeypatch):
    """A company with cases of its own is not mixed with invented ones by mistake."""
    simular(expedientes=3, empresa=["icalma"])
    caso = Expediente.objects.filter(tipo="icalma").first()
    propia = Sede.objects.create(empresa=caso.empresa, codigo="propia", nombre="Propia")
    Expediente.objects.filter(pk=caso.pk).update(sede=propia)
    with pytest.raises(CommandError, match="tiene 1 caso que no son de la demostración") as error:
        simular(expedientes=3, empresa=["icalma"])
    assert error.value.returncode == 2
    assert "Icalma: 3 casos" in simular(
        expedientes=3, empresa=["icalma"], semilla=2, si_estoy_seguro=True
    )


def test_si_algo_falla_no_queda_nada(base, monkeypatch):
    antes = Expediente.objects.count(), Cliente.objects.count(), Correlativo.objects.count()

    def fallar(*_):
        raise RuntimeError("luz cortada")

    monkeypatch.setattr(tirada.Marcha, "correr", fallar)
    with pytest.raises(RuntimeError):
        simular(expedientes=3)
    ahora = Expediente.objects.count(), Cliente.objects.count(), Correlativo.objects.count()
    assert ahora == antes


def test_las_semanas_contadas_de_esas_empresas_se_cuentan_otra_vez(base):
    semana = date(2026, 11, 23)
    for codigo in ("icalma", "ingevec"):
        empresa = Empresa.objects.get(codigo=codigo)
        Sello.objects.create(empresa=empresa, desde=semana, hasta=semana, forma="x")
    simular(expedientes=1, semilla=7, empresa=["icalma"])
    contadas = Sello.objects.order_by("empresa__codigo").values_list("empresa__codigo", "hasta")
    assert list(contadas) == [("icalma", None), ("ingevec", semana)]
