"""Photos of Ingevec's on-site screen: of which requerimiento, by whom, and what is refused."""

from errno import ENOSPC
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto, Movimiento
from postventa.personas.models import Rol
from tests.icalma.conftest import archivos, imagen
from tests.icalma.conftest import foto as foto_nueva
from tests.ingevec.mesa import Consola
from tests.ingevec.telefonista import foto as estado_de_todo
from tests.ingevec.telefonista import texto_de
from tests.ingevec.terreno import INGRESO, Terreno

DECIDIDO = {"decision": "corresponder", "diagnostico": "Sifón roto"}


def nombres(r):
    return [a.nombre for a in r.fotos_personal.order_by("pk")]


@pytest.fixture
def adentro(terreno):
    terreno.entrar()
    return terreno


@pytest.mark.regla("G-09")
def test_las_fotos_quedan_en_su_requerimiento(adentro):
    uno, dos = adentro.reqs
    adentro.diagnosticar(uno, fotos=[foto_nueva("a.jpg"), foto_nueva("b.jpg")])
    adentro.diagnosticar(dos, fotos=[foto_nueva("c.jpg")])
    assert (nombres(uno), nombres(dos)) == (["a.jpg", "b.jpg"], ["c.jpg"])
    assert (uno.fotos.count(), dos.fotos.count()) == (0, 0)
    assert {a.expediente_id for a in Adjunto.objects.all()} == {adentro.caso_pk}
    detalle = Movimiento.objects.filter(verbo="corresponder").first().detalle.datos
    assert detalle["fotos_personal"] == list(uno.fotos_personal.values_list("pk", flat=True))


def test_la_foto_se_escribe_de_nuevo_sin_lo_que_traia(adentro):
    datos = Image.Exif()
    datos[0x010E] = "Calle secreta 123"
    sucia = foto_nueva("a.jpg", imagen(medida=(3000, 2000), exif=datos))
    adentro.diagnosticar(adentro.reqs[0], fotos=[sucia])
    guardada = Adjunto.objects.get().archivo.read()
    assert b"Calle secreta" not in guardada
    assert Image.open(BytesIO(guardada)).size == (2560, 1707)


def test_las_fotos_se_ven_en_la_visita_y_en_el_caso(adentro, llamada, gente):
    adentro.diagnosticar(adentro.reqs[0], fotos=[foto_nueva()])
    publico = Adjunto.objects.get().publico
    en_la_visita = adentro.pagina().content.decode()
    assert f"/adjunto/{publico}/" in en_la_visita
    assert 'alt="Foto 1 de la visita, el requerimiento 1"' in en_la_visita
    caso = Consola(llamada, gente[Rol.INSPECTOR])
    assert f"/adjunto/{publico}/" in caso.pagina().content.decode()


@pytest.mark.regla("G-13")
def test_el_trabajo_ejecutado_lleva_sus_fotos(terreno, llamada, gente):
    llamada.diagnosticar().agendar_trabajos().entrar(por=Rol.MAESTRO)
    obra = Terreno(gente[Rol.MAESTRO], llamada.visita)
    uno, _ = obra.reqs
    obra.hacer(f"ejecutar-{uno.pk}", trabajo="Se cambió", fotos=[foto_nueva("despues.jpg")])
    assert nombres(uno) == ["despues.jpg"]


# --- who


def test_solo_quien_va_a_la_visita_la_registra(adentro, otro_inspector):
    """A colleague of the same project looks, and is told whose it is."""
    colega = Terreno(otro_inspector("colega"), adentro.visita)
    assert colega.acciones() == []
    assert "Va Inspector Prueba" in texto_de(colega.pagina())
    antes, accion = estado_de_todo(), f"diagnosticar-{adentro.reqs[0].pk}"
    respuesta = colega.postear(accion, json=True, **DECIDIDO, fotos=[foto_nueva()])
    assert (respuesta.status_code, Adjunto.objects.count()) == (409, 0)
    assert estado_de_todo() == antes


def test_el_requerimiento_de_otra_solicitud_no_se_alcanza(adentro, llamada):
    ajeno = llamada.ingresar("Otra cosa", cupo=llamada.cupo("2026-11-25 10:30")).reqs[0]
    antes = estado_de_todo()
    respuesta = adentro.postear(
        f"diagnosticar-{ajeno.pk}", json=True, **DECIDIDO, fotos=[foto_nueva()]
    )
    assert (respuesta.status_code, Adjunto.objects.count()) == (409, 0)
    assert estado_de_todo() == antes


def test_de_otra_empresa_no_hay_visita_ni_fotos(adentro, otra):
    ajena, antes = Terreno(otra.supervisora, adentro.visita), estado_de_todo()
    accion = f"diagnosticar-{adentro.reqs[0].pk}"
    assert ajena.postear(accion, json=True, **DECIDIDO, fotos=[foto_nueva()]).status_code == 404
    assert (estado_de_todo(), Adjunto.objects.count()) == (antes, 0)


