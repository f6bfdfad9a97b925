"""The ticket list and the page of a case: what they show, find and cost."""

import pytest

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from tests.conftest import local
from tests.icalma.consola import Consola

LISTA = "/consola/icalma/ticket/"


@pytest.fixture
def web(client, supervisor):
    client.force_login(supervisor)
    return client


def folios(respuesta):
    return [t.folio for t in respuesta.context["cl"].result_list]


@pytest.mark.parametrize("cuantos", [1, 3])
def test_lista_cuesta_seis_consultas(tickets, web, cuantos, django_assert_num_queries):
    tickets(cuantos)
    # session, user, roles, clock of the demonstration, projects of the filters, rows
    with django_assert_num_queries(6):
        assert len(folios(web.get(LISTA))) == cuantos


@pytest.mark.parametrize("cuantas", [1, 3])
@pytest.mark.parametrize(
    ("consulta", "consultas"),
    [
        # session, user, roles, clock; case, clocks, visits, observations, the owner's photos and
        # those of the visit
        ("", 10),
        ("?verbo=coordinar_inspeccion", 11),
        ("?ver=visitas", 8),
        ("?ver=plazos", 8),
        ("?ver=correos", 9),
        ("?ver=documentos", 10),
        ("?ver=historial", 10),
    ],
)
def test_pagina_del_caso_cuesta_a_lo_mas_doce_consultas(
    camino, supervisor, cuantas, consulta, consultas, django_assert_num_queries
):
    camino.generar(cuantas).contactar()
    hora.fijar(camino.ahora)
    consola = Consola(supervisor, camino.ticket)
    with django_assert_num_queries(consultas):
        consola.pagina(consulta)


def test_la_pagina_mas_cargada_cuesta_doce_consultas(camino, supervisor, django_assert_num_queries):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar()
    hora.fijar(camino.ahora)
    consola = Consola(supervisor, camino.ticket)
    with django_assert_num_queries(12):
        assert consola.pagina("?verbo=coordinar_trabajo").context["formulario"]


@pytest.mark.parametrize(
    "texto",
    [
        "ICA-2026-0001",
        "0001",
        "16.482.937-5",
        "164829375",
        "16482937-5",
        "16 482 937 5",
        "16.482.937",
        "Casa 0",
        "911112222",
        "+56 9 1111 2222",
        "camila rojas",
        "Rojas Casa",
    ],
)
def test_busqueda_encuentra(tickets, web, texto):
    tickets(1)
    assert folios(web.get(LISTA, {"q": texto})) == ["ICA-2026-0001"]


@pytest.mark.parametrize("texto", ["ICA-2026-0009", "11.111.111-1", "Torre Z", "99998888", "Pérez"])
def test_busqueda_no_inventa(tickets, web, texto):
    tickets(1)
    respuesta = web.get(LISTA, {"q": texto})
    assert folios(respuesta) == []
    assert "Nada coincide con lo que buscas" in respuesta.content.decode()


def test_filtros_y_orden(tickets, web, supervisor, proyecto):
    primero, segundo, tercero = tickets(3)
    segundo.contactar().coordinar_inspeccion()
    hora.fijar(local("2026-11-26 09:00"))

    def con(**filtros):
        return folios(web.get(LISTA, filtros))

    assert con(estado="INSPECCION_COORDINADA") == [segundo.ticket.folio]
    assert sorted(con(estado="GENERADO")) == [primero.ticket.folio, tercero.ticket.folio]
    assert sorted(con(plazo="vencidos")) == [primero.ticket.folio, tercero.ticket.folio]
    assert con(plazo="hoy") == []
    assert len(con(responsable="yo")) == 3
    assert con(responsable="nadie") == []
    assert len(con(proyecto=proyecto.pk)) == 3
    assert con(situacion__exact="CERRADO") == []
    # tickets whose clock runs come first; those without one, last
    assert con()[-1] == segundo.ticket.folio


def test_vence_hoy_se_calcula_con_la_hora_de_ahora(tickets, web):
    tickets(1)
    hora.fijar(local("2026-11-25 08:00"))
    respuesta = web.get(LISTA, {"plazo": "hoy"})
    assert folios(respuesta) == ["ICA-2026-0001"]
    assert 'class="falta alerta">Quedan 2 h 1' in respuesta.content.decode()
    hora.fijar(local("2026-11-25 12:15"))
    pagina = web.get(LISTA).content.decode()
    assert 'class="falta mal">Vencido hace 2 h' in pagina


@pytest.mark.parametrize(
    "consulta",
    [
        "cliente__numero__startswith=1",
        "cliente__nombre__contains=Camila",
        "unidad__propiedades__cliente__correo=x",
        "empresa__id=1",
        "folio__startswith=I",
        "estado__startswith=G",
        "responsable__password__startswith=p",
    ],
)
def test_busqueda_por_la_direccion_no_es_un_oraculo(tickets, web, consulta):
    tickets(1)
    assert web.get(f"{LISTA}?{consulta}").status_code == 400


def test_lista_vacia_dice_de_donde_llegan(web, proyecto):
    assert "Los nuevos llegan desde el portal" in web.get(LISTA).content.decode()


