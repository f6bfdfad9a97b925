"""Reception by anybody of staff: one screen for every way, and nothing lost (C-01 to C-12)."""

from uuid import uuid4

import pytest

from postventa.calendario import hora
from postventa.expedientes.models import Adjunto, CambioMaestro
from postventa.personas.models import Cliente, Membresia, Rol
from reclamos.models import Reclamo
from reclamos.toma.pagina import url_de
from tests.calendario.lugares import LIMA
from tests.conftest import local
from tests.icalma.conftest import foto
from tests.ingevec.telefonista import texto_de
from tests.reclamos.conftest import JUEVES, persona
from tests.reclamos.recepcionista import BASE, Recepcionista, foto_de_todo

NUEVA = {
    "nombre": "Luis Yamunaqué Ríos",
    "tipo_documento": "DNI",
    "numero": "41 234 567",
    "telefono": "969 333 444",
}


@pytest.fixture
def reloj(db):
    hora.fijar(JUEVES)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "adjuntos"
    return settings.MEDIA_ROOT


@pytest.fixture
def mesa(reloj, caseta, denunciante, plantel):
    return Recepcionista(plantel.vendedora, caseta, denunciante)


@pytest.fixture
def mesa_nueva(reloj, caseta, plantel):
    return Recepcionista(plantel.vendedora, caseta)


def fallas(respuesta):
    assert respuesta.status_code == 422
    return sorted(respuesta.context["fallas"])


# --- who


@pytest.mark.parametrize(
    "rol", [Rol.TRABAJADOR, Rol.LEGAL, Rol.GERENTE, Rol.ADMINISTRADOR, Rol.CALL_CENTER]
)
@pytest.mark.regla("C-01")
def test_la_recibe_cualquier_persona_sin_importar_su_area(reloj, capera, caseta, denunciante, rol):
    quien = persona("alguien", capera, rol)
    mesa = Recepcionista(quien, caseta, denunciante)
    inicio = mesa.web.get("/consola/").content.decode()
    assert f'href="{BASE}">Recibir una queja o reclamo<' in inicio
    assert mesa.guardar().status_code == 302
    assert Reclamo.objects.get().recibida_por == quien


def test_personal_de_otra_empresa_no_la_recibe_ni_la_ve(mesa, supervisor, caseta, denunciante):
    ajeno = Recepcionista(supervisor, caseta, denunciante)
    assert "Recibir una queja" not in ajeno.web.get("/consola/").content.decode()
    for ruta in (BASE, ajeno.url, f"{BASE}nueva/", f"{BASE}lista/1/"):
        assert ajeno.web.get(ruta).status_code == 403
    assert ajeno.guardar().status_code == 403
    assert not Reclamo.objects.exists()


def test_reclamante_de_otra_empresa_no_existe(mesa, cliente):
    mesa.cliente = cliente
    assert (mesa.pagina().status_code, mesa.guardar().status_code) == (404, 404)
    assert mesa.web.get(BASE, {"q": cliente.nombre}).context["halladas"] == []


def test_solo_en_los_establecimientos_donde_trabaja(mesa, capera, plantel, caseta):
    otra = caseta.__class__.objects.create(empresa=capera, codigo="lima", nombre="Oficina de Lima")
    Membresia.objects.filter(usuario=plantel.vendedora).update(sede=caseta)
    assert list(mesa.pagina().context["form"].fields["sede"].queryset) == [caseta]
    assert fallas(mesa.guardar(sede=otra.pk)) == ["sede"]


# --- find


def test_nadie_hojea_el_registro_contando_claves(mesa, plantel, denunciante):
    """Who complained to somebody else is found by what they themselves say, and no other way."""
    Recepcionista(plantel.otro, mesa.sede, denunciante).guardar()
    assert mesa.web.get(f"{BASE}{denunciante.pk}/").status_code == 404
    ajena = url_de(denunciante.__class__(pk=999), denunciante.pk)
    assert mesa.web.get(ajena).status_code == 404
    assert mesa.web.get(BASE, {"q": "Chunga"}).context["halladas"] == []
    assert mesa.web.get(BASE, {"q": "969111"}).context["halladas"] == []
    entero = mesa.web.get(BASE, {"q": "969 111 222"})
    assert mesa.web.get(entero.headers["Location"]).context["anteriores"] == []


