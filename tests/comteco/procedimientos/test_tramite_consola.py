"""COMTECO's procedures in the console: opened and walked by its forms, refused in words."""

from datetime import date

import pytest

from comteco.procedimientos.consola import ATAJOS, FORMULARIOS
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.sala import SALA
from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Rol
from tests.comteco.procedimientos.conftest import LUNES_BO, persona
from tests.comteco.procedimientos.tabla import POSICIONES, QUIEN, TABLA, VERBOS
from tests.consola.conftest import entrar
from tests.maquina import poner

LISTA = "/consola/procedimientos/tramite/"
NUEVO = "/consola/comteco/tramite/nuevo/"


class Ventanilla:
    """A browser of one person on one trámite."""

    def __init__(self, tramite, persona):
        self.pk, self.web = tramite.pk, entrar(persona)

    @property
    def tramite(self):
        return Tramite.objects.get(pk=self.pk)

    def pagina(self, consulta=""):
        return self.web.get(f"{LISTA}{self.pk}/change/{consulta}")

    def postear(self, verbo, **datos):
        datos.setdefault("visto", self.tramite.cadena_largo)
        return self.web.post(f"{LISTA}{self.pk}/tramite/{self.pk}/{verbo}/", datos)

    def hacer(self, verbo, **datos):
        respuesta = self.postear(verbo, **datos)
        formulario = (respuesta.context or {}).get("formulario")
        assert respuesta.status_code == 302, formulario.errors if formulario else respuesta.content
        return self

    def verbos(self):
        return {v.verbo for v in self.pagina().context["verbos"] if not v.falta}

    def requisitos(self, verbo, cumple="si", menos=0):
        campo = self.pagina(f"?verbo={verbo}").context["formulario"].fields["cumplidos"]
        pks = [r.pk for r in campo.queryset][menos:]
        return self.hacer(verbo, cumple=cumple, cumplidos=pks)


@pytest.fixture
def en(gente_comteco):
    hora.fijar(LUNES_BO)
    return lambda tramite, nombre: Ventanilla(tramite, getattr(gente_comteco, nombre))


@pytest.fixture
def asesora(gente_comteco):
    hora.fijar(LUNES_BO)
    return entrar(gente_comteco.asesora)


def test_todo_paso_del_personal_tiene_su_formulario():
    propios = {("tramite", v) for v in [*SALA.caso.permisos, *SALA.caso.anotaciones]}
    de_sistema = {("tramite", v) for v in ("abrir", "d8_habilitar", "d9_mover_reconexion")}
    assert set(FORMULARIOS) == propios - de_sistema
    assert {verbo for verbo, _ in ATAJOS.values()} == set(SALA.caso.anotaciones)


@pytest.mark.parametrize("posicion", POSICIONES)
def test_cada_paso_ofrece_sus_verbos_y_su_formulario_se_lee(camino, en, posicion):
    camino.abrir("D" if posicion[0] == "D" else posicion[0], pide="suspension")
    if posicion == "D8":
        camino.paso("d1_verificar_cuentas").paso("d2_verificar_tramite")
        camino.paso("d3_revisar_primera_vez").paso("d5_informar_importe", "D7")
        camino.paso("d7_digitar_suspension")
    else:
        Tramite.objects.update(importe="12.00", meses=["2026-10"])
        poner(camino.tramite, posicion)
    suyos = {v for o, v, _ in TABLA if o == posicion}
    for nombre in ("asesora", "caja", "jefa"):
        ventana = en(camino.tramite, nombre)
        esperados = {v for v in suyos if nombre in QUIEN.get(v, {"asesora"})}
        assert ventana.verbos() == esperados
        for verbo in esperados:
            pagina = ventana.pagina(f"?verbo={verbo}")
            assert pagina.context["formulario"].boton
            assert pagina.status_code == 200


