"""Sending a request: once, whole, with the date that was promised."""

from email.utils import formataddr

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.avisos import outbox
from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.expedientes.models import Adjunto, Borrador
from postventa.tramitacion.errores import Conflicto
from tests.conftest import local
from tests.icalma.conftest import archivos, en_sesion, escrita, foto
from tickets.icalma.models import Observacion, Ticket
from tickets.inmuebles.models import Propiedad


@pytest.fixture
def url(unidad):
    return f"/icalma/requerimiento/{unidad.pk}/"


@pytest.fixture
def escritas(duenia, url):
    duenia.post(url, escrita(0, fotos=[foto("a.jpg"), foto("b.jpg")]))
    duenia.post(url, escrita(1, descripcion="La llave gotea"))
    return duenia


def formulario(navegador, url):
    contexto = navegador.get(f"{url}revisar/").context
    return {"nonce": str(contexto["borrador"].nonce), "huella": contexto["huella"]}


def enviar(navegador, url, datos=None):
    return navegador.post(f"{url}revisar/", datos or formulario(navegador, url))


def test_revisar_sin_observaciones_vuelve(duenia, url):
    assert duenia.get(f"{url}revisar/").url == url


def test_revisar_muestra_todo_antes_de_enviar(escritas, url):
    pagina = escritas.get(f"{url}revisar/").content.decode()
    for texto in (
        "¿Miraste todos los recintos?",
        "Pintura · Muro norte",
        "Grifería · Lavaplatos",
        "Terraza",
        "Desgaste por uso normal de la vivienda.",
        "Administración de tu edificio",
        "ca•••••@correo.example",
    ):
        assert texto in pagina


@pytest.mark.regla("I-04", "I-05", "I-06")
def test_enviar_crea_el_ticket_con_todo_y_escribe_a_los_dos(escritas, url):
    respuesta = enviar(escritas, url)
    ticket = Ticket.objects.get()
    assert respuesta.url == f"/icalma/caso/{ticket.publico}/recibido/"
    assert (ticket.estado, ticket.canal) == ("GENERADO", "web")
    filas = list(ticket.observaciones.values_list("recinto", "lugar", "item", "clase"))
    assert filas == [
        ("Living comedor", "Muro norte", "Pintura", "terminacion"),
        ("Cocina", "Lavaplatos", "Grifería", "instalacion"),
    ]
    assert [o.fotos.count() for o in ticket.observaciones.all()] == [2, 0]
    assert Borrador.objects.count() == 0
    barrer()
    assert [m.recipients() for m in mail.outbox] == [
        ["Camila Rojas Fuentealba <camila@correo.example>"],
        [formataddr(("Rodrigo Sepúlveda", "rsepulveda@icalma.example"))],
    ]


def test_confirmacion_promete_la_fecha_y_dice_por_que(duenia, url):
    hora.fijar(local("2026-12-04 16:40"))
    duenia.post(url, escrita(0, fotos=[foto("a.jpg"), foto("b.jpg")]))
    duenia.post(url, escrita(1))
    pagina = duenia.get(enviar(duenia, url).url).content.decode()
    for texto in (
        "Recibimos tu requerimiento",
        Ticket.objects.get().folio,
        "a más tardar el miércoles 9 de diciembre, a las 16:40",
        "martes 8 de diciembre (Inmaculada Concepción)",
        "sábado 5 de diciembre",
        'class="fin">Mié<b>9</b>',
        "ca•••••@correo.example",
        "2, con 2 fotos",
    ):
        assert texto in pagina


def test_confirmacion_sin_feriados_nombra_el_proximo(escritas, url):
    pagina = escritas.get(enviar(escritas, url).url).content.decode()
    assert "a más tardar el miércoles 25 de noviembre, a las 10:15" in pagina
    assert "El próximo es el martes 8 de diciembre, Inmaculada Concepción." in pagina


@pytest.mark.parametrize("veces", [2, 5])
def test_enviar_varias_veces_es_un_ticket_y_la_misma_confirmacion(escritas, url, veces):
    datos = formulario(escritas, url)
    destinos = {enviar(escritas, url, datos).url for _ in range(veces)}
    ticket = Ticket.objects.get()
    assert destinos == {f"/icalma/caso/{ticket.publico}/recibido/"}
    assert Aviso.objects.count() == 2
    assert ticket.plazos.count() == 1
    assert Observacion.objects.count() == 2


