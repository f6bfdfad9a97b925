"""The intake of a call: find, ask, offer, read out and save, in one screen (G-01 to G-03)."""

from uuid import uuid4

import pytest

from postventa.calendario import hora
from postventa.expedientes.models import CambioMaestro, Movimiento
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from tests.conftest import local
from tests.consola.conftest import entrar
from tests.ingevec.conftest import LLAMADA
from tests.ingevec.telefonista import Telefonista, foto, texto_de
from tickets.ingevec.models import Solicitud
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

BUSCAR = "/consola/ingevec/llamada/"


@pytest.fixture
def telefono(gente, pauta, depto, duenio):
    hora.fijar(LLAMADA)
    return Telefonista(gente[Rol.CALL_CENTER], depto)


def fallas(respuesta):
    return sorted(respuesta.context["fallas"])


@pytest.mark.parametrize(
    "texto",
    ["14.562.378-2", "145623782", "Saldías", "maitenes 1203", "77778888", "+56 9 7777 8888",
     "14562378"],
)  # fmt: skip
def test_una_sola_vivienda_se_elige_al_buscarla(telefono, texto):
    respuesta = telefono.web.get(BUSCAR, {"q": texto})
    assert (respuesta.status_code, respuesta.headers["Location"]) == (302, telefono.url)


def test_varias_se_ofrecen_con_su_propietario(telefono, edificio):
    Unidad.objects.create(proyecto=edificio, nombre="Depto. 1204")
    respuesta = telefono.web.get(BUSCAR, {"q": "maitenes"})
    assert [(h.titulo, h.detalle) for h in respuesta.context["halladas"]] == [
        ("Edificio Los Maitenes, Depto. 1203", "Héctor Saldías Mora"),
        ("Edificio Los Maitenes, Depto. 1204", "Sin propietario registrado"),
    ]


@pytest.mark.parametrize("dicho", ["departamento 1203", "Dpto. 1203", "dpto 1203 maitenes"])
def test_se_encuentra_como_cada_uno_dice_departamento(telefono, edificio, dicho):
    Unidad.objects.create(proyecto=edificio, nombre="Depto. 1204")
    assert telefono.web.get(BUSCAR, {"q": dicho}).headers["Location"] == telefono.url


def test_quien_fue_propietario_ya_no_se_encuentra(telefono, duenio):
    Propiedad.objects.update(hasta="2026-01-31")
    assert telefono.web.get(BUSCAR, {"q": "Saldías"}).context["halladas"] == []


def test_se_encuentra_por_el_numero_que_dejo_otra_persona(telefono, llamada):
    llamada.ingresar(telefonos="+56 9 1234 5678", llamante="Su arrendataria")
    respuesta = telefono.web.get(BUSCAR, {"q": "912345678"})
    assert respuesta.headers["Location"] == telefono.url


@pytest.mark.parametrize(("url", "consultas"), [("", 4), ("?q=maitenes", 6)])
def test_buscar_cuesta(telefono, edificio, url, consultas, django_assert_num_queries):
    for n in range(4):
        Unidad.objects.create(proyecto=edificio, nombre=f"Depto. {n}")
    # session, user, roles, clock; homes, their owners
    with django_assert_num_queries(consultas):
        telefono.web.get(BUSCAR + url)


@pytest.mark.parametrize("cuantas", [0, 3])
def test_la_pagina_de_la_llamada_cuesta_trece_consultas(
    telefono, llamada, cuantas, django_assert_num_queries
):
    for _ in range(cuantas):
        llamada.ingresar()
    telefono.pagina()
    with django_assert_num_queries(13 + bool(cuantas)):
        telefono.pagina()