def test_servicios_suplementarios_al_contado_por_formularios(camino, en):
    tramite = camino.abrir("A").tramite
    asesora, caja = en(tramite, "asesora"), en(tramite, "caja")
    asesora.requisitos("a1_verificar_requisitos")
    asesora.hacer("a2_marcar_componentes", pedido="Identificador de llamadas")
    asesora.hacer("a3_digitar_servicio", referencia="SF-1")
    asesora.hacer("a4_consultar_pago", paga_ahora="si", importe="1.035,50")
    assert asesora.tramite.importe_en_palabras == "Bs 1.035,50"
    assert caja.verbos() == set()
    asesora.hacer("a5_derivar_a_caja", confirma="on")
    assert asesora.verbos() == {"anular"}
    assert "Bs 1.035,50" in caja.pagina("?verbo=a5_1_cobrar").content.decode()
    caja.hacer("a5_1_cobrar", comprobante="R-77")
    asesora.hacer("a6_imprimir_solicitud", firmado_por="Mirtha Rojas Vargas")
    pagina = asesora.pagina().content.decode()
    assert asesora.tramite.estado == "OK"
    assert "comprobante R-77" in pagina
    assert "SF-1" in pagina


def test_la_pagina_muestra_los_pasos_y_marca_el_que_sigue(camino, en):
    camino.abrir("A").paso("a1_verificar_requisitos")
    respuesta = en(camino.tramite, "asesora").pagina()
    pasos = respuesta.context["pasos"]
    assert [p["paso"].codigo for p in pasos] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert [bool(p["hecho"]) for p in pasos] == [True, *[False] * 5]
    assert [p["paso"].codigo for p in pasos if p["sigue"]] == ["A2"]
    assert "Ingresa a Sistema Smartflex" in respuesta.content.decode()


def test_el_paso_que_sigue_esta_abierto_para_quien_lo_da(camino, en):
    tramite = poner(camino.abrir("A").tramite, "A5.1")
    assert en(tramite, "caja").pagina().context["elegido"].verbo == "a5_1_cobrar"
    assert en(tramite, "asesora").pagina().context["elegido"] is None
    poner(tramite, "D4")
    assert en(tramite, "jefa").pagina().context["elegido"].verbo == "d4_autorizar"
    assert en(tramite, "asesora").pagina().context["elegido"].verbo == "d4_informar_no_procede"
    poner(tramite, "OK")
    assert en(tramite, "asesora").pagina().context["elegido"] is None


def test_lo_que_falta_se_dice_y_lo_escrito_queda(camino, en):
    camino.abrir("A").paso("a1_verificar_requisitos").paso("a2_marcar_componentes")
    camino.paso("a3_digitar_servicio")
    ventana = en(camino.tramite, "asesora")
    respuesta = ventana.postear("a4_consultar_pago", paga_ahora="si", importe="abc")
    assert respuesta.status_code == 422
    assert "Escribe el importe con números" in respuesta.content.decode()
    assert 'value="abc"' in respuesta.content.decode()
    respuesta = ventana.postear("a4_consultar_pago", paga_ahora="si", importe="")
    assert respuesta.status_code == 422
    assert "Anota el importe" in respuesta.content.decode()
    assert ventana.tramite.estado == "A4"


@pytest.mark.parametrize(
    ("escrito", "leido"),
    [
        ("146,28", "Bs 146,28"),
        ("Bs 146,28", "Bs 146,28"),
        ("bs. 12", "Bs 12,00"),
        ("12.5", "Bs 12,50"),
        ("1.046,28", "Bs 1.046,28"),
        ("12.345.678,90", "Bs 12.345.678,90"),
        ("1.046", None),
        ("1,046.28", None),
        ("1.5,0", None),
        ("-12", None),
        ("0", None),
        ("1e3", None),
        ("NaN", None),
        ("123456789,00", None),
    ],
)
def test_el_importe_se_escribe_como_aqui_y_vuelve_como_se_escribio(camino, en, escrito, leido):
    ventana = en(poner(camino.abrir("A").tramite, "A4"), "asesora")
    datos = {"paga_ahora": "si", "importe": escrito}
    if leido:
        ventana.hacer("a4_consultar_pago", **datos)
        assert ventana.tramite.importe_en_palabras == leido
        return
    respuesta = ventana.postear("a4_consultar_pago", **datos)
    assert respuesta.status_code == 422
    assert f'value="{escrito}"' in respuesta.content.decode()
    assert ventana.tramite.importe is None


