"""CAPERA's papers as anybody reads them: the form, the sheet with its copies, the formal answer."""

import json

import pytest

from postventa.documentos.sobres import SinDocumento
from postventa.expedientes.bitacora import sha256
from reclamos.documentos import PAPELES, descargar, documentos_de
from reclamos.models import Reclamo
from tests.consola.conftest import entrar
from tests.documentos.leer import adjuntos, texto
from tests.documentos.test_pdf import HOSTILES
from tests.reclamos.conftest import FORMULARIO

HOJAS = ("hoja_proveedor", "hoja_consumidor", "hoja_indecopi")


def leer(reclamo, tipo, ordinal=None):
    return texto(descargar(reclamo, tipo, ordinal)[1])


@pytest.mark.regla("C-02", "C-03", "C-12")
def test_formulario_dice_de_a_hasta_e_y_lo_firman_ambos(caso):
    caso.recibir("caseta", servicio="Venta de lote").formalizar(involucrados="El topógrafo")
    nombre, pdf = descargar(caso.reclamo, "formulario")
    leido = texto(pdf)

    assert nombre == "formulario-CAP-20261126-01.pdf"
    for dicho in (
        "Anexo N° 1",
        "Formulario de quejas y/o reclamos Código CAP-20261126-01",
        "Jueves 26 de noviembre de 2026, a las 11:00",
        "Presencial, en la caseta de ventas",
        "a) Motivo preciso y hechos en que se funda El lote entregado no es el del contrato",
        "b) Cuándo ocurrió Viernes 20 de noviembre de 2026",
        "c) Dónde ocurrió Urbanización Los Algarrobos",
        "d) Personas involucradas El topógrafo",
        "e) Quién reclama y cómo se le responde Rosa Chunga Silva, DNI 40123456",
        "Rosa Chunga Silva Firma del reclamante",
        "Vendedora Firma de quien recibe",
        "CAPERA S.A.C.",
    ):
        assert dicho in leido


def test_lo_escrito_por_el_reclamante_lo_dice_en_vez_de_una_constancia(caso):
    leido = leer(caso.recibir("correo").formalizar().reclamo, "formulario")
    assert "Lo escrito por el reclamante llegó por correo electrónico" in leido


@pytest.mark.regla("C-02")
def test_hoja_trae_sus_partes_sus_leyendas_y_el_plazo_de_la_politica(caso):
    caso.sede.identificacion = "PIU-01"
    caso.recibir("correo", pedido="Que se mida otra vez", monto=1200)
    caso.sede.save()
    caso.formalizar()
    leido = leer(caso.reclamo, "hoja_consumidor")
    for dicho in (
        "Libro de Reclamaciones",
        "Hoja de Reclamación N° de hoja 000001",
        "Proveedor CAPERA S.A.C.",
        "Código de identificación PIU-01",
        "1. Identificación del consumidor reclamante Nombre Rosa Chunga Silva",
        "2. Identificación del bien contratado",
        "Monto reclamado S/ 1,200.00",
        "3. Detalle de la reclamación y pedido del consumidor X Reclamo Queja",
        "Pedido Que se mida otra vez",
        "4. Observaciones y acciones adoptadas por el proveedor",
        "no impide acudir a otras vías de solución de controversias",
        "Plazo de respuesta: 15 días hábiles, improrrogables. Vence el",
        "Lunes 21 de diciembre de 2026",
    ):
        assert dicho in leido


def test_plazo_de_la_hoja_es_el_de_la_politica_de_entonces(caso, capera):
    capera.politicas.filter(codigo="plazo_legal").update(cantidad=10)
    caso.recibir("correo").formalizar()
    antes = descargar(caso.reclamo, "hoja_consumidor")
    assert "no mayor a 10 días hábiles" in texto(antes[1])
    capera.politicas.filter(codigo="plazo_legal").update(cantidad=15)
    assert descargar(caso.releer(), "hoja_consumidor") == antes


def test_cada_copia_dice_para_quien_es_y_lleva_la_misma_huella(caso):
    caso.recibir("correo").formalizar()
    fijado = caso.reclamo.documentos.get(tipo="formulario")
    for tipo, para in zip(HOJAS, ("el proveedor", "el consumidor", "Indecopi"), strict=True):
        pdf = descargar(caso.reclamo, tipo)[1]
        assert f"para {para}" in texto(pdf)
        (contenido,) = adjuntos(pdf).values()
        assert sha256(contenido.decode()) == fijado.sha256


def test_hoja_dada_no_cambia_con_lo_que_sigue(caso):
    """Immutable: whatever is done, edited or renamed later, the sheet is the same file."""
    caso.analizar()
    dada = descargar(caso.reclamo, "hoja_consumidor")
    huella = caso.reclamo.documentos.get(tipo="formulario").sha256
    caso.responder().tramitar("conformar", caso.cliente)
    Reclamo.objects.filter(pk=caso.reclamo.pk).update(hechos="Otra cosa", pedido="Nada", monto=1)
    caso.cliente.nombre = "Otra Persona"
    caso.cliente.save()
    assert caso.reclamo.documentos.get(tipo="formulario").sha256 == huella
    assert descargar(caso.releer(), "hoja_consumidor") == dada


def test_quien_no_es_consumidor_no_tiene_hoja(caso):
    caso.recibir("carta", es_consumidor=False).formalizar()
    assert [d["tipo"] for d in documentos_de(caso.reclamo)] == ["formulario"]
    for tipo in HOJAS:
        with pytest.raises(SinDocumento):
            descargar(caso.reclamo, tipo)


