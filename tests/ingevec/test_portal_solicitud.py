"""Asking by the web: the urgency first, one requerimiento after another, the hour by themselves."""

import pytest
from django.core import mail

from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.expedientes.models import Borrador
from postventa.personas.models import Rol
from tests.conftest import local
from tests.icalma.conftest import archivos, foto
from tests.ingevec.navegador import en_sesion, texto
from tickets.ingevec.models import Inspector, Pauta, Solicitud
from tickets.inmuebles.models import Propiedad, Unidad


def borrador():
    return Borrador.objects.get()


# --- choosing the home


def test_sin_sesion_pide_entrar(client, edificio, depto):
    for camino in ("", f"{depto.pk}/", f"{depto.pk}/que/", f"{depto.pk}/revisar/"):
        respuesta = client.get(f"/ingevec/solicitud/{camino}")
        assert respuesta.url.startswith("/ingevec/acceso/?next=")


def test_acceso_para_solicitar_muestra_todos_los_pasos(client, edificio):
    pagina = texto(client.get("/ingevec/acceso/?next=/ingevec/solicitud/"))
    assert "Paso 1 de 6" in pagina
    assert "Por esta página pide el propietario" in pagina


def test_una_vivienda_va_directo_y_varias_se_preguntan(pedido, propietario, duenio, edificio):
    assert propietario.get("/ingevec/solicitud/").url == pedido.base
    otra = Unidad.objects.create(proyecto=edificio, nombre="Depto. 1204")
    Propiedad.objects.create(unidad=otra, cliente=duenio, desde="2025-03-10")
    pagina = texto(propietario.get("/ingevec/solicitud/"))
    assert pedido.base in pagina
    assert f"/ingevec/solicitud/{otra.pk}/" in pagina


@pytest.mark.parametrize("pagina", ["", "urgente/", "que/", "consulta/", "visita/", "revisar/"])
def test_vivienda_ajena_es_404(pedido, vecina, edificio, pagina):
    pedido.hasta_revisar()
    ajena = en_sesion(vecina, edificio)
    assert ajena.get(pedido.base + pagina).status_code == 404
    assert ajena.post(pedido.base + pagina, {"urgencia": "no"}).status_code == 404
    assert Solicitud.objects.count() == 0


def test_sesion_de_otra_empresa_no_entra(pedido, cliente, proyecto):
    de_icalma = en_sesion(cliente, proyecto)
    assert de_icalma.get(pedido.base).url.startswith("/ingevec/acceso/")
    assert de_icalma.get(f"/icalma/requerimiento/{pedido.depto.pk}/").status_code == 404


# --- urgency


@pytest.mark.regla("G-14")
def test_lo_primero_es_la_urgencia(pedido):
    assert pedido.ver("que/").url == pedido.base
    assert "Filtración de agua potable (rotura de cañerías)" in texto(pedido.ver())
    assert pedido.urgencia("").status_code == 422
    assert pedido.urgencia("inundacion").status_code == 422
    assert pedido.urgencia("no").url == f"{pedido.base}que/"
    assert pedido.ver("que/").status_code == 200


@pytest.mark.regla("G-15", "G-16")
def test_urgencia_muestra_los_telefonos_y_se_envia_de_una_vez(pedido, gente):
    assert pedido.urgencia("agua").url == f"{pedido.base}urgente/"
    respuesta = pedido.ver("urgente/")
    pagina = texto(respuesta)
    assert "Llame ahora" in pagina
    assert "Cierre ahora la llave de paso del agua" in pagina
    assert 'href="tel:800422727"' in pagina
    assert 'value="Héctor Saldías Mora"' in pagina
    datos = {
        "nonce": respuesta.context["nonce"],
        "descripcion": "Se rompió una cañería",
        "llamante": "Ana Mora",
        "telefonos": "+56 9 1111 2222",
    }
    enviada = pedido.enviar("urgente/", datos)
    s = pedido.solicitud
    assert enviada.url == f"/ingevec/caso/{s.publico}/recibido/"
    assert (s.estado, s.urgencia, s.canal, s.llamante) == ("INGRESADA", "agua", "web", "Ana Mora")
    assert not s.visitas.exists()
    assert s.plazos.get().codigo == "urgencia"
    assert pedido.enviar("urgente/", datos).url == enviada.url
    assert "Se comunicará con usted de inmediato" in texto(pedido.navegador.get(enviada.url))


