"""What CAPERA's staff and its customers read is CAPERA's: its menu, its words, its numbers."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from postventa.calendario import hora
from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Rol
from tests.conftest import LUNES
from tests.consola.conftest import entrar, personal
from tests.reclamos.conftest import JUEVES
from tests.reclamos.hojas import abrir, enlace, presentar

RUC = "20131312955"


def texto(respuesta):
    return re.sub(r"\s+", " ", strip_tags(respuesta.content.decode()))


@pytest.fixture
def web(plantel):
    hora.fijar(JUEVES)
    return entrar(plantel.administrador)


# --- the menu


def test_datos_de_capera_no_ofrece_viviendas(web):
    datos = texto(web.get("/consola/datos/"))
    for ajeno in ("Proyectos", "Unidades", "Recintos", "Lugares", "Cargas de propietarios"):
        assert ajeno not in datos
    assert "Reclamantes, con su documento y contacto" in datos
    assert "Propietarios" not in datos
    for ruta in ("inmuebles/proyecto", "inmuebles/unidad"):
        assert web.get(f"/consola/{ruta}/").status_code == 403


def test_datos_de_una_inmobiliaria_ofrece_viviendas(icalma):
    hora.fijar(LUNES)
    datos = texto(entrar(personal("ana", icalma, Rol.ADMINISTRADOR)).get("/consola/datos/"))
    assert "Proyectos" in datos
    assert "Propietarios, con su documento y contacto" in datos


def test_listas_de_capera_no_hablan_de_unidades_ni_de_rut(web):
    for ruta in ("plazos/plazo", "personas/cliente", "avisos/aviso", "reclamos/reclamo"):
        pagina = web.get(f"/consola/{ruta}/").content.decode()
        cuerpo = pagina[pagina.index("<body") :]
        assert not re.search(r"\b(unidad|RUT|propietario)\b", cuerpo), ruta


def test_registro_de_cerrados_cuenta_reclamos(caso, casos, plantel):
    for uno in (caso, casos()):
        uno.respondida().tramitar("conformar", uno.cliente).archivar()
    assert "2 reclamos cerrados" in texto(entrar(plantel.legal).get("/consola/reclamos/cierre/"))


# --- the provider and its establishments


def test_ruc_y_codigo_salen_en_la_hoja_solo_si_estan(client, capera, caseta):
    reclamo = presentar(client, caseta)
    hoja = texto(client.get(f"{enlace(reclamo)}hoja/"))
    assert "RUC" not in hoja
    assert f"código {caseta.codigo}" not in hoja
    Empresa.objects.filter(pk=capera.pk).update(tributario=RUC)
    Sede.objects.filter(pk=caseta.pk).update(identificacion="PIU-01")
    reclamo = presentar(client, Sede.objects.get(pk=caseta.pk))
    hoja = texto(client.get(f"{enlace(reclamo)}hoja/"))
    assert f"RUC {RUC}" in hoja
    assert "código PIU-01" in hoja
    libro = texto(client.get("/capera/libro-de-reclamaciones/"))
    assert f"RUC {RUC}" in libro


def test_ruc_errado_se_rechaza_y_el_bueno_se_ordena(capera):
    capera.tributario = "20131312956"
    with pytest.raises(ValidationError, match="Ese RUC no es válido"):
        capera.clean()
    capera.tributario = "20 131312955 "
    capera.clean()
    assert capera.documento_tributario == f"RUC {RUC}"


def test_falta_el_ruc_se_advierte_a_quien_administra(web, capera, plantel):
    assert "Falta el RUC de CAPERA" in texto(web.get("/consola/"))
    assert "Falta el RUC" not in texto(entrar(plantel.legal).get("/consola/"))
    Empresa.objects.filter(pk=capera.pk).update(tributario=RUC)
    assert "Falta el RUC" not in texto(web.get("/consola/"))


def test_administrador_escribe_el_codigo_de_su_establecimiento(web, capera, caseta):
    url = f"/consola/empresas/empresa/{capera.pk}/change/"
    pagina = web.get(url)
    formulario = pagina.context["adminform"].form
    sedes = pagina.context["inline_admin_formsets"][0].formset
    datos = {}
    for form in (formulario, sedes.management_form, *sedes.forms):
        for campo in form:
            valor = campo.value()
            if valor not in (None, False):
                datos[campo.html_name] = "on" if valor is True else valor
    datos[f"{sedes.forms[0].prefix}-identificacion"] = "PIU-01"
    respuesta = web.post(url, datos)
    assert respuesta.status_code == 302, respuesta.context["errors"]
    assert Sede.objects.get(pk=sedes.forms[0].instance.pk).identificacion == "PIU-01"


# --- who is not a consumer


def test_hoja_de_un_tercero_no_dice_none(client, caso, denunciante):
    caso.recibir("correo", es_consumidor=False).formalizar(bien="")
    reclamo = caso.releer()
    assert reclamo.hoja_numero is None
    pagina = abrir(client, reclamo).get(f"{enlace(reclamo)}hoja/")
    assert pagina.status_code == 200
    assert "None" not in pagina.content.decode()
    assert "Lo que nos escribió" in texto(pagina)
    assert "2. Lo que contrató" not in texto(pagina)


# --- a shared computer


def test_quien_envio_una_hoja_cierra_y_ya_no_se_ve(client, caseta):
    reclamo = presentar(client, caseta)
    enviado = client.get(f"{enlace(reclamo)}enviado/")
    assert "Salir" in texto(enviado)
    assert "¿Este equipo es compartido?" in texto(enviado)
    respuesta = client.post("/capera/salir/", follow=True)
    assert "Cerró su sesión" in texto(respuesta)
    assert "Salir" not in texto(respuesta)
    assert "reclamos" not in client.session
    hoja = client.get(f"{enlace(reclamo)}hoja/")
    assert (hoja.status_code, hoja.url) == (302, enlace(reclamo))


def test_cerrar_no_saca_al_personal_de_la_consola(client, caseta, plantel):
    client.force_login(plantel.legal)
    presentar(client, caseta)
    assert "reclamos" in client.session
    client.post("/capera/salir/")
    assert "reclamos" not in client.session
    assert client.session["_auth_user_id"] == str(plantel.legal.pk)
