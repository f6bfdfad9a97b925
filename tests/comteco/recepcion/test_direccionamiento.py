"""The routing table as the procedure prints it (003:75-94, X-15 to X-17), in force by days."""

from datetime import date

import pytest

from comteco.recepcion import direccionamiento
from comteco.recepcion.models import Destino, Unidad
from comteco.recepcion.siembra import sembrar
from tests.consola.conftest import entrar

HOY = date(2026, 11, 27)
TABLA = {
    ("A", "cobertura", "Coordinador Técnico Comercial"),
    ("A", "instalacion", "Asesores Comerciales de Plataforma"),
    ("A", "credito", "Unidad Crédito al Socio"),
    ("A", "equipos", "Dealer"),
    ("B", "entrantes-fiscalia", "Asesoría Legal"),
    ("B", "excedentes", "Unidad de Cartera"),
    ("B", "pac", "BOC (Back Office Comercial)"),
    ("B", "traslado-salientes", "Asesores Comerciales de Plataforma"),
    ("B", "hspa-decodificadores", "Mesón 50 de Plataforma"),
    ("B", "modem-onu-dth", "BOC (Back Office Comercial)"),
    ("B", "reclamo-dano", "BOC (Back Office Comercial)"),
    ("B", "gestion-reclamos", "BOI (Back Office Incidencias)"),
    ("C", "baja", "Asesores Comerciales de Plataforma"),
    ("C", "baja-equipos", "BOC (Back Office Comercial)"),
}


@pytest.mark.regla("DSC-P5")
def test_tabla_sembrada_es_la_del_documento(comteco):
    filas = Destino.objects.values_list("grupo", "codigo", "unidad__nombre")
    assert set(filas) == TABLA
    assert Destino.objects.count() == len(TABLA)


def test_sembrar_otra_vez_no_toca_lo_editado(comteco):
    fila = Destino.objects.get(codigo="pac")
    fila.vigente_desde, fila.lugar, antes = date(2026, 12, 1), "Planta baja", fila.pk
    direccionamiento.versionar(fila, antes)
    sembrar({"comteco": comteco})
    assert Destino.objects.filter(codigo="pac").count() == 2
    assert Destino.objects.count() == len(TABLA) + 1


@pytest.mark.regla("DSC-P5")
@pytest.mark.parametrize(
    ("dicho", "codigo"),
    [
        ("TRASLADO de mi linea", "traslado-salientes"),
        ("facturacion reclamo alto", "reclamo-dano"),
        ("seguimiento de reclamo", "gestion-reclamos"),
        ("dar de baja", "baja"),
        ("credito", "credito"),
        ("notificación de fiscalía", "entrantes-fiscalia"),
        ("hspa+", "hspa-decodificadores"),
    ],
)
def test_se_halla_sin_acentos_y_por_otras_palabras(comteco, dicho, codigo):
    hallados = [d.codigo for d in direccionamiento.buscar(comteco.pk, HOY, dicho)]
    assert hallados[0] == codigo


def test_sin_palabras_se_ve_entera_y_lo_desconocido_no_halla(comteco):
    assert len(direccionamiento.buscar(comteco.pk, HOY, "  ")) == len(TABLA)
    assert direccionamiento.buscar(comteco.pk, HOY, "zanahoria") == []


def formulario(fila, **cambios):
    campos = ("grupo", "pedido", "palabras", "lugar", "prefijo", "requisitos")
    datos = {campo: getattr(fila, campo) for campo in (*campos, "requisitos_juridica", "fuente")}
    return {**datos, "unidad": fila.unidad_id, "vigente_desde": fila.vigente_desde, **cambios}


def test_editar_en_la_consola_deja_una_version_nueva_desde_su_dia(comteco, plantel):
    fila = Destino.objects.get(codigo="equipos")
    web, url = entrar(plantel.administradora), f"/consola/recepcion/destino/{fila.pk}/change/"
    mismo_dia = web.post(url, formulario(fila, lugar="Planta baja"))
    assert "Elige desde qué día vale el cambio" in mismo_dia.content.decode()
    cambio = formulario(fila, lugar="Planta baja", vigente_desde="2026-12-01")
    assert web.post(url, cambio).status_code == 302
    vieja, nueva = Destino.objects.filter(codigo="equipos").order_by("pk")
    assert (vieja.lugar, vieja.vigente_hasta) == ("Dealer", date(2026, 11, 30))
    assert (nueva.lugar, nueva.vigente_desde, nueva.vigente_hasta) == (
        "Planta baja", date(2026, 12, 1), None,
    )  # fmt: skip
    for dia, lugar in ((date(2026, 11, 30), "Dealer"), (date(2026, 12, 1), "Planta baja")):
        [vigente] = direccionamiento.vigentes(comteco.pk, dia).filter(codigo="equipos")
        assert vigente.lugar == lugar
    # What was closed is only read.
    assert web.post(url, formulario(fila, lugar="Otro")).status_code == 403


def test_destino_se_retira_con_su_ultimo_dia_y_sin_otra_version(comteco, plantel):
    fila = Destino.objects.get(codigo="equipos")
    web, url = entrar(plantel.administradora), f"/consola/recepcion/destino/{fila.pk}/change/"
    al_reves = web.post(url, formulario(fila, vigente_hasta="2017-01-01"))
    assert "Elige un día desde el primero" in al_reves.content.decode()
    assert web.post(url, formulario(fila, vigente_hasta="2026-11-26")).status_code == 302
    assert Destino.objects.get(codigo="equipos").vigente_hasta == date(2026, 11, 26)
    assert not direccionamiento.vigentes(comteco.pk, HOY).filter(codigo="equipos").exists()


def test_tabla_la_edita_solo_quien_administra(comteco, plantel, supervisor):
    fila = Destino.objects.get(codigo="equipos")
    url = f"/consola/recepcion/destino/{fila.pk}/change/"
    for quien, codigo in ((plantel.jefa, 403), (plantel.informes, 403), (supervisor, 404)):
        respuesta = entrar(quien).post(url, formulario(fila, lugar="Mío"))
        assert respuesta.status_code in (codigo, 403), quien
    assert Destino.objects.get(codigo="equipos").lugar == "Dealer"


@pytest.mark.regla("DSC-P3")
def test_se_ubica_a_una_persona_o_a_una_unidad(comteco, funcionaria):
    [hallada] = direccionamiento.localizar(comteco.pk, "nanez")
    assert direccionamiento.ubicado(hallada) == "Lidia Ñáñez Inventada, Encargada: Piso 2"
    assert Unidad.objects.get(codigo="boc") in direccionamiento.localizar(comteco.pk, "back office")
    assert direccionamiento.localizar(comteco.pk, "") == []