@pytest.mark.regla("G-01", "G-02", "G-03")
def test_se_guarda_y_se_agenda_en_la_misma_llamada(telefono, gente):
    respuesta = telefono.guardar(canal="celular", **{"r1-recinto": "Cocina"})
    solicitud = Solicitud.objects.get()
    assert respuesta.headers["Location"] == f"{BUSCAR}lista/{solicitud.pk}/"
    assert (solicitud.estado, solicitud.canal) == ("INSPECCION_AGENDADA", "celular")
    assert solicitud.recibida_por == gente[Rol.CALL_CENTER]
    assert solicitud.ultima_visita().inicia_en == local("2026-11-25 09:00")
    requerimiento = solicitud.requerimientos.get()
    assert (requerimiento.descripcion, requerimiento.recinto) == (
        "Gotera bajo el lavaplatos",
        "Cocina",
    )
    final = telefono.web.get(respuesta.headers["Location"])
    assert "miércoles 25 de noviembre a las nueve de la mañana" in texto_de(final)
    assert Movimiento.objects.filter(verbo="ingresar").get().por == gente[Rol.CALL_CENTER]


@pytest.mark.regla("G-03", "G-08")
def test_se_ofrecen_las_horas_del_dia_del_proyecto_y_la_frase(telefono):
    pagina = telefono.pagina()
    assert [d.nombre for d in pagina.context["dias"]] == ["Miércoles 25 de noviembre"]
    assert "Puedo ofrecerle el miércoles 25 de noviembre a las nueve de la mañana" in texto_de(
        pagina
    )
    assert [d["corto"] for d in pagina.context["semana"]] == ["Mar", "Mié", "Jue", "Vie", "Lun"]


def test_sin_guion_la_frase_se_actualiza_sin_guardar(telefono):
    antes = foto()
    elegida = telefono.horas()[1]
    respuesta = telefono.web.post(telefono.url, telefono.datos(guardar=None, ver="1", cupo=elegida))
    assert "queda para el miércoles 25 de noviembre a las nueve y cuarenta y cinco" in texto_de(
        respuesta
    )
    assert (respuesta.status_code, foto()) == (200, antes)


@pytest.mark.regla("G-03")
@pytest.mark.parametrize(
    ("cambios", "campos"),
    [
        ({"cupo": None}, ["cupo"]),
        ({"cupo": ""}, ["cupo"]),
        ({"cupo": "cualquier|cosa|"}, ["cupo"]),
        ({"cupo": "9999-12-31T23:59:59+00:00|1|fuera_de_plazo"}, ["cupo"]),
        ({"cupo": "sin_hora"}, ["motivo"]),
        ({"cupo": "", "r1-descripcion": "", "u_luz": None}, ["cupo", "r1-descripcion", "urgencia"]),
        ({"u_gas": None}, ["urgencia"]),
        ({"llamante": " "}, ["llamante"]),
        ({"telefonos": ""}, ["telefonos"]),
        ({"telefonos": "no tiene"}, ["telefonos"]),
        ({"canal": "web"}, ["canal"]),
        ({"r1-descripcion": ""}, ["r1-descripcion"]),
        ({"r1-descripcion": "", "r1-recinto": "Baño"}, ["r1-descripcion"]),
        ({"cliente": "nueva", "rut": "14.562.378-1"}, ["rut"]),
        ({"cliente": "9999"}, ["cliente"]),
        ({"clase": "CONSULTA"}, ["consulta"]),
        ({"clase": "CONSULTA", "consulta": "¿Qué hago?", "u_gas": "si"}, ["clase"]),
    ],
)
def test_lo_que_falta_se_dice_y_no_se_guarda_nada(telefono, cambios, campos):
    antes = foto()
    cambios = {"cupo": telefono.horas()[0], **cambios}
    respuesta = telefono.guardar(**cambios, motivo="")
    assert (respuesta.status_code, fallas(respuesta)) == (422, campos)
    assert foto() == antes
    assert "Falta algo antes de guardar" in texto_de(respuesta)