@pytest.mark.parametrize(
    "texto", ["40123456", "40.123.456", "Chunga", "969 111 222", "969111222", "rosa silva"]
)
def test_una_sola_persona_se_elige_al_buscarla(mesa, texto):
    respuesta = mesa.web.get(BASE, {"q": texto})
    assert (respuesta.status_code, respuesta.headers["Location"]) == (302, mesa.url)


@pytest.mark.parametrize(
    ("tipo", "numero"), [("CE", "001234567"), ("PAS", "AB123456"), ("RUC", "20131312955")]
)
def test_se_encuentra_por_cualquier_documento(mesa, capera, tipo, numero):
    otra = Cliente.objects.create(
        empresa=capera, tipo_documento=tipo, numero=numero, nombre="Otra Persona"
    )
    respuesta = mesa.web.get(BASE, {"q": numero.lower()})
    assert respuesta.headers["Location"] == url_de(mesa.persona, otra.pk)


@pytest.mark.parametrize(
    ("texto", "inicial"),
    [
        ("41234567", {"numero": "41234567"}),
        ("20131312955", {"tipo_documento": "RUC", "numero": "20131312955"}),
        ("+51 969 333 444", {"telefono": "+51 969 333 444"}),
        ("Luis Yamunaqué", {"nombre": "Luis Yamunaqué"}),
    ],
)
def test_lo_buscado_pasa_a_la_persona_nueva(mesa, texto, inicial):
    vacia = mesa.web.get(BASE, {"q": texto})
    assert vacia.context["halladas"] == []
    nueva = mesa.web.get(vacia.context["url_nueva"])
    assert nueva.context["form"].initial == {"reclamante": "", **inicial}


def test_ninguna_palabra_de_otro_pais(mesa, mesa_nueva):
    def dice(pagina):
        return pagina.content.decode().partition("<main")[2].count("RUT")

    # Only as one of the documents that somebody new may show.
    assert list(map(dice, (mesa.web.get(BASE), mesa.pagina(), mesa_nueva.pagina()))) == [0, 0, 2]


# --- save


@pytest.mark.parametrize("canal", ["telefono", "caseta", "oficina", "filial"])
@pytest.mark.regla("C-02", "C-03", "C-07", "C-12", "C-20")
def test_lo_dicho_queda_escrito_por_ambas_partes(mesa, plantel, canal):
    respuesta = mesa.guardar(canal=canal)
    reclamo = Reclamo.objects.get()
    assert respuesta.headers["Location"] == f"{BASE}lista/{reclamo.pk}/"
    assert (reclamo.estado, reclamo.canal) == ("FORMALIZADA", canal)
    assert reclamo.informada_en == reclamo.recibida_en
    constancia = reclamo.constancias.get()
    assert (constancia.por, constancia.reclamante) == (plantel.vendedora, "Rosa Chunga Silva")
    assert reclamo.plazos.get(codigo="ingreso").estado == "CUMPLIDO"


@pytest.mark.regla("C-04")
def test_se_recibe_con_lo_que_se_sepa(mesa):
    sin_nada = dict.fromkeys(("motivo", "hechos", "ocurrio_el", "lugar", "leido", "reclamante"))
    assert mesa.guardar(como="recibir", **sin_nada).status_code == 302
    reclamo = Reclamo.objects.get()
    assert (reclamo.estado, reclamo.motivo) == ("RECIBIDA", "")
    final = texto_de(mesa.web.get(f"{BASE}lista/{reclamo.pk}/"))
    assert "Falta formalizarla por escrito" in final


