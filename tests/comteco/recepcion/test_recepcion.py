"""Reception on one screen, step by step of the document, and what it refuses (003:66-99)."""

from uuid import uuid4

import pytest
from django.test import Client

from comteco.recepcion import ingreso
from comteco.recepcion.models import Atencion, Ficha, Unidad
from postventa.calendario import hora
from postventa.expedientes.bitacora import fallas_de_cadena
from postventa.personas.models import Cliente
from tests.comteco.recepcion.conftest import VIERNES
from tests.consola.conftest import entrar

URL = "/consola/sala/"
CUMPLE = {"referencia": "SF-118", "resultado": "cumple", "pendientes": ""}


@pytest.fixture
def web(hall, plantel):
    hora.fijar(VIERNES)
    return entrar(plantel.informes)


def pasos(atencion):
    movimientos = list(atencion.movimientos.filter(objeto="atencion").order_by("numero"))
    todos = list(atencion.movimientos.order_by("numero"))
    assert list(fallas_de_cadena(todos, atencion)) == []
    return [m.verbo for m in movimientos]


def enviar(web, que, **datos):
    return web.post(URL, {"que": que, "nonce": str(uuid4()), **datos})


@pytest.mark.regla("DSC-P1", "DSC-P2")
def test_solo_informacion_es_un_clic_y_se_cuenta(web):
    assert enviar(web, "informar").status_code == 302
    [atencion] = Atencion.objects.all()
    assert (atencion.estado, atencion.situacion, atencion.dio_folleto) == (
        "END_INFO", "CERRADO", True,
    )  # fmt: skip
    assert pasos(atencion) == ["acoger", "pedir_informacion", "informar"]
    assert "hoy 1 recibidos: 1 con información" in web.get(URL).content.decode()


@pytest.mark.regla("DSC-P5", "DSC-P6", "DSC-P8")
def test_quien_cumple_recibe_su_ficha_y_oye_como_funciona_el_panel(web, hall):
    destino = hall.destino("traslado-salientes")
    pagina = web.get(URL, {"q": "traslado", "destino": destino.pk}).content.decode()
    assert "Asesores Comerciales de Plataforma" in pagina
    assert "dirección nueva exacta con croquis" in pagina
    respuesta = enviar(web, "tramite", destino=destino.pk, **CUMPLE)
    [atencion] = Atencion.objects.all()
    assert (atencion.estado, atencion.referencia, atencion.destino) == (
        "END_FICHA", "SF-118", destino,
    )  # fmt: skip
    assert pasos(atencion) == [
        "acoger", "pedir_tramite", "direccionar", "habilitar", "entregar_ficha",
    ]  # fmt: skip
    lista = web.get(respuesta.url).content.decode()
    assert "P-001" in lista
    assert "Cuando el panel muestre su número" in lista
    assert "P-001" in web.get(f"/consola/sala/imprimir/{atencion.pk}/").content.decode()


@pytest.mark.regla("DSC-P6", "DSC-P7")
@pytest.mark.parametrize(
    ("resultado", "cumple", "deuda"),
    [("falta", False, False), ("deuda", True, True), ("ambos", False, True)],
)
def test_quien_no_cumple_o_debe_sabe_lo_que_falta_y_no_recibe_ficha(
    web, hall, resultado, cumple, deuda
):
    destino = hall.destino("instalacion").pk
    datos = {"destino": destino, "referencia": "SF-9", "resultado": resultado}
    sin_decir = enviar(web, "tramite", **datos, pendientes="")
    assert sin_decir.status_code == 422
    assert "Anota lo que le falta" in sin_decir.content.decode()
    respuesta = enviar(web, "tramite", **datos, pendientes="Fotocopia de la cédula")
    [atencion] = Atencion.objects.all()
    assert (atencion.estado, atencion.cumple_requisitos, atencion.tiene_deuda) == (
        "END_PENDIENTE", cumple, deuda,
    )  # fmt: skip
    assert pasos(atencion)[-2:] == ["observar", "comunicar_pendientes"]
    assert "Fotocopia de la cédula" in web.get(respuesta.url).content.decode()
    assert Ficha.objects.count() == 0


