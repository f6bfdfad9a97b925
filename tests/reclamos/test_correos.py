"""Every mail of CAPERA's workflow, from what really happened: words, and who gets it (C-23)."""

import re
from datetime import date

import pytest

from postventa.avisos import correo
from postventa.avisos.models import Aviso
from postventa.tramitacion.barrido import barrer
from reclamos.avisos import AVISOS
from reclamos.sala import SALA
from tests.calendario.lugares import LIMA
from tests.conftest import local
from tests.reclamos.conftest import FORMULARIO

ACUERDO = {"invitacion": "Puede acudir a Indecopi."}


def numerada(c, plantel):
    c.ingresar("caseta").admitir()


def resuelta(c, plantel):
    datos = {**FORMULARIO, "reclamante": "Rosa", "solucion": "Se le entregó el plano"}
    c.recibir("caseta").tramitar("resolver_en_el_acto", plantel.vendedora, acepta=True, **datos)
    c.numerar().archivar()


def inadmisible(c, plantel):
    c.ingresar().tramitar(
        "declarar_inadmisible", plantel.legal, justificacion="Otro lote", medio="correo",
        respuesta=f"Su ingreso {c.reclamo.numero_ingreso} es de otra inmobiliaria.",
    )  # fmt: skip


def carta_desestimada(c, plantel):
    c.ingresar("carta")
    texto = f"Ingreso {c.reclamo.numero_ingreso}: no procede."
    propuesta = {"justificacion": "No es de aquí", "respuesta": texto, "medio": "correo"}
    c.anotar("proponer_inadmisible", plantel.legal, **propuesta)
    c.anotar("devolver_propuesta", plantel.gerente, motivo="Explicar más")
    c.anotar("proponer_inadmisible", plantel.legal, **propuesta)
    c.anotar("visar", plantel.gerente).tramitar("declarar_inadmisible", plantel.legal)


def por_carta(c, plantel):
    c.analizar("carta").tramitar("pedir_visado", plantel.jefa_obra, **c.texto())
    c.tramitar("devolver_de_visado", plantel.gerente, motivo="Falta la fecha")
    c.tramitar("pedir_visado", plantel.jefa_obra, **c.texto() | {"medio": "carta"})
    c.anotar("visar", plantel.gerente).responder()


def prorrogada_y_conforme(c, plantel):
    c.analizar().anotar("derivar_a_otro", plantel.legal, responsable=plantel.otro, area="Ventas")
    c.anotar("derivar_a_otro", plantel.legal, responsable=plantel.jefa_obra, area="Obras")
    datos = {"motivo": "Falta el perito", "nueva_fecha_el": date(2027, 1, 15)}
    c.tramitar("prorrogar", plantel.jefa_obra, **datos).responder()
    c.tramitar("conformar", c.cliente).archivar()


def reabierta(c, plantel):
    c.respondida().tramitar("disconformar", c.cliente)
    c.tramitar("reanalizar", plantel.legal, antecedentes="Un plano firmado")


def via_legal(c, plantel):
    c.controversia().gestion().tramitar("invitar_a_via_legal", plantel.gerente, **ACUERDO)
    c.archivar()


def callada(c, plantel):
    c.respondida()
    for dia in ("2026-12-05", "2026-12-07"):
        barrer(local(f"{dia} 09:00", LIMA))


def del_libro(c, plantel):
    c.recibir("web", por=c.cliente).formalizar(c.cliente)


CAMINOS = (
    del_libro, numerada, resuelta, inadmisible, carta_desestimada, por_carta,
    prorrogada_y_conforme, reabierta, via_legal, callada,
)  # fmt: skip


@pytest.fixture
def enviados(casos, plantel, camino_de_mejora):
    """Every mail of every way, rendered: {type: [(aviso, message)]}."""
    for camino in CAMINOS:
        camino(casos(), plantel)
    for _ in range(2):
        camino_de_mejora(casos().analizar()).en_curso().verificar().tramitar(
            "publicar_leccion", plantel.legal, leccion="Revisar planos", extendida_a="Sullana"
        )
    porte = {}
    for aviso in Aviso.objects.exclude(tipo__startswith="plazo_").select_related("empresa"):
        # The reminder of what has stopped is not sent any more.
        if aviso.tipo != "capera/por_archivar":
            porte.setdefault(aviso.tipo, []).append((aviso, correo.renderizar(aviso)))
    return porte


def test_todo_correo_de_la_tabla_sale_alguna_vez_y_se_lee(enviados):
    assert set(enviados) == {fila.tipo for fila in AVISOS}
    for mensajes in enviados.values():
        for aviso, mensaje in mensajes:
            html = mensaje.alternatives[0].content
            for texto in (mensaje.subject, mensaje.body, html):
                assert not re.search(r"None|\{[{%]|\[\]|  \n", texto), aviso.tipo
            assert mensaje.body.strip()
            assert html.count("<h1") == 1