@pytest.mark.regla("G-03")
def test_sin_hora_se_guarda_con_su_razon_y_queda_en_la_auditoria(telefono):
    telefono.guardar(cupo="sin_hora", motivo="Sale de viaje y avisará al volver")
    solicitud = Solicitud.objects.get()
    assert solicitud.estado == "INGRESADA"
    detalle = Movimiento.objects.get(verbo="ingresar").detalle.datos
    assert detalle["sin_hora"] == "Sale de viaje y avisará al volver"


@pytest.mark.regla("G-01")
def test_lo_que_llego_por_correo_se_guarda_sin_hora_ni_razon(telefono):
    telefono.guardar(canal="correo", cupo="sin_hora")
    assert Solicitud.objects.get().estado == "INGRESADA"


@pytest.mark.regla("G-03")
def test_otro_dia_del_plazo_se_ofrece_como_excepcion_y_pide_la_razon(telefono):
    pagina = telefono.web.post(telefono.url, telefono.datos(guardar=None, dia="3"))
    assert [d.nombre for d in pagina.context["dias"]] == ["Jueves 26 de noviembre"]
    jueves = telefono.horas(pagina)[0]
    assert jueves.endswith("|otro_dia")
    assert fallas(telefono.guardar(cupo=jueves, dia="3")) == ["motivo"]
    telefono.guardar(cupo=jueves, dia="3", motivo="El miércoles trabaja todo el día")
    solicitud = Solicitud.objects.get()
    assert (solicitud.excepcion, solicitud.motivo_excepcion) == (
        "otro_dia",
        "El miércoles trabaja todo el día",
    )


@pytest.mark.regla("G-03")
def test_sin_horas_en_el_plazo_se_ofrece_la_siguiente_semana_con_acuerdo(telefono, pauta):
    pauta.inspectores.update(cupos_por_dia=1)
    telefono.guardar()
    pagina = telefono.pagina()
    assert "No quedan horas libres" in texto_de(pagina)
    fuera = next(v for v in telefono.horas(pagina) if v.endswith("|fuera_de_plazo"))
    assert fallas(telefono.guardar(cupo=fuera, motivo="No hay cupo")) == ["acuerdo"]
    telefono.guardar(cupo=fuera, motivo="No hay cupo", acuerdo="on")
    ultima = Solicitud.objects.latest("pk")
    assert ultima.ultima_visita().inicia_en == local("2026-12-02 09:00")


def test_el_mismo_formulario_dos_veces_es_una_llamada(telefono):
    datos = telefono.datos(cupo=telefono.horas()[0])
    primera, segunda = (telefono.web.post(telefono.url, datos) for _ in range(2))
    assert primera.headers["Location"] == segunda.headers["Location"]
    assert Solicitud.objects.count() == 1


def test_una_clave_ajena_no_muestra_la_solicitud_de_otra_persona(telefono, llamada):
    llamada.ingresar(nonce=(nonce := uuid4()), por=Rol.CALL_CENTER)
    otra = Usuario.objects.create_user("otra", is_staff=True)
    Membresia.objects.create(
        usuario=otra, empresa=llamada.pauta.proyecto.empresa, rol="call_center"
    )
    ajena = Telefonista(otra, telefono.unidad)
    respuesta = ajena.guardar(nonce=nonce)
    assert respuesta.status_code == 409
    assert llamada.solicitud.folio not in respuesta.context["conflicto"]


def test_quien_pierde_la_hora_conserva_lo_escrito_y_recibe_la_siguiente(telefono):
    """Two calls at once: the second one keeps everything and is offered the next hour."""
    elegida, siguiente = telefono.horas()[:2]
    telefono.guardar(cupo=elegida)
    antes = foto()
    respuesta = telefono.guardar(cupo=elegida, **{"r1-descripcion": "Ventana que no cierra"})
    assert (respuesta.status_code, foto()) == (409, antes)
    assert respuesta.context["form"]["cupo"].value() == siguiente
    dicho = texto_de(respuesta)
    assert "Ventana que no cierra" in dicho
    assert "Quedó elegida la siguiente libre: miércoles 25 de noviembre a las nueve y" in dicho
    assert telefono.guardar(cupo=siguiente).status_code == 302