def test_urgencia_sin_descripcion_ni_telefono_no_se_envia(pedido):
    pedido.urgencia("gas")
    respuesta = pedido.enviar("urgente/", {"descripcion": "", "llamante": "Ana", "telefonos": "12"})
    pagina = texto(respuesta)
    assert respuesta.status_code == 422
    assert "Describa qué falla." in pagina
    assert "Escriba el número completo: +56 9 1234 5678." in pagina
    assert Solicitud.objects.count() == 0


def test_urgencia_lleva_tambien_lo_que_ya_estaba_escrito(pedido):
    pedido.urgencia()
    pedido.requerimiento("Puerta que no cierra", "agregar", fotos=[foto()])
    pedido.urgencia("luz")
    nonce = pedido.ver("urgente/").context["nonce"]
    datos = {"descripcion": "Sin luz", "llamante": "Ana", "telefonos": "+56 9 1111 2222"}
    pedido.enviar("urgente/", {**datos, "nonce": nonce})
    reqs = list(pedido.solicitud.requerimientos.all())
    assert [r.descripcion for r in reqs] == ["Sin luz", "Puerta que no cierra"]
    assert [r.fotos.count() for r in reqs] == [0, 1]


def test_lo_urgente_no_pasa_por_el_camino_de_las_horas(pedido):
    pedido.hasta_revisar()
    datos = pedido.formulario()
    pedido.urgencia("gas")
    assert pedido.ver("que/").url == f"{pedido.base}urgente/"
    assert pedido.mandar(datos).status_code == 409
    assert Solicitud.objects.count() == 0


# --- requerimientos


def test_mirar_las_paginas_no_guarda_nada(pedido):
    for pagina in ("", "que/", "urgente/", "visita/", "revisar/"):
        pedido.ver(pagina)
    assert Borrador.objects.count() == 0


def test_continuar_agrega_lo_que_se_estaba_escribiendo(pedido):
    pedido.urgencia()
    assert pedido.requerimiento().url == f"{pedido.base}visita/"
    (r,) = borrador().datos["requerimientos"]
    assert (r["descripcion"], r["recinto"]) == ("Gotera bajo el lavaplatos", "Cocina")
    assert borrador().datos["en_curso"] == {}


def test_continuar_sin_nada_dice_que_falta(pedido):
    pedido.urgencia()
    respuesta = pedido.requerimiento("", recinto="")
    assert respuesta.status_code == 422
    assert "Describa al menos un requerimiento" in texto(respuesta)


def test_recinto_sin_descripcion_no_se_agrega_y_se_conserva(pedido):
    pedido.urgencia()
    respuesta = pedido.requerimiento("")
    assert respuesta.status_code == 422
    assert "Describa qué falla." in texto(respuesta)
    assert 'value="Cocina"' in texto(pedido.ver("que/"))
    assert borrador().datos["requerimientos"] == []


def test_varios_se_editan_y_se_quitan(pedido):
    pedido.urgencia()
    pedido.requerimiento("Uno", "agregar")
    pedido.requerimiento("Dos", "agregar")
    uno, dos = borrador().datos["requerimientos"]
    pedido.requerimiento("", f"editar:{uno['id']}", recinto="")
    assert "Cambie este requerimiento" in texto(pedido.ver("que/"))
    pedido.requerimiento("Uno, corregido", "agregar", edita=uno["id"])
    pedido.requerimiento("", f"quitar:{dos['id']}", recinto="")
    assert [r["descripcion"] for r in borrador().datos["requerimientos"]] == ["Uno, corregido"]


def test_no_caben_mas_que_el_maximo(pedido, monkeypatch):
    monkeypatch.setattr("tickets.ingevec.vistas.solicitud.REQUERIMIENTOS", 1)
    pedido.urgencia()
    pedido.requerimiento("Uno", "agregar")
    respuesta = pedido.requerimiento("Dos", "agregar")
    assert respuesta.status_code == 422
    assert "Una solicitud lleva hasta 1 requerimientos." in texto(respuesta)
    assert "Dos" in texto(pedido.ver("que/"))