@pytest.mark.parametrize("verbo", [v for _, v in FORMULARIOS if v in VERBOS and v != "anular"])
def test_hoja_atrasada_no_da_el_paso(camino, en, verbo):
    """Somebody else moved it meanwhile, and it stands again where it stood: still, look first."""
    origen = min(o for o, v, _ in TABLA if v == verbo)
    tramite = poner(camino.abrir("A").tramite, origen)
    ventana = en(tramite, min(QUIEN.get(verbo, {"asesora"})))
    Tramite.objects.update(importe="12.00", meses=["2026-10"], hasta_el=date(2027, 3, 1))
    respuesta = ventana.postear(verbo, visto=tramite.cadena_largo - 1, pedido="Lo que escribí")
    assert respuesta.status_code == 409
    assert ventana.tramite.estado == origen
    assert not tramite.confirmaciones.exists()


def test_dos_asesores_con_la_misma_hoja_dan_un_paso(camino, en, gente_comteco, comteco):
    otra = persona("otra", comteco, Rol.ASESOR)
    tramite = camino.abrir("A").paso("a1_verificar_requisitos").tramite
    visto = tramite.cadena_largo
    en(tramite, "asesora").hacer("a2_marcar_componentes", pedido="El primero")
    respuesta = Ventanilla(tramite, otra).postear(
        "a2_marcar_componentes", visto=visto, pedido="El segundo"
    )
    assert respuesta.status_code == 409
    assert "El segundo" in respuesta.content.decode()
    assert Tramite.objects.get(pk=tramite.pk).pedido == "El primero"


def test_personal_de_otra_empresa_no_ve_nada(camino, gente_comteco):
    hora.fijar(LUNES_BO)
    tramite = camino.abrir("A").tramite
    ajena = Empresa.objects.create(
        codigo="ajena", nombre="Ajena", pais="BO", zona="America/La_Paz",
        prefijo_folio="AJE", calendario=tramite.empresa.calendario, jornada=tramite.empresa.jornada,
    )  # fmt: skip
    suyo = Ventanilla(tramite, persona("ajeno", ajena, Rol.ASESOR, Rol.CAJA, Rol.JEFE))
    assert suyo.pagina().status_code in (302, 403, 404)
    assert suyo.postear("a1_verificar_requisitos", cumple="si").status_code in (403, 404)
    for url in (LISTA, f"/consola/buscar/?q={tramite.folio}", "/consola/"):
        pagina = suyo.web.get(url, follow=True).content.decode()
        assert f"{tramite.pk}/change/" not in pagina
        assert "44251234" not in pagina
        assert "Mirtha" not in pagina
    assert suyo.web.get(NUEVO).status_code == 403
    assert Tramite.objects.get().estado == "A1"


def test_segunda_suspension_se_niega_con_las_palabras_del_documento(camino, caminos, en):
    camino.suspender()
    otro = caminos().abrir("D").paso("d1_verificar_cuentas").paso("d2_verificar_tramite")
    otro.paso("d3_revisar_primera_vez")
    ventana = en(otro.tramite, "asesora")
    assert ventana.tramite.estado == "D4"
    pagina = ventana.pagina().content.decode()
    assert "no se puede realizar dos suspensiones en un año" in pagina
    ventana.hacer("d4_informar_no_procede", informado="on")
    assert ventana.tramite.estado == "NO_PROCEDE"


def test_requisitos_que_faltan_concluyen_y_lo_dicen(camino, en):
    ventana = en(camino.abrir("A").tramite, "asesora")
    mala = ventana.postear("a1_verificar_requisitos", cumple="si")
    assert mala.status_code == 422
    assert "Falta: Ser titular del servicio" in mala.content.decode()
    ventana.requisitos("a1_verificar_requisitos", cumple="no", menos=1)
    assert ventana.tramite.estado == "NO_REQ"
    assert "(faltó)" in ventana.pagina().content.decode()


def test_cuatro_meses_y_un_dia_por_formulario_dice_el_maximo(camino, en):
    camino.abrir("D").paso("d1_verificar_cuentas").paso("d2_verificar_tramite")
    camino.paso("d3_revisar_primera_vez").paso("d5_informar_importe", "D7")
    ventana = en(camino.tramite, "asesora")
    respuesta = ventana.postear(
        "d7_digitar_suspension", desde_el="2026-12-01", hasta_el="2027-04-02", referencia="SF-9"
    )
    assert respuesta.status_code == 422
    pagina = respuesta.content.decode()
    assert "máximo 4 meses" in pagina
    assert 'value="SF-9"' in pagina