@pytest.mark.regla("C-12")
def test_se_resuelve_en_el_acto_en_una_sola_vez(mesa):
    mesa.guardar(como="resolver_en_el_acto", solucion="Se entregó el plano.", acepta="on")
    reclamo = Reclamo.objects.get()
    assert (reclamo.estado, reclamo.solucion) == ("RESUELTA_EN_EL_ACTO", "Se entregó el plano.")
    assert set(reclamo.plazos.values_list("estado", flat=True)) == {"CUMPLIDO"}
    assert [m.verbo for m in reclamo.movimientos.order_by("pk")] == [
        "recibir", "resolver_en_el_acto",
    ]  # fmt: skip


def test_una_carta_es_del_dia_en_que_llego(mesa):
    cuando = {"recibida_el": "2026-11-24", "recibida_a_las": "16:30"}
    mesa.guardar(canal="carta", leido=None, reclamante=None, informado=None, **cuando)
    reclamo = Reclamo.objects.get()
    assert reclamo.codigo == "CAP-20261124-01"
    assert reclamo.recibida_en == local("2026-11-24 16:30", LIMA)
    assert (reclamo.informada_en, reclamo.constancias.count()) == (None, 0)


@pytest.mark.parametrize(
    ("es_consumidor", "plazos"),
    [("si", ["ingreso", "plazo_legal", "respuesta"]), ("no", ["ingreso", "respuesta"])],
)
@pytest.mark.regla("C-09")
def test_despues_de_guardar_se_dice_hasta_cuando(mesa, es_consumidor, plazos):
    mesa.guardar(es_consumidor=es_consumidor)
    reclamo = Reclamo.objects.get()
    assert sorted(reclamo.plazos.values_list("codigo", flat=True)) == plazos
    final = mesa.web.get(f"{BASE}lista/{reclamo.pk}/")
    dichos = {p["nombre"]: p["vence_en"] for p in final.context["plazos"]}
    corren = reclamo.plazos.exclude(codigo="ingreso").values_list("vence_en", flat=True)
    assert sorted(dichos.values()) == sorted(corren)
    assert reclamo.codigo in final.context["leer"]
    primero = final.context["plazos"][0]
    assert primero["nombre"] == ("Plazo legal" if es_consumidor == "si" else "Plazo de la empresa")
    assert primero["hasta"] in final.context["leer"]


def test_nadie_mas_lee_la_pagina_final(mesa, plantel, caseta):
    mesa.guardar()
    otra = Recepcionista(plantel.otro, caseta)
    for pk in (Reclamo.objects.get().pk, "9" * 30):
        assert otra.web.get(f"{BASE}lista/{pk}/").status_code == 404


def test_repetir_el_envio_no_crea_otra(mesa, mesa_nueva, plantel, caseta):
    for quien, mas in ((mesa, {}), (mesa_nueva, NUEVA)):
        datos = quien.datos(nonce=uuid4(), **mas)
        rutas = {quien.web.post(quien.url, datos).headers["Location"] for _ in range(2)}
        assert len(rutas) == 1
    assert (Reclamo.objects.count(), Cliente.objects.count()) == (2, 2)
    otra = Recepcionista(plantel.otro, caseta, mesa.cliente)
    assert otra.web.post(otra.url, otra.datos(nonce=datos["nonce"])).status_code == 409


def test_guardar_cuesta(mesa, django_assert_num_queries):
    mesa.pagina()
    with django_assert_num_queries(53):
        assert mesa.guardar().status_code == 302


@pytest.mark.parametrize("cuantos", [0, 3])
def test_la_pagina_cuesta(mesa, casos, cuantos, django_assert_num_queries):
    for _ in range(cuantos):
        casos().recibir()
    mesa.pagina()
    with django_assert_num_queries(12):
        mesa.pagina()


# --- what cannot be