def test_fotos_pasan_por_la_misma_puerta_y_van_con_su_requerimiento(pedido, media):
    pedido.urgencia()
    mala = foto("virus.jpg", b"MZ no es una foto")
    respuesta = pedido.requerimiento("Muro", "agregar", fotos=[mala])
    assert respuesta.status_code == 422
    assert "no contiene una imagen JPG" in texto(respuesta)
    assert archivos(media) == []
    subida = pedido.enviar("foto/", {"fotos": foto("muro.jpg")}).json()
    assert pedido.navegador.get(subida["url"]).status_code == 200
    pedido.requerimiento("Muro", "seguir")
    pedido.visita()
    pedido.mandar()
    assert pedido.solicitud.requerimientos.get().fotos.get().publico == subida["publico"]
    assert Borrador.objects.count() == 0


def test_foto_del_borrador_no_la_ve_otra_persona(pedido, vecina, edificio):
    pedido.urgencia()
    url = pedido.enviar("foto/", {"fotos": foto()}).json()["url"]
    assert en_sesion(vecina, edificio).get(url).status_code == 404


# --- contact and hour


@pytest.mark.regla("G-02")
def test_contacto_viene_de_la_ficha_y_no_la_cambia(pedido, duenio):
    pedido.urgencia()
    pedido.requerimiento()
    pagina = texto(pedido.ver("visita/"))
    assert 'value="Héctor Saldías Mora"' in pagina
    assert 'value="+56 9 7777 8888"' in pagina
    pedido.visita()
    pedido.mandar()
    s = pedido.solicitud
    assert (s.llamante, s.telefonos) == ("Ana Mora", "+56 9 1111 2222")
    duenio.refresh_from_db()
    assert (duenio.nombre, duenio.telefono) == ("Héctor Saldías Mora", "+56 9 7777 8888")


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"llamante": ""}, "Escriba el nombre de la persona de contacto."),
        ({"telefonos": ""}, "Escriba al menos un número de contacto."),
        ({"telefonos": "123"}, "Escriba el número completo"),
        ({"hora": ""}, "Elija una hora, o que le llamemos."),
    ],
)
def test_contacto_u_hora_que_faltan_se_piden_sin_perder_el_resto(pedido, cambios, mensaje):
    pedido.urgencia()
    pedido.requerimiento()
    respuesta = pedido.visita(**{"hora": "20261125T1200Z", **cambios})
    pagina = texto(respuesta)
    assert respuesta.status_code == 422
    assert mensaje in pagina
    assert "Ana Mora" in pagina or "+56 9 1111 2222" in pagina


@pytest.mark.regla("G-03", "G-07", "G-08")
def test_horas_son_las_del_dia_del_proyecto_dentro_del_plazo(pedido):
    pedido.urgencia()
    pedido.requerimiento()
    (dia,) = pedido.ver("visita/").context["dias"]
    assert dia["titulo"] == "Miércoles 25 de noviembre"
    assert [h for _, h in dia["horas"]] == [
        "09:00", "09:45", "10:30", "11:15", "12:00", "12:45", "15:00", "15:45", "16:30", "17:15",
    ]  # fmt: skip


def test_dos_inspectores_son_una_sola_hora_que_elegir(pedido, otro_inspector):
    otro_inspector()
    pedido.urgencia()
    pedido.requerimiento()
    (dia,) = pedido.ver("visita/").context["dias"]
    assert len(dia["horas"]) == len(dia["valores"]) == 10


@pytest.mark.parametrize(
    "hora", ["20261126T1200Z", "20261202T1200Z", "20261125T1210Z", "no-es-hora", "20200101T1200Z"]
)
def test_hora_que_no_se_ofrece_no_se_toma(pedido, hora):
    pedido.urgencia()
    pedido.requerimiento()
    respuesta = pedido.visita(hora)
    assert respuesta.status_code == 409
    assert "no está libre" in texto(respuesta) or "se acaba de ocupar" in texto(respuesta)
    assert "Ana Mora" in texto(respuesta)
    assert pedido.ver("revisar/").url == f"{pedido.base}visita/"


def test_sin_horas_en_el_plazo_dice_por_que_y_se_envia_igual(pedido, feriar):
    feriar("2026-11-25", "Día de prueba")
    pedido.urgencia()
    pedido.requerimiento()
    pagina = texto(pedido.ver("visita/"))
    assert "No hay miércoles en los 5 días hábiles" in pagina
    assert "el miércoles 25 de noviembre es feriado (Día de prueba)" in pagina
    assert "nuestro call center le llamará" in pagina
    assert 'name="hora"' not in pagina
    pedido.visita("20261126T1200Z")  # forged: another day needs a person and an exception
    enviada = pedido.mandar()
    s = pedido.solicitud
    assert (s.estado, s.visitas.count(), s.excepcion) == ("INGRESADA", 0, "")
    datos = s.movimientos.get(verbo="ingresar").detalle.datos
    assert datos["sin_hora"].startswith("No hay miércoles en los 5 días hábiles")
    recibido = texto(pedido.navegador.get(enviada.url))
    assert "Le llamaremos para agendar la inspección" in recibido
    assert "a más tardar el martes 1 de diciembre" in recibido