def test_una_consulta_se_guarda_y_puede_quedar_respondida(telefono):
    telefono.guardar(clase="CONSULTA", cupo=None, consulta="¿Cuándo me entregan?")
    telefono.guardar(
        clase="CONSULTA", cupo=None, consulta="¿Atienden los sábados?", respuesta="No atendemos."
    )
    filas = Solicitud.objects.order_by("pk").values_list("estado", "respuesta")
    assert list(filas) == [("INGRESADA", ""), ("RESPONDIDA", "No atendemos.")]


def test_varios_requerimientos_y_otra_fila_sin_perder_nada(telefono):
    pedido = {"r1-descripcion": "Gotera", "cuantas": "1"}
    pagina = telefono.web.post(telefono.url, telefono.datos(guardar=None, mas="1", **pedido))
    assert [f["descripcion"].value() for f in pagina.context["filas"]] == ["Gotera", None]
    telefono.guardar(cuantas="3", **{"r1-descripcion": "Gotera", "r3-descripcion": "Puerta"})
    descripciones = Solicitud.objects.get().requerimientos.values_list("numero", "descripcion")
    assert list(descripciones) == [(1, "Gotera"), (2, "Puerta")]


def test_los_numeros_de_la_llamada_no_cambian_los_del_propietario(telefono, duenio):
    antes = Cliente.objects.values().get(pk=duenio.pk)
    telefono.guardar(telefonos="+56 2 2111 0000", llamante="La administración")
    assert Cliente.objects.values().get(pk=duenio.pk) == antes
    assert Solicitud.objects.get().telefonos == "+56 2 2111 0000"


@pytest.fixture
def sin_duenio(telefono):
    Propiedad.objects.all().delete()
    return telefono


def test_sin_propietario_se_registra_a_quien_llama_con_rut_pendiente(sin_duenio):
    assert "Sin propietario registrado" in texto_de(sin_duenio.pagina())
    respuesta = sin_duenio.guardar(cliente="nueva", llamante="Ana Mora", rut="")
    cliente = Solicitud.objects.get().cliente
    assert (cliente.nombre, cliente.tipo_documento, cliente.documento, cliente.correo) == (
        "Ana Mora",
        "SIN",
        "RUT pendiente",
        "",
    )
    assert Propiedad.objects.count() == 0
    assert "RUT pendiente" in texto_de(sin_duenio.web.get(respuesta.headers["Location"]))
    cambio = CambioMaestro.objects.get()
    assert (cambio.accion, cambio.detalle["nombre"]) == ("crear", ["", "Ana Mora"])


def test_con_rut_se_registra_con_su_digito_comprobado(sin_duenio):
    sin_duenio.guardar(cliente="nueva", llamante="Ana Mora", rut="12.345.678-5")
    cliente = Solicitud.objects.get().cliente
    assert (cliente.tipo_documento, cliente.numero) == ("RUT", "12345678-5")


def test_un_rut_que_ya_existe_es_esa_persona_tal_como_esta(sin_duenio, duenio):
    antes = Cliente.objects.values().get(pk=duenio.pk)
    sin_duenio.guardar(
        cliente="nueva", llamante="Otro Nombre", rut="14562378-2", telefonos="600 123 4567"
    )
    assert Solicitud.objects.get().cliente == duenio
    assert Cliente.objects.values().get(pk=duenio.pk) == antes


def test_si_la_puerta_dice_que_no_tampoco_queda_la_persona(sin_duenio):
    elegida = sin_duenio.horas()[0]
    sin_duenio.guardar(cliente="nueva", cupo=elegida)
    antes = foto()
    respuesta = sin_duenio.guardar(cliente="nueva", llamante="Nadie", cupo=elegida)
    assert (respuesta.status_code, foto()) == (409, antes)