@pytest.mark.regla("DSC-P3", "DSC-P4")
def test_visita_deja_credencial_y_no_documento(web, funcionaria):
    hallada = web.get(URL, {"q": "nañez"}).content.decode()
    assert "Lidia Ñáñez Inventada, Encargada: Piso 2" in hallada
    datos = {"funcionario": funcionaria.pk, "finalidad": "correspondencia", "credencial": "v-07"}
    sin_documento = enviar(web, "visita", **datos)
    assert sin_documento.status_code == 422
    assert 'value="v-07"' in sin_documento.content.decode()
    assert enviar(web, "visita", **datos, pidio_documento="on").status_code == 302
    [atencion] = Atencion.objects.all()
    assert (atencion.estado, atencion.credencial, atencion.lugar) == (
        "END_VISITA", "V-07", "Lidia Ñáñez Inventada, Encargada: Piso 2",
    )  # fmt: skip
    assert pasos(atencion) == ["acoger", "pedir_ubicacion", "ubicar", "acreditar"]
    # The same credential is not given twice at once.
    otra = enviar(web, "visita", **datos, pidio_documento="on")
    assert "V-07 no ha vuelto" in otra.content.decode()
    assert "V-07" in web.get(URL).content.decode()
    web.post(f"/consola/sala/credencial/{atencion.pk}/")
    atencion = Atencion.objects.get()
    assert atencion.credencial_devuelta_en >= VIERNES
    assert enviar(web, "visita", **datos, pidio_documento="on").status_code == 302


def test_lo_tecleado_no_se_pierde_con_un_error(web, hall):
    datos = {"destino": hall.destino("baja").pk, "referencia": "", "resultado": "deuda"}
    pagina = enviar(web, "tramite", **datos, pendientes="Dos facturas").content.decode()
    assert "Dos facturas" in pagina
    assert Atencion.objects.count() == 0


def test_el_mismo_envio_dos_veces_es_una_atencion(web, hall):
    datos = {"que": "tramite", "nonce": str(uuid4()), "destino": hall.destino("baja").pk, **CUMPLE}
    primera, segunda = web.post(URL, datos), web.post(URL, datos)
    assert primera.url == segunda.url
    assert (Atencion.objects.count(), Ficha.objects.count()) == (1, 1)


def test_destino_que_ya_no_vale_se_dice_y_no_guarda(web, hall):
    from datetime import date

    fila = hall.destino("baja")
    type(fila).objects.filter(pk=fila.pk).update(vigente_hasta=date(2026, 11, 26))
    respuesta = enviar(web, "tramite", destino=fila.pk, **CUMPLE)
    assert respuesta.status_code == 409
    assert Atencion.objects.count() == 0


@pytest.mark.parametrize("quien", ["asesora", "caja", "gerente", "administradora"])
def test_solo_recibe_informes_o_la_encargada(hall, plantel, quien):
    web = entrar(getattr(plantel, quien))
    assert web.get(URL).status_code == 403
    assert enviar(web, "informar").status_code == 403
    assert Atencion.objects.count() == 0


def test_otra_empresa_no_ve_ni_toca_la_sala(hall, supervisor, funcionaria):
    ficha = hall.llega()
    atencion = ficha.atencion
    web = entrar(supervisor)
    for ruta in (
        URL, f"{URL}entregada/{atencion.pk}/", f"{URL}imprimir/{atencion.pk}/", f"{URL}meson/",
        f"{URL}indicador/", f"{URL}panel/",
    ):  # fmt: skip
        assert web.get(ruta).status_code in (403, 404), ruta
    for ruta in ("credencial/1/", "meson/siguiente/", "meson/atender/"):
        assert web.post(URL + ruta, {"ficha": ficha.pk}).status_code in (403, 404)
    for modelo, pk in (("atencion", atencion.pk), ("unidad", ficha.unidad_id)):
        assert web.get(f"/consola/recepcion/{modelo}/{pk}/change/").status_code in (403, 404)
    assert "BOC" not in web.get("/consola/recepcion/unidad/").content.decode()