def test_proyecto_sin_pauta_o_sin_inspectores_no_habla_de_administradores(pedido, pauta):
    Inspector.objects.all().delete()
    pedido.urgencia()
    pedido.requerimiento()
    for sin in (Inspector.objects.none(), Pauta.objects.filter(pk=pauta.pk)):
        sin.delete()
        pagina = texto(pedido.ver("visita/"))
        assert "todavía no tiene publicadas sus horas de inspección" in pagina
        assert "administrador" not in pagina
    pedido.visita("")
    assert pedido.mandar().status_code == 302


def test_prefiere_que_le_llamen_y_queda_dicho(pedido):
    pedido.hasta_revisar("llamar").mandar()
    s = pedido.solicitud
    assert s.estado == "INGRESADA"
    datos = s.movimientos.get(verbo="ingresar").detalle.datos
    assert datos["sin_hora"] == "Por la web: ninguna de las horas ofrecidas le acomoda."


# --- consulta


def test_consulta_no_lleva_visita(pedido):
    pedido.urgencia()
    assert pedido.enviar("consulta/", {"consulta": ""}).status_code == 422
    pedido.enviar("consulta/", {"consulta": "¿Hasta cuándo dura la garantía?"})
    pagina = texto(pedido.ver("visita/"))
    assert "¿A quién respondemos?" in pagina
    assert 'name="hora"' not in pagina
    pedido.visita("")
    enviada = pedido.mandar()
    s = pedido.solicitud
    assert (s.clase, s.consulta) == ("CONSULTA", "¿Hasta cuándo dura la garantía?")
    assert not s.plazos.exists()
    assert "Recibimos su consulta" in texto(pedido.navegador.get(enviada.url))


def test_consulta_deja_guardados_los_requerimientos(pedido):
    pedido.urgencia()
    pedido.requerimiento("Gotera", "agregar", fotos=[foto()])
    pedido.enviar("consulta/", {"consulta": "¿Qué horario tienen?"})
    assert "queda guardado" in texto(pedido.ver("consulta/"))
    pedido.visita("")
    datos = pedido.formulario()
    primera = pedido.mandar(datos)
    assert [r["descripcion"] for r in borrador().datos["requerimientos"]] == ["Gotera"]
    assert pedido.mandar(datos).url == primera.url
    pedido.requerimiento("", recinto="")
    pedido.visita()
    pedido.mandar()
    assert sorted(Solicitud.objects.values_list("clase", flat=True)) == [
        "CONSULTA",
        "REQUERIMIENTO",
    ]


# --- mails


def test_correos_no_llevan_texto_de_quien_pide(pedido):
    pedido.urgencia()
    pedido.requerimiento("VISITE http://malo.example YA", "seguir", recinto="Cocina<b>")
    pedido.visita("llamar", llamante="Ana http://malo.example")
    pedido.mandar()
    barrer()
    (correo,) = mail.outbox
    cuerpo = correo.body + "".join(str(a[0]) for a in correo.alternatives)
    for suyo in ("malo.example", "Ana", "Cocina", "VISITE"):
        assert suyo not in cuerpo


def test_correo_de_la_visita_tampoco(pedido, gente):
    pedido.urgencia()
    pedido.requerimiento("VISITE http://malo.example YA")
    pedido.visita()
    pedido.mandar()
    barrer()
    (correo,) = mail.outbox
    assert "malo.example" not in correo.body
    assert "miércoles 25 de noviembre, a las 09:00" in correo.body
    assert [a[0] for a in correo.attachments] == ["visita.ics"]
    assert pedido.solicitud.responsable == gente[Rol.INSPECTOR]


def test_la_noche_no_ofrece_el_dia_que_ya_paso(pedido):
    hora.fijar(local("2026-11-25 23:30"))
    pedido.urgencia()
    pedido.requerimiento()
    (dia,) = pedido.ver("visita/").context["dias"]
    assert dia["titulo"] == "Miércoles 2 de diciembre"