@pytest.mark.parametrize(
    ("cambios", "campos"),
    [
        ({"canal": None}, ["canal"]),
        ({"canal": "web"}, ["canal"]),
        ({"clase": ""}, ["clase"]),
        ({"informado": None}, ["informado"]),
        ({"leido": None}, ["leido"]),
        ({"reclamante": " "}, ["reclamante"]),
        ({"recibida_el": "2026-11-27", "recibida_a_las": "09:00"}, ["recibida_el"]),
        ({"recibida_el": "2026-11-25"}, ["recibida_a_las"]),
        ({"recibida_a_las": "09:00"}, ["recibida_el"]),
        ({"ocurrio_el": "2026-11-27"}, ["ocurrio_el"]),
        ({"motivo": "", "hechos": "", "ocurrio_el": "", "lugar": ""},
         ["hechos", "lugar", "motivo", "ocurrio_el"]),
        ({"motivo": "x" * 301}, ["motivo"]),
        ({"monto": "mucho"}, ["monto"]),
        ({"como": "resolver_en_el_acto"}, ["acepta", "solucion"]),
        ({"como": "resolver_en_el_acto", "solucion": "Se entregó", "acepta": "on",
          "canal": "correo"}, ["como"]),
    ],
)  # fmt: skip
def test_lo_que_no_puede_ser_se_dice_y_conserva_lo_escrito(mesa, cambios, campos):
    antes = foto_de_todo()
    respuesta = mesa.guardar(**{"pedido": "Que midan <b>de nuevo</b>", **cambios})
    assert fallas(respuesta) == campos
    assert foto_de_todo() == antes
    pagina = respuesta.content.decode()
    assert "Que midan &lt;b&gt;de nuevo&lt;/b&gt;" in pagina
    assert all(f'id="c-{campo}"' in pagina for campo in campos)


def test_ver_lo_escrito_no_guarda_nada_y_lo_lee_completo(mesa):
    antes = foto_de_todo()
    datos = mesa.datos(guardar=None, leer="1", ocurrio_a_las="10:30", distrito="Castilla")
    respuesta = mesa.web.post(mesa.url, datos)
    assert (respuesta.status_code, foto_de_todo()) == (200, antes)
    assert dict(respuesta.context["de_vuelta"]) == {
        "a) El motivo": "El lote no es el del contrato. Faltan 12 metros cuadrados.",
        "b) Cuándo": "viernes 20 de noviembre a las 10:30",
        "c) Dónde": "Urbanización Los Algarrobos, Castilla",
        "e) Quién reclama": "Rosa Chunga Silva, +51 969 111 222, rosa@correo.example",
    }
    assert str(respuesta.context["nonce"]) == str(datos["nonce"])


def test_si_trata_de_quien_la_recibe_la_recibe_otra_persona(mesa, plantel):
    assert fallas(mesa.guardar(aludidos=[plantel.vendedora.pk])) == ["aludidos"]
    mesa.guardar(aludidos=[plantel.jefa_obra.pk])
    reclamo = Reclamo.objects.get()
    assert list(reclamo.aludidos.all()) == [plantel.jefa_obra]
    aludida = Recepcionista(plantel.jefa_obra, mesa.sede, mesa.cliente)
    assert aludida.pagina().context["anteriores"] == []
    assert [a.folio for a in mesa.pagina().context["anteriores"]] == [reclamo.codigo]


def test_no_se_alude_a_quien_no_trabaja_alli(mesa, supervisor):
    assert fallas(mesa.guardar(aludidos=[supervisor.pk])) == ["aludidos"]


# --- a new person


def test_persona_nueva_se_anota_con_su_documento(mesa_nueva, capera):
    assert mesa_nueva.guardar(correo_personal="luis@correo.example", **NUEVA).status_code == 302
    nuevo = Reclamo.objects.get().cliente
    assert (nuevo.empresa, nuevo.tipo_documento, nuevo.numero) == (capera, "DNI", "41234567")
    assert nuevo.correo == "luis@correo.example"
    assert CambioMaestro.objects.get().accion == "crear"


@pytest.mark.parametrize(
    ("tipo", "numero"),
    [("DNI", "123"), ("RUC", "20131312956"), ("CE", "1"), ("PAS", "?"), ("RUT", "14.562.378-3")],
)
def test_documento_errado_se_dice_sin_hablar_del_suyo(mesa_nueva, tipo, numero):
    respuesta = mesa_nueva.guardar(**NUEVA | {"tipo_documento": tipo, "numero": numero})
    assert fallas(respuesta) == ["numero"]
    assert "tu cédula" not in texto_de(respuesta)