@pytest.mark.regla("C-10", "C-11", "C-23")
def test_carta_cita_el_ingreso_y_dice_quien_la_viso(caso):
    caso.analizar("carta")
    caso.tramitar("pedir_visado", caso.plantel.jefa_obra, **caso.texto() | {"medio": "carta"})
    caso.anotar("visar", caso.plantel.gerente).tramitar("responder", caso.plantel.jefa_obra)
    leido = leer(caso.reclamo, "respuesta", 1)
    for dicho in (
        "Respuesta formal N° de Ingreso 0001-2026",
        "jueves 26 de noviembre de 2026",
        "Para Rosa Chunga Silva DNI 40123456",
        "Referencia N° de Ingreso 0001-2026, reclamo CAP-20261126-01",
        "En cuanto a su ingreso 0001-2026: se rectifica.",
        "Jefaobra Obras",
        "Gerente Visada por Gerencia",
    ):
        assert dicho in leido


def test_cada_respuesta_es_una_carta_propia(caso):
    caso.respondida().tramitar("disconformar", caso.cliente)
    caso.tramitar("reanalizar", caso.plantel.legal, antecedentes="Otro plano").cumplir()
    caso.responder(respuesta="En cuanto a su ingreso 0001-2026: se mide otra vez.")
    cartas = [d for d in documentos_de(caso.reclamo) if d["tipo"] == "respuesta"]
    assert [(d["titulo"], d["ordinal"]) for d in cartas] == [
        ("Respuesta formal", 1),
        ("Respuesta formal 2", 2),
    ]
    assert "se rectifica" in leer(caso.reclamo, "respuesta", 1)
    assert "se mide otra vez" in leer(caso.reclamo, "respuesta", 2)


def test_reclamante_recibe_lo_suyo_y_no_las_otras_copias(caso):
    caso.respondida()
    suyos = [d["tipo"] for d in documentos_de(caso.reclamo, del_reclamante=True)]
    assert suyos == ["formulario", "hoja_consumidor", "respuesta"]
    for ajeno in ("hoja_proveedor", "hoja_indecopi", "otra_cosa"):
        with pytest.raises(SinDocumento):
            descargar(caso.reclamo, ajeno, del_reclamante=True)


def test_lo_escrito_queda_como_texto_en_cada_papel(caso):
    """TM-27: what a person types is shown, never run."""
    hostil = "\n".join(HOSTILES)
    campos = ("motivo", "hechos", "lugar", "involucrados", "pedido", "servicio", "domicilio")
    topes = {c: Reclamo._meta.get_field(c).max_length for c in campos}
    dichos = {c: hostil[: topes[c]] for c in campos}
    caso.cliente.nombre = '#read("/etc/hostname")'
    caso.cliente.save()
    caso.recibir("telefono", **{c: v for c, v in dichos.items() if c not in FORMULARIO})
    caso.tramitar(
        "formalizar",
        caso.plantel.vendedora,
        **FORMULARIO | dichos,
        reclamante="#panic()",
        apoderado="$x$ *y* _z_",
    )
    caso.numerar().admitir().tramitar("analizar", caso.plantel.jefa_obra).cumplir()
    caso.responder(respuesta=f"0001-2026 {hostil}", prevencion=hostil)
    apretado = hostil.replace(" ", "").replace("\n", "")
    for tipo in PAPELES:
        leido = leer(caso.reclamo, tipo, 1).replace(" ", "")
        assert apretado in leido, tipo
        assert '#read("/etc/hostname")' in leido


# --- in the console


def ruta(caso, tipo, ordinal=1):
    return f"/consola/reclamos/reclamo/{caso.reclamo.pk}/documento/{tipo}/{ordinal}/"


def test_pestana_ofrece_cada_papel_y_la_consola_los_baja(caso):
    caso.respondida()
    web = entrar(caso.plantel.legal)
    pagina = web.get(
        f"/consola/reclamos/reclamo/{caso.reclamo.pk}/change/?ver=documentos"
    ).content.decode()
    for tipo in PAPELES:
        assert f'href="{ruta(caso, tipo)}"' in pagina
        respuesta = web.get(ruta(caso, tipo))
        assert respuesta["Content-Type"] == "application/pdf"
        assert respuesta["Content-Disposition"].startswith("attachment; filename=")
        assert respuesta.content.startswith(b"%PDF")
    assert web.get(ruta(caso, "respuesta", 2)).status_code == 404
    assert web.get(ruta(caso, "acta")).status_code == 404


def test_aludido_y_otra_empresa_no_bajan_nada(caso, jefe):
    caso.recibir("correo", aludidos=[caso.plantel.otro]).formalizar()
    for persona in (caso.plantel.otro, jefe):
        for tipo in PAPELES:
            assert entrar(persona).get(ruta(caso, tipo)).status_code == 404


def test_lo_fijado_trae_lo_que_la_hoja_pide(caso):
    caso.recibir("correo").formalizar()
    fijado = json.loads(caso.reclamo.documentos.get(tipo="formulario").canonico)
    assert fijado["hoja"] == 1
    assert fijado["termino"] == {
        "cantidad": "15 días hábiles",
        "vence": "lunes 21 de diciembre de 2026, hasta el final del día",
    }
