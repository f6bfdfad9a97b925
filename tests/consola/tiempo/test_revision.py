"""The page of a revision: how far it is, for whom, and trying again."""

from uuid import uuid4

from postventa.calendario import hora
from postventa.expedientes.models import CambioMaestro
from postventa.plazos.models import Plazo
from postventa.tramitacion import recalculo_masivo
from postventa.tramitacion.models import Recalculo
from postventa.tramitacion.recalculo_masivo import avanzar, huella, pedir
from tests.conftest import LUNES, local
from tests.consola.conftest import CANARIO, entrar
from tests.consola.test_paginas import revisar
from tests.consola.tiempo.pedir import aplicar, pedido

DESPUES = local("2026-11-26 10:15")


def test_pagina_de_la_revision_sigue_el_avance(administradora, camino, decreto, url, monkeypatch):
    monkeypatch.setattr(recalculo_masivo, "LOTE", 1)
    for _ in range(2):
        camino.generar()
    decreto()
    web = entrar(administradora)
    pagina = web.post(url, pedido()).url
    job = Recalculo.objects.get()

    def dice():
        respuesta = web.get(pagina)
        revisar(respuesta)
        texto = respuesta.content.decode()
        return " ".join(texto.split()), 'data-avance="sigue"' in texto, "js/avance.js" in texto

    texto, sigue, con_guion = dice()
    assert "En espera: empieza en menos de un minuto" in texto
    assert (sigue, con_guion) == (True, True)
    assert 'href="?">Ver cómo va ahora' in texto
    avanzar(job.pk)
    avanzar(job.pk)
    texto, sigue, _ = dice()
    assert "En curso: 1 de 2 plazos" in texto
    assert sigue
    recalculo_masivo.barrer()
    texto, sigue, con_guion = dice()
    assert "Terminada: 2 de 2 plazos" in texto
    assert (sigue, con_guion) == (False, False)


def test_revision_muestra_a_cada_uno_los_suyos(administradora, camino, otra, decreto, url, raiz):
    camino.generar()
    decreto()
    pagina = aplicar(entrar(raiz), url)
    assert "2 de 2 plazos" in entrar(raiz).get(pagina).content.decode()
    de_icalma = entrar(administradora).get(pagina).content.decode()
    assert "1 de 1 plazos" in de_icalma
    assert CANARIO not in de_icalma


def test_revision_de_un_calendario_ajeno_es_404(administradora, otra, raiz, calendario_cl):
    ajeno = type(calendario_cl).objects.create(codigo="bo", nombre="Bolivia", pais="BO")
    otra.empresa.calendario = ajeno
    otra.empresa.save()
    job, _ = pedir(ajeno, raiz, "Ley", huella(), uuid4(), LUNES)
    base = f"/consola/tramitacion/recalculo/{job.pk}"
    web = entrar(administradora)
    assert web.get(f"{base}/change/").status_code == 404
    assert web.post(f"{base}/reintentar/").status_code == 404
    assert "Bolivia" not in web.get("/consola/tramitacion/recalculo/").content.decode()


def test_reintentar_lo_que_no_se_pudo(administradora, supervisor, camino, decreto, url):
    camino.generar()
    decreto()
    web = entrar(administradora)
    web.post(url, pedido())
    job = Recalculo.objects.get()
    avanzar(job.pk)
    job.lineas.update(estado="FALLIDO")
    avanzar(job.pk)
    base = f"/consola/tramitacion/recalculo/{job.pk}"
    assert "Reintentar lo que no se pudo" in web.get(f"{base}/change/").content.decode()
    mira = entrar(supervisor)
    assert "Reintentar" not in mira.get(f"{base}/change/").content.decode()
    assert mira.post(f"{base}/reintentar/").status_code == 403
    assert web.get(f"{base}/reintentar/").status_code == 405
    Recalculo.objects.update(hechos=1)
    assert web.post(f"{base}/reintentar/").status_code == 302
    respuesta = web.post(f"{base}/reintentar/", follow=True)
    assert "ya puso en marcha una revisión" in respuesta.content.decode()
    recalculo_masivo.barrer()
    assert Plazo.objects.get().vence_en == DESPUES
    quien = CambioMaestro.objects.get(modelo="tramitacion.recalculo", accion="reintentar").por
    assert quien == administradora
    respuesta = web.post(f"{base}/reintentar/", follow=True)
    assert "No hay nada que reintentar." in respuesta.content.decode()


def test_nadie_edita_ni_borra_una_revision(administradora, calendario_cl):
    job, _ = pedir(calendario_cl, administradora, "Ley", huella(), uuid4(), hora.ahora())
    base = f"/consola/tramitacion/recalculo/{job.pk}"
    web = entrar(administradora)
    assert web.post(f"{base}/change/", {"motivo": "Otro"}).status_code == 405
    assert web.post(f"{base}/delete/", {"post": "yes"}).status_code == 403
    assert web.get("/consola/tramitacion/recalculo/add/").status_code == 403
    job.refresh_from_db()
    assert job.motivo == "Ley"