def test_lo_abierto_y_parecido_se_ve_al_lado(telefono, llamada):
    llamada.ingresar("Goteras bajo el lavaplatos")
    pagina = telefono.web.post(telefono.url, telefono.datos(guardar=None, ver="1"))
    (anterior,) = pagina.context["anteriores"]
    assert (anterior.folio, anterior.es_abierta, anterior.se_parece) == (
        llamada.solicitud.folio,
        True,
        True,
    )
    otra = telefono.datos(guardar=None, ver="1", **{"r1-descripcion": "Puerta descuadrada"})
    (anterior,) = telefono.web.post(telefono.url, otra).context["anteriores"]
    assert not anterior.se_parece


def test_un_proyecto_sin_pauta_solo_se_guarda_sin_hora(telefono, pauta):
    pauta.delete()
    assert "no tiene pauta de visitas" in texto_de(telefono.pagina())
    assert telefono.guardar(cupo="sin_hora", motivo="Sin pauta").status_code == 302


@pytest.mark.parametrize("rol", [Rol.INSPECTOR, Rol.MAESTRO, Rol.JEFE, Rol.GERENTE])
def test_solo_el_call_center_toma_llamadas(telefono, gente, rol):
    otra = Telefonista(gente[rol], telefono.unidad)
    antes = foto()
    assert otra.web.get(BUSCAR).status_code == 403
    assert otra.pagina().status_code == 403
    assert otra.guardar(cupo="sin_hora", motivo="x").status_code == 403
    assert foto() == antes


def test_una_vivienda_de_otra_empresa_o_de_otro_proyecto_es_404(telefono, otra, ingevec):
    """The canary: not found, not searched, not taken."""
    ajena = Telefonista(telefono.persona, otra.unidad)
    antes = foto()
    assert ajena.pagina().status_code == 404
    assert ajena.web.post(ajena.url, telefono.datos(cupo="sin_hora")).status_code == 404
    assert telefono.web.get(BUSCAR, {"q": "kanario"}).context["halladas"] == []
    lejos = Proyecto.objects.create(empresa=ingevec, codigo="lejos", nombre="Edificio Lejano")
    Membresia.objects.update(sede=lejos)
    assert Telefonista(telefono.persona, telefono.unidad).pagina().status_code == 404
    assert foto() == antes


def test_una_hora_de_alguien_de_otra_empresa_no_se_acepta(telefono, otra):
    iso = telefono.horas()[0].split("|")[0]
    antes = foto()
    respuesta = telefono.guardar(cupo=f"{iso}|{otra.supervisora.pk}|")
    assert (respuesta.status_code, foto()) == (409, antes)


def test_lo_guardado_solo_lo_lee_quien_lo_recibio(telefono, llamada, gente):
    llamada.ingresar()
    url = f"{BUSCAR}lista/{llamada.solicitud.pk}/"
    assert telefono.web.get(url).status_code == 200
    otra = Usuario.objects.create_user("otra", is_staff=True)
    Membresia.objects.create(usuario=otra, empresa=llamada.solicitud.empresa, rol="call_center")
    assert Telefonista(otra, telefono.unidad).web.get(url).status_code == 404


def test_lo_que_se_escribe_vuelve_escapado(telefono):
    malo = "<script>alert(1)</script>"
    respuesta = telefono.guardar(cupo="", llamante=malo, **{"r1-descripcion": malo})
    assert malo not in respuesta.content.decode()


def test_el_numero_que_se_lee_no_se_corta_en_dos_lineas(llamada):
    llamada.ingresar(cupo=llamada.cupo())
    web = entrar(llamada.gente[Rol.CALL_CENTER])
    pagina = web.get(f"{BUSCAR}lista/{llamada.solicitud.pk}/").content.decode()
    assert f'<b class="junto">{llamada.solicitud.folio}</b>.»' in pagina