def test_volver_y_reenviar_con_un_borrador_nuevo_abierto_no_lo_envia(escritas, url):
    viejo = formulario(escritas, url)
    enviar(escritas, url, viejo)
    escritas.post(url, escrita(2))
    assert enviar(escritas, url, viejo).url.endswith("/recibido/")
    assert Ticket.objects.count() == 1
    assert Borrador.objects.count() == 1


def test_otra_ventana_agrego_algo_y_se_revisa_de_nuevo(escritas, url):
    datos = formulario(escritas, url)
    escritas.post(url, escrita(2))
    respuesta = enviar(escritas, url, datos)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Cambiaste tus observaciones en otra ventana" in pagina
    assert "Corredera · Ventanal" in pagina
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("nonce", ["", "no-es-uuid", "00000000-0000-4000-8000-000000000000"])
def test_formulario_inventado_se_rechaza(escritas, url, nonce):
    respuesta = enviar(escritas, url, {"nonce": nonce, "huella": "x"})
    assert respuesta.status_code == 409
    assert "No se envió nada" in " ".join(respuesta.content.decode().split())
    assert (Ticket.objects.count(), Borrador.objects.count()) == (0, 1)


def test_nonce_del_borrador_de_otro_no_sirve(escritas, url, vecino, proyecto):
    datos = formulario(escritas, url)
    suya = Propiedad.objects.get(cliente=vecino).unidad_id
    ajeno = en_sesion(vecino, proyecto)
    respuesta = ajeno.post(f"/icalma/requerimiento/{suya}/revisar/", datos)
    assert respuesta.status_code == 409
    assert Ticket.objects.count() == 0


def test_nonce_ya_usado_por_otro_no_muestra_su_ticket(escritas, url, vecino, proyecto):
    datos = formulario(escritas, url)
    enviar(escritas, url, datos)
    suya = Propiedad.objects.get(cliente=vecino).unidad_id
    respuesta = en_sesion(vecino, proyecto).post(f"/icalma/requerimiento/{suya}/revisar/", datos)
    assert respuesta.status_code == 409
    assert Ticket.objects.get().folio not in respuesta.content.decode()


@pytest.mark.regla("I-02")
def test_quien_vendio_mientras_escribia_no_envia(escritas, url, cliente):
    datos = formulario(escritas, url)
    Propiedad.objects.filter(cliente=cliente).update(hasta="2026-11-22")
    assert enviar(escritas, url, datos).status_code == 404
    assert (Ticket.objects.count(), Borrador.objects.count()) == (0, 1)


def test_proyecto_que_se_desactivo_mientras_escribia_no_recibe(escritas, url, proyecto):
    datos = formulario(escritas, url)
    proyecto.es_activa = False
    proyecto.save()
    assert enviar(escritas, url, datos).status_code == 404
    assert (Ticket.objects.count(), Borrador.objects.count()) == (0, 1)


def test_borrador_sin_observaciones_no_se_envia(escritas, url):
    datos = formulario(escritas, url)
    fila = Borrador.objects.get()
    fila.datos["observaciones"] = []
    fila.save()
    respuesta = enviar(escritas, url, datos)
    assert respuesta.status_code == 409
    assert Ticket.objects.count() == 0


def test_confirmacion_de_otro_no_existe(escritas, url, vecino, proyecto):
    destino = enviar(escritas, url).url
    ajeno = en_sesion(vecino, proyecto)
    assert ajeno.get(destino).status_code == 404
    assert ajeno.post(destino).status_code in (404, 405)


def test_get_no_envia(escritas, url):
    escritas.get(f"{url}revisar/", formulario(escritas, url))
    assert Ticket.objects.count() == 0


@pytest.mark.regla("I-15")
def test_con_firma_pendiente_queda_retenido_y_dice_que_firmar(camino, duenia, url):
    camino.hasta_por_firmar()
    hora.fijar(camino.ahora)
    duenia.post(url, escrita(2))
    revision = duenia.get(f"{url}revisar/").content.decode()
    assert f'Revisar y firmar <span class="junto">{camino.ticket.folio}</span>' in revision
    respuesta = enviar(duenia, url)
    ticket = Ticket.objects.get(estado="RETENIDO")
    pagina = duenia.get(respuesta.url).content.decode()
    assert "Guardamos tu requerimiento; falta una firma" in pagina
    assert f"/icalma/caso/{camino.ticket.publico}/firma/" in pagina
    assert "¿Por qué esta fecha?" not in pagina
    assert ticket.plazos.count() == 0
    assert [a.tipo for a in ticket.avisos.all()] == ["icalma/retenido"]