def test_paginas_de_la_lista(tickets, web):
    tickets(27)
    primera, segunda = web.get(LISTA), web.get(LISTA, {"p": 2})
    assert (len(folios(primera)), len(folios(segunda))) == (25, 2)
    assert not set(folios(primera)) & set(folios(segunda))


def test_caso_muestra_a_quien_llamar_y_el_plazo(camino, supervisor):
    camino.generar()
    hora.fijar(camino.ahora)
    pagina = Consola(supervisor, camino.ticket).pagina().content.decode()
    for texto in (
        "16.482.937-5",
        'href="tel:+56911112222"',
        "2 días hábiles",
        "Vence el miércoles 25 de noviembre, a las 10:15",
        "Se cuenta desde el lunes 23 de noviembre",
        "Vigente hasta el 09-06-2027",
        "Registrar contacto",
    ):
        assert texto in pagina
    assert "<b>Coordinar inspección</b>: Antes registra el contacto" in pagina


def test_caso_atrasado_dice_cuando_vencio(camino, supervisor):
    camino.generar().pasar(days=9)
    hora.fijar(camino.ahora)
    pagina = Consola(supervisor, camino.ticket).pagina().content.decode()
    assert "Venció el miércoles 25 de noviembre, a las 10:15" in pagina
    assert "Vence el" not in pagina.partition("¿Por qué esta fecha?")[0]


def test_formulario_dice_que_pasara_y_que_correo_sale(camino, supervisor):
    camino.generar().contactar()
    hora.fijar(camino.ahora)
    respuesta = Consola(supervisor, camino.ticket).pagina("?verbo=coordinar_inspeccion")
    pagina = respuesta.content.decode()
    assert "Camila Rojas Fuentealba recibirá un correo con la fecha" in pagina
    assert f'name="visto" value="{camino.ticket.cadena_largo}"' in pagina
    assert 'name="estado"' not in pagina


def test_propietario_sin_correo_se_dice_antes_y_despues(camino, supervisor, cliente):
    cliente.correo = ""
    cliente.save()
    camino.generar().contactar()
    hora.fijar(camino.ahora)
    consola = Consola(supervisor, camino.ticket)
    pagina = consola.pagina("?verbo=coordinar_inspeccion").content.decode()
    assert "no tiene correo registrado: no saldrá ninguno" in pagina
    consola.coordinar()
    mensajes = [str(m) for m in consola.pagina().context["messages"]]
    assert "no tiene correo registrado: avísale por teléfono" in mensajes[-1]


def test_pestanas_muestran_lo_suyo(camino, supervisor):
    camino.hasta_por_firmar().firmar()
    hora.fijar(camino.ahora)
    consola = Consola(supervisor, camino.ticket)
    esperado = {
        "observaciones": "Aireador con sarro",
        "visitas": "Óscar Vidal, Nelson Catrileo",
        "plazos": "Cumplido en",
        "correos": "icalma/cerrado",
        "documentos": camino.ticket.documentos.first().sha256,
        "historial": "Firmar la conformidad",
    }
    for pestana, texto in esperado.items():
        assert texto in consola.pagina(f"?ver={pestana}").content.decode(), pestana


def test_documentos_se_bajan_en_pdf(camino, supervisor):
    camino.hasta_por_firmar().firmar()
    consola = Consola(supervisor, camino.ticket)
    for tipo in ("comprobante", "acta_inspeccion", "acta_conformidad/1"):
        respuesta = consola.web.get(f"/consola/icalma/ticket/{consola.pk}/documento/{tipo}/")
        assert respuesta["Content-Type"] == "application/pdf"
        assert respuesta.content.startswith(b"%PDF")
    falsa = consola.web.get(f"/consola/icalma/ticket/{consola.pk}/documento/acta_conformidad/9/")
    assert falsa.status_code == 404


def test_texto_hostil_se_muestra_literal(camino, supervisor, cliente):
    cliente.nombre = '"><svg onload=alert(1)>'
    cliente.save()
    camino.generar()
    camino.ticket.observaciones.update(descripcion="<script>alert(1)</script>{{7*7}}")
    hora.fijar(camino.ahora)
    consola = Consola(supervisor, camino.ticket)
    for pagina in (consola.pagina(), consola.web.get(LISTA), consola.web.get("/consola/")):
        texto = pagina.content.decode()
        assert "<svg onload" not in texto
        assert "<script>alert" not in texto
    assert "{{7*7}}" in consola.pagina().content.decode()


def test_correo_fallido_se_reintenta_por_post(camino, supervisor):
    camino.generar()
    aviso = Aviso.objects.first()
    Aviso.objects.filter(pk=aviso.pk).update(estado="FALLIDO", error="550", intentos=5)
    hora.fijar(camino.ahora)
    consola = Consola(supervisor, camino.ticket)
    url = f"/consola/avisos/aviso/{aviso.pk}/reintentar/"
    assert "Reintentar" in consola.pagina("?ver=correos").content.decode()
    assert consola.web.get(url).status_code == 405
    assert consola.web.post(url, {"volver": "//malo.example/"}).url == (
        f"/consola/avisos/aviso/{aviso.pk}/change/"
    )
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.error, aviso.intentos) == ("EN_COLA", "", 0)
    Aviso.objects.filter(pk=aviso.pk).update(estado="ENVIADO")
    consola.web.post(url)
    aviso.refresh_from_db()
    assert aviso.estado == "ENVIADO"