def test_lo_que_no_es_de_un_requerimiento_no_guarda_fotos(terreno):
    terreno.hacer("ingreso", **INGRESO, fotos=[foto_nueva()])
    assert Adjunto.objects.count() == 0


def test_sin_su_prueba_de_origen_no_se_guarda(adentro, gente):
    web, antes = Client(enforce_csrf_checks=True), estado_de_todo()
    web.force_login(gente[Rol.INSPECTOR])
    accion = f"diagnosticar-{adentro.reqs[0].pk}"
    datos = {**DECIDIDO, "visto": adentro.caso.cadena_largo, "clave": str(uuid4())}
    assert web.post(adentro.url(accion), datos).status_code == 403
    assert estado_de_todo() == antes


# --- refusals, each at its field, and nothing half done


@pytest.mark.parametrize(
    ("fotos", "dice"),
    [
        ([foto_nueva("x.jpg", b"<svg/>")], "no contiene una imagen"),
        ([foto_nueva(f"{n}.jpg") for n in range(7)], "Cada requerimiento lleva hasta 6 fotos."),
    ],
)
def test_lo_que_no_se_toma_se_dice_junto_a_las_fotos(adentro, media, fotos, dice):
    antes, accion = estado_de_todo(), f"diagnosticar-{adentro.reqs[0].pk}"
    respuesta = adentro.postear(accion, json=True, **DECIDIDO, fotos=fotos)
    assert (respuesta.status_code, list(respuesta.json()["campos"])) == (422, ["fotos"])
    assert dice in respuesta.json()["campos"]["fotos"]
    for foto in fotos:
        foto.seek(0)
    pagina = adentro.postear(accion, **DECIDIDO, fotos=fotos)
    texto = pagina.content.decode()
    assert pagina.status_code == 422
    assert f'id="{accion}_fotos_error"' in texto
    assert "Sifón roto</textarea>" in texto
    assert (estado_de_todo(), Adjunto.objects.count(), archivos(media)) == (antes, 0, [])


def test_una_foto_que_pesa_demasiado_no_decide_nada(adentro, monkeypatch):
    monkeypatch.setattr(subidas, "BYTES", 500)
    antes, accion = estado_de_todo(), f"diagnosticar-{adentro.reqs[0].pk}"
    respuesta = adentro.postear(accion, json=True, **DECIDIDO, fotos=[foto_nueva("gorda.jpg")])
    assert respuesta.status_code == 422
    assert "«gorda.jpg» pesa más de 10 MB" in respuesta.json()["campos"]["fotos"]
    assert estado_de_todo() == antes


def test_un_envio_enorme_se_rechaza_sin_leerlo(adentro, monkeypatch):
    monkeypatch.setattr(subidas, "BYTES_POR_ENVIO", 500)
    antes, accion = estado_de_todo(), f"diagnosticar-{adentro.reqs[0].pk}"
    datos = {**DECIDIDO, "fotos": [foto_nueva()]}
    respuesta = adentro.postear(accion, json=True, **datos)
    assert (respuesta.status_code, "demasiado grande" in respuesta.json()["mensaje"]) == (413, True)
    pagina = adentro.postear(accion, **{**datos, "fotos": [foto_nueva()]})
    assert (pagina.status_code, "demasiado grande" in texto_de(pagina)) == (413, True)
    assert estado_de_todo() == antes


def test_sin_espacio_en_el_disco_nada_queda_a_medias(adentro, monkeypatch, media):
    def llena(*args, **kwargs):
        raise OSError(ENOSPC, "lleno")

    monkeypatch.setattr(subidas, "_escribir", llena)
    antes, accion = estado_de_todo(), f"diagnosticar-{adentro.reqs[0].pk}"
    respuesta = adentro.postear(accion, json=True, **DECIDIDO, fotos=[foto_nueva()])
    assert (respuesta.status_code, estado_de_todo(), archivos(media)) == (507, antes, [])


# --- once


def test_el_mismo_envio_con_fotos_se_guarda_una_vez(adentro):
    clave, visto = str(uuid4()), adentro.caso.cadena_largo
    uno = adentro.reqs[0]
    primero = adentro.diagnosticar(uno, clave=clave, visto=visto, fotos=[foto_nueva()])
    despues = estado_de_todo()
    otro = adentro.diagnosticar(uno, clave=clave, visto=visto, fotos=[foto_nueva()])
    assert (primero["repetido"], otro["repetido"]) == (False, True)
    assert (estado_de_todo(), nombres(uno)) == (despues, ["muro.jpg"])


def test_el_telefono_sabe_lo_que_se_exige_antes_de_guardar(terreno):
    ingreso = terreno.pagina().context["f"]["ingreso"].fields
    exigen = ("representante", "personal_identificado")
    assert {ingreso[c].widget.attrs["data-exige"] for c in exigen} == {"conserjeria_autoriza=si"}
    terreno.entrar()
    motivo = terreno.pagina().context["tareas"][0].formulario.fields["motivo"].widget.attrs
    assert motivo["data-exige"] == "decision=no_corresponder"