def test_sin_documento_ni_contacto_se_recibe_pero_no_se_formaliza(mesa_nueva):
    sin = {"nombre": "Luis Yamunaqué", "tipo_documento": "", "numero": ""}
    assert fallas(mesa_nueva.guardar(**sin)) == ["numero", "telefono"]
    assert mesa_nueva.guardar(como="recibir", **sin).status_code == 302
    pendiente = Reclamo.objects.get().cliente
    assert pendiente.tipo_documento == "SIN"
    mesa_nueva.cliente = pendiente
    assert "Documento pendiente" in texto_de(mesa_nueva.pagina())
    completo = {"tipo_documento": "DNI", "numero": "41234567", "telefono": "969"}
    assert mesa_nueva.guardar(**completo).status_code == 302
    pendiente.refresh_from_db()
    assert (pendiente.numero, pendiente.telefono) == ("41234567", "969")
    assert CambioMaestro.objects.filter(accion="editar").count() == 1


def test_documento_de_alguien_registrado_lo_elige_con_lo_escrito(mesa_nueva, denunciante):
    antes = foto_de_todo()
    respuesta = mesa_nueva.guardar(**NUEVA | {"numero": "40123456"})
    assert (respuesta.status_code, foto_de_todo()) == (409, antes)
    assert respuesta.context["cliente"] == denunciante
    assert respuesta.context["url_guardar"] == url_de(mesa_nueva.persona, denunciante.pk)
    assert "Faltan 12 metros cuadrados." in respuesta.content.decode()


def test_lo_dicho_no_cambia_la_ficha(mesa, denunciante):
    antes = Cliente.objects.filter(pk=denunciante.pk).values().get()
    mesa.guardar(nombre="Otra", telefono="111", numero="1", correo_personal="o@correo.example")
    assert Cliente.objects.filter(pk=denunciante.pk).values().get() == antes


# --- beside the form


def test_lo_parecido_se_ve_al_lado(mesa, casos, denunciante, capera):
    abierto = casos().recibir(motivo="El lote está mal medido").reclamo
    gemela = Cliente.objects.create(
        empresa=capera, tipo_documento="CE", numero="001234567", nombre="Rosa Ch.",
        telefono=denunciante.telefono,
    )  # fmt: skip
    suyo = casos()
    suyo.cliente = gemela
    suyo.recibir(motivo="Ruido de la obra")
    respuesta = mesa.web.post(mesa.url, mesa.datos(guardar=None, leer="1"))
    assert [(a.folio, a.se_parece) for a in respuesta.context["anteriores"]] == [
        (abierto.codigo, True),
        (suyo.reclamo.codigo, False),
    ]
    assert respuesta.context["anteriores"][1].que == "Reclamo: Ruido de la obra · de Rosa Ch."


# --- photos


def test_las_fotos_quedan_en_el_caso(mesa):
    mesa.guardar(canal="carta", fotos=[foto("carta.jpg"), foto("plano.jpg")])
    reclamo = Reclamo.objects.get()
    assert [a.nombre for a in reclamo.adjuntos.order_by("pk")] == ["carta.jpg", "plano.jpg"]
    assert "2 archivos en el caso" in texto_de(mesa.web.get(f"{BASE}lista/{reclamo.pk}/"))


def test_un_archivo_que_no_es_foto_no_entra_y_nada_se_pierde(mesa):
    antes = foto_de_todo()
    respuesta = mesa.guardar(fotos=[foto("carta.pdf", b"%PDF-1.7")])
    assert fallas(respuesta) == ["fotos"]
    assert "Elige los archivos otra vez" in texto_de(respuesta)
    assert foto_de_todo() == antes
    assert fallas(mesa.guardar(fotos=[foto(f"{n}.jpg") for n in range(7)])) == ["fotos"]
    assert not Adjunto.objects.exists()