def test_sede_de_otro_no_se_elige(hall, comteco):
    from postventa.empresas.models import Sede
    from postventa.personas.models import Rol
    from tests.comteco.recepcion.conftest import persona

    otra = Sede.objects.create(empresa=comteco, codigo="sur", nombre="Sur")
    del_sur = entrar(persona("delsur", comteco, Rol.INFORMES, otra))
    respuesta = enviar(del_sur, "informar", sede=hall.sede.pk)
    assert respuesta.status_code == 404
    assert "Ninguna de tus sedes" in del_sur.get(URL).content.decode()
    assert Atencion.objects.count() == 0


def test_post_forjado_en_la_pagina_del_caso_no_mueve_nada(hall, plantel):
    """The case page has no screen for any verb of the hall."""
    ficha = hall.llega()
    base = f"/consola/recepcion/atencion/{ficha.atencion_id}/"
    casos = [("atencion", ficha.atencion_id, "informar"), ("ficha", ficha.pk, "llamar"),
             ("ficha", ficha.pk, "terminar"), ("ficha", ficha.pk, "emitir")]  # fmt: skip
    for quien in (plantel.informes, plantel.asesora, plantel.gerente):
        for objeto, pk, verbo in casos:
            respuesta = entrar(quien).post(f"{base}{objeto}/{pk}/{verbo}/", {"visto": "8"})
            assert respuesta.status_code in (403, 404)
    ficha = Ficha.objects.get(pk=ficha.pk)
    assert ficha.estado == "EMITIDA"


def test_sin_sesion_no_hay_recepcion(db):
    assert Client().get(URL).status_code == 302


def test_la_sala_no_identifica_a_nadie(hall):
    hall.llega()
    hall.llega("pac")
    assert [(c.nombre, c.numero) for c in Cliente.objects.all()] == [
        ("Público de la sala", "SALA00000000")
    ]


def test_recepcion_en_pocas_preguntas(web, hall, django_assert_num_queries):
    web.get(URL)
    for _ in range(5):
        hall.llega()
    destino = hall.destino("baja").pk
    with django_assert_num_queries(13):
        web.get(URL, {"q": "baja", "destino": destino})


def test_pagina_del_caso_cuenta_la_historia(web, hall):
    ficha = hall.siguiente() if hall.llega() else None
    base = f"/consola/recepcion/atencion/{ficha.atencion_id}/change/"
    assert "V-001" in web.get(base).content.decode()
    historia = web.get(f"{base}?ver=historial").content.decode()
    assert "Direccionar según la tabla" in historia
    assert Unidad.objects.filter(pk=ficha.unidad_id).exists()
    assert ficha.atencion.folio in web.get("/consola/recepcion/atencion/").content.decode()


def test_lo_buscado_llega_limpio_a_la_bitacora(web):
    assert enviar(web, "informar", q="planes\x00 de\u202e internet" + "x" * 9000).status_code == 302
    tema = Atencion.objects.get().tema
    assert tema.startswith("planes de internet")
    assert len(tema) <= 200


def test_sede_inventada_no_se_anota_en_otra(web):
    assert enviar(web, "informar", sede="999999").status_code == 404
    assert Atencion.objects.count() == 0


def test_todas_las_credenciales_afuera_se_ven_y_vuelven(web, hall):
    for n in range(14):
        ingreso.acreditar(
            hall.sede, hall.plantel.informes, nonce=uuid4(), lugar=Unidad.objects.first(),
            finalidad="sector", credencial=f"V-{n:02d}", pidio_documento=True, ahora=VIERNES,
        )  # fmt: skip
    pagina = web.get(URL).content.decode()
    assert [f"V-{n:02d}" in pagina for n in range(14)] == [True] * 14
    assert 'Credenciales afuera <span class="ficha-n">14</span>' in pagina