@pytest.mark.regla("I-20")
def test_ticket_enviado_no_admite_mas_observaciones(escritas, url):
    enviar(escritas, url)
    escritas.post(url, escrita(2))
    assert Observacion.objects.count() == 2
    assert enviar(escritas, url).status_code == 302
    assert [t.observaciones.count() for t in Ticket.objects.order_by("pk")] == [2, 1]


def test_foto_suelta_no_llega_al_ticket_ni_queda_en_el_disco(
    escritas, url, media, django_capture_on_commit_callbacks
):
    escritas.post(f"{url}foto/", {"fotos": foto("suelta.jpg")})
    assert len(archivos(media)) == 2 * 3  # each with its small one
    with django_capture_on_commit_callbacks(execute=True):
        enviar(escritas, url)
    assert Adjunto.objects.count() == 2
    assert len(archivos(media)) == 2 * 2


def test_la_confirmacion_por_correo_no_lleva_el_texto_del_propietario(duenia, url):
    duenia.post(url, escrita(descripcion="visite http://malo.example ahora"))
    enviar(duenia, url)
    barrer()
    for mensaje in mail.outbox:
        todo = mensaje.body + mensaje.alternatives[0][0]
        assert "malo.example" not in todo


def sentencias(consultas):
    """What the database was asked, without the movable clock's read."""
    return [c["sql"] for c in consultas if "ajustehora" not in c["sql"]]


def capturar(navegador, url):
    datos = formulario(navegador, url)
    with CaptureQueriesContext(connection) as consultas:
        assert enviar(navegador, url, datos).status_code == 302
    return sentencias(consultas)


@pytest.mark.parametrize("cantidad", [1, 3])
@pytest.mark.parametrize(("con_fotos", "en_la_transaccion"), [(False, 12), (True, 14)])
def test_sentencias_del_envio_no_crecen(duenia, url, cantidad, con_fotos, en_la_transaccion):
    """12, and with photos two more: whose they become, and what shows them."""
    for n in range(cantidad):
        duenia.post(url, escrita(n, **({"fotos": foto(f"{n}.jpg")} if con_fotos else {})))
    todas = capturar(duenia, url)
    # session, owner with the company; then the one transaction (in a test, a savepoint).
    assert [s.split()[0] for s in todas[:3]] == ["SELECT", "SELECT", "SAVEPOINT"]
    assert todas[-1].startswith("RELEASE")
    assert len(todas[3:-1]) == en_la_transaccion, "\n".join(s[:150] for s in todas)
    assert not [s for s in todas[3:-1] if s.startswith(("SAVEPOINT", "RELEASE"))]


def test_sentencias_del_envio_retenido(camino, duenia, url):
    """It reads the ticket that parks it, and opens no clock."""
    camino.hasta_por_firmar()
    hora.fijar(camino.ahora)
    duenia.post(url, escrita())
    assert len(capturar(duenia, url)[3:-1]) == 12


def test_el_envio_no_compone_correo_y_manda_una_pista(
    escritas, url, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.CELERY_PISTAS = True
    pistas = []
    monkeypatch.setattr(barrer, "apply_async", lambda **como: pistas.append(como))
    datos = formulario(escritas, url)
    with django_capture_on_commit_callbacks(execute=True):
        respuesta = enviar(escritas, url, datos)
    assert respuesta.templates == []
    assert pistas == [{"retry": False, "expires": 60}]
    assert set(Aviso.objects.values_list("estado", flat=True)) == {"EN_COLA"}


def test_envio_rechazado_no_deja_nada(escritas, url, monkeypatch):
    """A refusal after half of the rows were written undoes them, and the draft is still there."""

    def estorbar(avisos):
        raise Conflicto("La base se puso difícil.")

    monkeypatch.setattr(outbox, "encolar", estorbar)
    respuesta = enviar(escritas, url)
    assert respuesta.status_code == 409
    assert "La base se puso difícil." in respuesta.content.decode()
    assert (Ticket.objects.count(), Borrador.objects.count()) == (0, 1)
    assert Adjunto.objects.filter(borrador=Borrador.objects.get()).count() == 2


def test_ajeno_no_envia_a_una_vivienda_de_otro(escritas, url, vecino, proyecto):
    """Neither the draft nor the home is theirs: as if it did not exist."""
    respuesta = en_sesion(vecino, proyecto).post(f"{url}revisar/", formulario(escritas, url))
    assert respuesta.status_code == 404
    assert Ticket.objects.count() == 0
