"""C-11, C-17: the dismissal of what came by letter is an answer, which Gerencia visas first."""

import pytest

from postventa.personas.models import Membresia, Rol, Usuario
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from reclamos.consola_espera import esperan
from tests.reclamos.oficina import Oficina


@pytest.fixture
def carta(caso):
    return caso.ingresar("carta")


def dicho(caso, **cambios):
    texto = f"Ingreso {caso.reclamo.numero_ingreso}: no procede, porque la obra es de otro."
    base = {"justificacion": "La obra es de otra empresa", "respuesta": texto, "medio": "carta"}
    return base | cambios


@pytest.mark.regla("C-11", "C-17")
def test_lo_que_llego_por_carta_no_se_desestima_sin_visado(carta, plantel):
    with pytest.raises(Conflicto, match="Gerencia la vise"):
        carta.tramitar("declarar_inadmisible", plantel.legal, **dicho(carta))
    carta.anotar("proponer_inadmisible", plantel.legal, **dicho(carta))
    with pytest.raises(Conflicto, match="Gerencia la vise"):
        carta.tramitar("declarar_inadmisible", plantel.legal)
    carta.anotar("visar", plantel.gerente)
    carta.tramitar("declarar_inadmisible", plantel.legal, respuesta="Otra cosa")
    fila = carta.reclamo.respuestas.get()
    assert (carta.reclamo.estado, fila.texto, fila.visada_por) == (
        "INADMISIBLE", dicho(carta)["respuesta"], plantel.gerente,
    )  # fmt: skip
    assert "Visada" not in carta.reclamo.get_estado_display()
    assert '"visada_por":"Gerente"' in carta.reclamo.documentos.get(tipo="respuesta").canonico


@pytest.mark.regla("C-11")
def test_no_la_visa_quien_la_propuso_ni_otro_que_gerencia(carta, plantel, capera):
    Membresia.objects.create(usuario=plantel.legal, empresa=capera, rol=Rol.GERENTE)
    carta.anotar("proponer_inadmisible", plantel.legal, **dicho(carta))
    with pytest.raises(Conflicto, match="distinto de quien"):
        carta.anotar("visar", Usuario.objects.get(pk=plantel.legal.pk))
    for que, datos in (("visar", {}), ("devolver_propuesta", {"motivo": "No"})):
        with pytest.raises(NoAutorizado):
            carta.anotar(que, plantel.otro, **datos)


def test_devuelta_o_reescrita_pierde_el_visado(carta, plantel):
    carta.anotar("proponer_inadmisible", plantel.legal, **dicho(carta)).anotar(
        "visar", plantel.gerente
    )
    carta.anotar("proponer_inadmisible", plantel.legal, **dicho(carta, justificacion="Otra"))
    assert carta.reclamo.visado_por is None
    carta.anotar("devolver_propuesta", plantel.gerente, motivo="Falta el porqué")
    assert carta.reclamo.comentarios_visado == "Falta el porqué"
    with pytest.raises(Conflicto, match="Ninguna respuesta"):
        carta.anotar("visar", plantel.gerente)
    with pytest.raises(Conflicto, match="Nadie ha propuesto"):
        carta.anotar("devolver_propuesta", plantel.gerente, motivo="Otra vez")


def test_admitida_al_final_no_le_queda_nada_de_la_propuesta(carta, plantel):
    carta.anotar("proponer_inadmisible", plantel.legal, **dicho(carta))
    carta.anotar("visar", plantel.gerente).admitir()
    carta.tramitar("analizar", plantel.jefa_obra).cumplir()
    with pytest.raises(Conflicto):
        carta.responder()
    carta.tramitar("pedir_visado", plantel.jefa_obra, **carta.texto())
    carta.anotar("visar", plantel.gerente).tramitar("responder", plantel.jefa_obra)
    assert '"desestima":false' in carta.reclamo.documentos.get(tipo="respuesta").canonico


@pytest.mark.parametrize("falta", ["justificacion", "respuesta", "medio", "numero"])
def test_la_propuesta_va_entera_y_cita_el_numero(carta, plantel, falta):
    datos = (
        dicho(carta, respuesta="No procede.") if falta == "numero" else dicho(carta) | {falta: ""}
    )
    with pytest.raises(DatosInvalidos) as rechazo:
        carta.anotar("proponer_inadmisible", plantel.legal, **datos)
    assert set(rechazo.value.campos) == {"respuesta" if falta == "numero" else falta}


def test_lo_demas_se_desestima_como_siempre(caso, plantel):
    caso.ingresar("correo")
    with pytest.raises(Conflicto, match="sin visado"):
        caso.anotar("proponer_inadmisible", plantel.legal, **dicho(caso))
    caso.tramitar("declarar_inadmisible", plantel.legal, **dicho(caso))
    assert caso.reclamo.estado == "INADMISIBLE"


@pytest.mark.regla("C-11", "C-17")
def test_por_formularios_y_en_la_portada_de_cada_uno(carta, plantel):
    def esperado(persona):
        return [e.titulo for e in esperan(persona, carta.ahora)]

    legal, gerente = (Oficina(carta, p) for p in (plantel.legal, plantel.gerente))
    assert legal.verbos() >= {"admitir", "proponer_inadmisible"}
    assert "declarar_inadmisible" in legal.faltas()
    legal.hacer("proponer_inadmisible", **dicho(carta))
    assert (esperado(plantel.legal), esperado(plantel.gerente)) == ([], ["Visar la respuesta"])
    assert "porque la obra es de otro" in gerente.pagina().content.decode()
    gerente.hacer("devolver_propuesta", motivo="Di de quién es la obra")
    assert esperado(plantel.legal) == ["Corregir: Gerencia devolvió la propuesta"]
    pagina = legal.pagina("?verbo=proponer_inadmisible").content.decode()
    assert "Di de quién es la obra" in pagina
    assert "La obra es de otra empresa" in pagina
    legal.hacer("proponer_inadmisible", **dicho(carta))
    gerente.hacer("visar")
    assert esperado(plantel.legal) == ["Enviar lo desestimado, ya visado"]
    legal.hacer("declarar_inadmisible")
    assert legal.reclamo.estado == "INADMISIBLE"
    assert esperado(plantel.legal) == ["Cartas por despachar: 1"]