def test_cada_verbo_que_avisa_avisa_de_verdad(enviados):
    """No row of the table is left untried."""
    hechos = {aviso.datos.get("titulo", "") for aviso, _ in enviados["capera/personal"]}
    trozos = ("espera su N°", "Te toca:", "Copia:", "espera tu visado", "devolvió",
              "ya puede salir", "Por enviar en carta", "Prórroga", "no está conforme",
              "está conforme", "nuevos antecedentes", "falta lo aprendido", "se repite",
              "Respondes por un plan", "Lección aprendida")  # fmt: skip
    assert [trozo for trozo in trozos if not any(trozo in hecho for hecho in hechos)] == []


@pytest.mark.regla("C-23")
def test_el_ingreso_dice_registro_acciones_inmediatas_e_investigacion(caso):
    caso.recibir().formalizar().numerar(acciones_inmediatas="Se cercó el lote.")
    aviso = caso.reclamo.avisos.get(tipo="capera/ingreso")
    cuerpo = correo.renderizar(aviso).body
    assert "N° de Ingreso: 0001-2026" in cuerpo
    assert "Código: CAP-20261126-01" in cuerpo
    assert "Lo que hacemos desde ya: Se cercó el lote." in cuerpo
    assert "Empezamos a investigar las causas" in cuerpo
    assert "a más tardar el lunes 21 de diciembre" in cuerpo
    assert "Es el plazo legal, que no se prorroga" in cuerpo
    # Nothing of what was typed by who complains comes back in a confirmation.
    assert FORMULARIO["motivo"] not in cuerpo


@pytest.mark.regla("C-23", "C-10", "C-13")
def test_la_respuesta_dice_la_prevencion_y_hasta_cuando_manifestarse(caso):
    caso.analizar().responder(prevencion="Cada plano se revisará en terreno.")
    mensaje = correo.renderizar(caso.reclamo.avisos.get(tipo="capera/respuesta"))
    assert mensaje.subject == "0001-2026: respuesta a su reclamo"
    assert "Para que no se repita: Cada plano se revisará en terreno." in mensaje.body
    assert "vence el domingo 6 de diciembre, hasta el final del día" in mensaje.body


@pytest.mark.regla("C-16", "C-23")
def test_la_prorroga_dice_motivos_fecha_y_que_el_plazo_legal_no_cambia(caso, plantel):
    datos = {"motivo": "Falta el perito", "nueva_fecha_el": date(2027, 1, 15)}
    caso.analizar().tramitar("prorrogar", plantel.jefa_obra, **datos)
    cuerpo = correo.renderizar(caso.reclamo.avisos.get(tipo="capera/prorroga")).body
    assert "Motivos de la demora: Falta el perito" in cuerpo
    assert "Nuestro nuevo plazo es el viernes 15 de enero" in cuerpo
    assert "El plazo legal de su reclamo no cambia: es el lunes 21 de diciembre" in cuerpo
    copias = [a.destino for a in caso.reclamo.avisos.all() if "Prórroga" in str(a.datos)]
    assert set(copias) == {p.email for p in (plantel.gerente, plantel.gerenta, plantel.legal)}


@pytest.mark.regla("C-16", "C-23")
def test_de_quien_no_tiene_correo_se_encarga_el_area_legal(caso, plantel):
    caso.cliente.correo = ""
    caso.cliente.save()
    caso.analizar().tramitar(
        "prorrogar", plantel.jefa_obra, motivo="Falta el perito",
        nueva_fecha_el=date(2027, 1, 15),
    )  # fmt: skip
    caso.tramitar("responder", plantel.jefa_obra, **caso.texto() | {"medio": "carta"})
    caso.tramitar("disconformar", plantel.legal, medio="telefono")
    caso.tramitar("reanalizar", plantel.legal, antecedentes="Un plano firmado")
    a_legal = caso.reclamo.avisos.filter(destino=plantel.legal.email).order_by("pk")
    titulos = [a.datos["titulo"] for a in a_legal if "otro modo" in a.datos["detalle"]]
    assert titulos == ["Prórroga: reclamo 0001-2026", "0001-2026: se analiza de nuevo"]


def test_el_recordatorio_deja_de_salir_si_ya_contesto(caso, denunciante):
    caso.respondida()
    barrer(local("2026-12-05 09:00", LIMA))
    aviso = caso.reclamo.avisos.get(tipo=SALA.recuerda["conformidad"])
    assert "domingo 6 de diciembre" in correo.renderizar(aviso).body
    caso.a_las("2026-12-05 10:00").tramitar("conformar", denunciante)
    with pytest.raises(correo.Caducado):
        correo.renderizar(aviso)


@pytest.mark.regla("C-13")
def test_el_recordatorio_cita_el_ingreso_y_lleva_al_reclamo(caso):
    caso.respondida()
    barrer(caso.a_las("2026-12-05 09:00").ahora)
    mensaje = correo.renderizar(caso.reclamo.avisos.get(tipo="capera/por_archivar"))
    assert mensaje.subject == "0001-2026: puede decirnos si está conforme"
    assert f"/capera/reclamo/{caso.reclamo.publico}/" in mensaje.body
    assert "/consola/" not in mensaje.body
    assert "vence el domingo 6 de diciembre, hasta el final del día." in mensaje.body
    assert "cite el N° de Ingreso" in mensaje.body