def test_sistema_caido_es_un_conflicto_que_conserva_lo_escrito(camino, en, settings):
    settings.COMTECO_SISTEMAS = {
        **settings.COMTECO_SISTEMAS,
        "smartflex": "tests.comteco.procedimientos.test_tramite_plazos.Caido",
    }
    camino.abrir("A").paso("a1_verificar_requisitos")
    respuesta = en(camino.tramite, "asesora").postear(
        "a2_marcar_componentes", pedido="Conferencia tripartita"
    )
    assert respuesta.status_code == 409
    pagina = respuesta.content.decode()
    assert "Smartflex no responde" in pagina
    assert "Conferencia tripartita" in pagina


# --- forged posts


@pytest.mark.parametrize("verbo", [v for _, v in FORMULARIOS if v in VERBOS])
def test_post_forjado_de_quien_no_puede_o_de_otro_paso(camino, en, verbo):
    """Every (role, verb) and, of who may, the verb where it is not possible."""
    origen = min(o for o, v, _ in TABLA if v == verbo)
    tramite = poner(camino.abrir("A").tramite, origen)
    antes, pueden = Movimiento.objects.count(), QUIEN.get(verbo, {"asesora"})
    for nombre in {"asesora", "caja", "jefa", "informes", "gerente"} - pueden:
        assert en(tramite, nombre).postear(verbo, motivo="x").status_code == 403
    assert en(tramite, "zonal").postear(verbo, motivo="x").status_code == 404
    poner(tramite, "NO_FACT")
    for nombre in pueden:
        assert en(tramite, nombre).postear(verbo, motivo="x").status_code in (409, 422)
    assert Movimiento.objects.count() == antes
    assert Tramite.objects.get(pk=tramite.pk).estado == "NO_FACT"


def test_verbos_de_sistema_no_tienen_pantalla(camino, en):
    ventana = en(camino.suspender().tramite, "asesora")
    assert ventana.postear("d8_habilitar").status_code == 403
    assert ventana.tramite.habilitado_en is None


# --- list, home and indicators


def test_la_lista_cuesta_lo_mismo_con_mas_filas(caminos, asesora, django_assert_num_queries):
    for _ in range(3):
        caminos().abrir("A")
    asesora.get(LISTA)
    with django_assert_num_queries(6):
        pagina = asesora.get(LISTA).content.decode()
    assert pagina.count("COM-2026-000") >= 3
    assert "A) Servicios suplementarios" in pagina


def test_cada_quien_espera_lo_suyo(caminos, gente_comteco):
    hora.fijar(LUNES_BO)
    caminos().abrir("J")
    en_caja = caminos().abrir("A").tramite
    Tramite.objects.filter(pk=en_caja.pk).update(importe="20.00")
    poner(en_caja, "A5.1")
    poner(caminos().abrir("D").tramite, "D4")
    inicio = {
        nombre: entrar(getattr(gente_comteco, nombre)).get("/consola/").content.decode()
        for nombre in ("asesora", "caja", "jefa", "zonal")
    }
    assert "J1. Remitir a Trámites Legales" in inicio["asesora"]
    assert "Cobrar Bs 20,00" in inicio["caja"]
    assert "Cobrar Bs 20,00" not in inicio["asesora"]
    assert "segunda suspensión del año" in inicio["jefa"]
    assert "COM-2026-0001" not in inicio["zonal"]


@pytest.mark.regla("ASE-IND")
def test_indicadores_se_ven_segun_quien(caminos, gente_comteco, plataforma):
    hora.fijar(LUNES_BO)
    caminos().abrir("J").paso("j1_remitir")
    url = "/consola/comteco/indicadores/"
    jefa = entrar(gente_comteco.jefa)
    pagina = jefa.get(url)
    assert "Aceptado" in pagina.content.decode()
    assert len(pagina.context["filas"]) == 1
    assert entrar(gente_comteco.zonal).get(url).context["filas"] == []
    assert entrar(gente_comteco.caja).get(url).status_code == 403
    assert jefa.get(url, {"dia": "2026-13-01"}).status_code == 422
    assert jefa.get(url, {"dia": "2027-01-01"}).status_code == 422
    assert "Sin datos" in jefa.get(url, {"dia": "2026-11-20"}).content.decode()
