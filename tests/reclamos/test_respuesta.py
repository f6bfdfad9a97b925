"""Admission, analysis, answer, visado and what follows (C-08 to C-11, C-17, C-19)."""

import json

import pytest

from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado


@pytest.mark.regla("C-08")
def test_admitida_se_deriva_con_copia_a_gerencia_y_legal(caso, plantel):
    caso.ingresar()
    antes = len(caso.correos())
    caso.admitir()
    assert caso.releer().responsable == plantel.jefa_obra
    assert [destino for _, destino in caso.correos()[antes:]] == [
        "jefaobra@capera.example",
        "gerente@capera.example",
        "gerenta@capera.example",
        "legal@capera.example",
    ]


@pytest.mark.parametrize("quien", [None, "inactivo", "de fuera"])
@pytest.mark.regla("C-08")
def test_responsable_es_alguien_que_trabaja_alli(caso, plantel, supervisor, quien):
    plantel.otro.is_active = False
    plantel.otro.save()
    responsable = {None: None, "inactivo": plantel.otro, "de fuera": supervisor}[quien]
    caso.ingresar()
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.tramitar("admitir", plantel.legal, responsable=responsable, area="Obras")
    assert set(rechazo.value.campos) == {"responsable"}


def test_derivar_a_otro_cambia_al_responsable(caso, plantel):
    caso.analizar().anotar("derivar_a_otro", plantel.legal, responsable=plantel.otro, area="Ventas")
    with pytest.raises(NoAutorizado):
        caso.responder()
    caso.releer()
    caso.tramitar("responder", plantel.otro, **caso.texto())
    assert (caso.reclamo.area, caso.reclamo.respuestas.get().por) == ("Ventas", plantel.otro)


# --- the duties of the analysis


@pytest.mark.parametrize("falta", ["analizar", "verificar", "escuchar"])
@pytest.mark.parametrize("canal", ["correo", "carta"])
def test_sin_los_tres_deberes_no_hay_respuesta(caso, plantel, canal, falta):
    caso.ingresar(canal).admitir().tramitar("analizar", plantel.jefa_obra)
    caso.cumplir(*({"analizar", "verificar", "escuchar"} - {falta}))
    verbo = "pedir_visado" if canal == "carta" else "responder"
    with pytest.raises(Conflicto, match="escuchar al denunciante"):
        caso.tramitar(verbo, plantel.jefa_obra, **caso.texto())
    assert caso.reclamo.deberes_pendientes() == [falta]


def test_un_deber_se_anota_una_vez_con_lo_hallado(caso, plantel):
    caso.analizar()
    with pytest.raises(Conflicto, match="ya está hecho"):
        caso.cumplir("escuchar")
    with pytest.raises(DatosInvalidos):
        caso.anotar("cumplir_deber", plantel.jefa_obra, deber="escuchar", nota=" ")


# --- the answer


@pytest.mark.parametrize("medio", ["correo", "carta"])
@pytest.mark.regla("C-10")
def test_la_respuesta_va_por_correo_o_carta_y_cita_el_numero(caso, medio):
    caso.analizar()
    with pytest.raises(Conflicto, match="citar el N° de Ingreso"):
        caso.responder(respuesta="Se rectifica.", medio=medio)
    reclamo = caso.responder(medio=medio).reclamo
    respuesta = reclamo.respuestas.get()
    assert (respuesta.medio, "0001-2026" in respuesta.texto) == (medio, True)
    documento = json.loads(reclamo.documentos.get(tipo="respuesta").canonico)
    assert (documento["ingreso"], documento["texto"]) == ("0001-2026", respuesta.texto)
    llego = [destino for tipo, destino in caso.correos() if tipo == "capera/respuesta"]
    assert llego == (["rosa@correo.example"] if medio == "correo" else [])


@pytest.mark.regla("C-10")
def test_sin_numero_de_ingreso_no_se_responde(caso, plantel):
    caso.analizar()
    type(caso.reclamo).objects.update(ingreso_numero=None, ingreso_anio=None)
    caso.releer()
    with pytest.raises(Conflicto, match="Falta el N° de Ingreso"):
        caso.responder(respuesta="Se rectifica.")
    assert caso.releer().estado == "EN_ANALISIS"


@pytest.mark.parametrize(
    ("datos", "campo"), [({"medio": "fax"}, "medio"), ({"respuesta": ""}, "respuesta")]
)
def test_respuesta_sin_texto_o_sin_medio(caso, datos, campo):
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.analizar().responder(**datos)
    assert set(rechazo.value.campos) == {campo}


def test_a_quien_no_tiene_correo_se_le_responde_por_carta(caso, denunciante):
    denunciante.correo = ""
    denunciante.save()
    with pytest.raises(DatosInvalidos, match="carta"):
        caso.analizar().responder()
    assert caso.responder(medio="carta").reclamo.estado == "RESPONDIDA"


@pytest.mark.regla("C-18")
def test_las_conclusiones_se_piden_antes_de_responder(caso):
    with pytest.raises(Conflicto, match="conclusiones"):
        caso.analizar().responder(conclusiones="")


@pytest.mark.regla("C-17")
def test_inadmisible_se_justifica_y_se_responde_con_su_numero(caso, plantel):
    caso.ingresar()
    base = {"medio": "correo", "respuesta": "Ingreso 0001-2026: no es de la empresa."}
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.tramitar("declarar_inadmisible", plantel.legal, **base)
    assert set(rechazo.value.campos) == {"justificacion"}
    caso.tramitar("declarar_inadmisible", plantel.legal, justificacion="Otro lote", **base)
    assert caso.plazo("respuesta").estado == "CUMPLIDO"
    assert caso.correos()[-1] == ("capera/inadmisible", "rosa@correo.example")
    assert caso.archivar().reclamo.cierre.desde == "INADMISIBLE"


# --- visado


@pytest.fixture
def por_visar(caso, plantel):
    return caso.analizar("carta").tramitar("pedir_visado", plantel.jefa_obra, **caso.texto())


@pytest.mark.regla("C-11")
def test_respuesta_a_una_carta_no_sale_sin_visado(caso, plantel):
    with pytest.raises(Conflicto, match="Gerencia"):
        caso.analizar("carta").responder()
    caso.tramitar("pedir_visado", plantel.jefa_obra, **caso.texto())
    with pytest.raises(Conflicto, match="visado"):
        caso.responder()
    caso.pasar(hours=1).anotar("visar", plantel.gerente).responder()
    respuesta = caso.reclamo.respuestas.get()
    assert (respuesta.visada_por, respuesta.visada_en) == (plantel.gerente, caso.ahora)


@pytest.mark.regla("C-11")
def test_solo_lo_escrito_pasa_por_visado(caso, plantel):
    with pytest.raises(Conflicto, match="carta"):
        caso.analizar("correo").tramitar("pedir_visado", plantel.jefa_obra, **caso.texto())


@pytest.mark.regla("C-11")
def test_quien_redacta_no_visa_aunque_sea_gerencia(caso, plantel):
    caso.ingresar("carta").admitir(plantel.gerente).tramitar("analizar", plantel.gerente)
    for que in ("analizar", "verificar", "escuchar"):
        caso.anotar("cumplir_deber", plantel.gerente, deber=que, nota="Se hizo.")
    caso.tramitar("pedir_visado", plantel.gerente, **caso.texto())
    with pytest.raises(Conflicto, match="distinto"):
        caso.anotar("visar", plantel.gerente)
    caso.releer()
    # Nor by writing it behind the door's back: the law looks too.
    type(caso.reclamo).objects.update(visado_por=plantel.gerente)
    with pytest.raises(Conflicto, match="distinto"):
        caso.tramitar("responder", plantel.gerente)
    type(caso.reclamo).objects.update(visado_por=None)
    caso.anotar("visar", plantel.gerenta).tramitar("responder", plantel.gerente)
    assert caso.reclamo.estado == "RESPONDIDA"


@pytest.mark.regla("C-11")
def test_lo_visado_sale_tal_cual(por_visar, plantel):
    visado = por_visar.reclamo.respuesta
    por_visar.anotar("visar", plantel.gerente)
    por_visar.responder(respuesta="Otra cosa, 0001-2026", conclusiones="Otras", medio="carta")
    respuesta = por_visar.reclamo.respuestas.get()
    assert (respuesta.texto, respuesta.medio) == (visado, "correo")


@pytest.mark.regla("C-11")
def test_devuelta_pierde_el_visado_y_vuelve_a_pedirse(por_visar, plantel):
    por_visar.anotar("visar", plantel.gerente)
    por_visar.tramitar("devolver_de_visado", plantel.gerenta, motivo="Falta la fecha")
    assert por_visar.reclamo.comentarios_visado == "Falta la fecha"
    assert por_visar.correos()[-1] == ("capera/personal", "jefaobra@capera.example")
    por_visar.tramitar("pedir_visado", plantel.jefa_obra, **por_visar.texto())
    with pytest.raises(Conflicto, match="visado"):
        por_visar.responder()


# --- what the complainant says


def test_lo_que_se_dice_a_legal_anota_por_que_medio(caso, plantel):
    caso.respondida()
    with pytest.raises(DatosInvalidos):
        caso.tramitar("conformar", plantel.legal)
    caso.tramitar("conformar", plantel.legal, medio="Por teléfono")
    detalle = caso.reclamo.movimientos.latest("numero").detalle
    assert (detalle.nombre_actor, detalle.datos["medio"]) == ("Legal", "Por teléfono")


# --- controversy


@pytest.mark.regla("C-19")
def test_agotado_el_dialogo_gerencia_invita_a_la_via_legal(caso, plantel):
    caso.controversia()
    datos = {"invitacion": "Puede acudir a Indecopi o a un centro de conciliación."}
    with pytest.raises(Conflicto, match="agota el diálogo"):
        caso.tramitar("invitar_a_via_legal", plantel.gerente, **datos)
    caso.gestion()
    with pytest.raises(DatosInvalidos):
        caso.tramitar("invitar_a_via_legal", plantel.gerente)
    caso.tramitar("invitar_a_via_legal", plantel.gerente, **datos)
    assert caso.correos()[-1] == ("capera/via_legal", "rosa@correo.example")
    assert caso.archivar().reclamo.cierre.desde == "VIA_LEGAL"


@pytest.mark.parametrize("clase", ["mediador", "arbitro"])
@pytest.mark.regla("C-19")
def test_mediador_o_arbitro_lo_eligen_ambas_partes(caso, clase):
    caso.controversia()
    with pytest.raises(DatosInvalidos) as sin_nombre:
        caso.gestion(clase=clase, de_comun_acuerdo=True)
    with pytest.raises(DatosInvalidos) as sin_acuerdo:
        caso.gestion(clase=clase, tercero="Dr. Soto")
    assert (set(sin_nombre.value.campos), set(sin_acuerdo.value.campos)) == (
        {"tercero"},
        {"de_comun_acuerdo"},
    )
    caso.gestion(clase=clase, tercero="Dr. Soto", de_comun_acuerdo=True)
    assert caso.reclamo.gestiones.get().tercero == "Dr. Soto"


@pytest.mark.regla("C-19")
def test_controversia_se_archiva_solo_con_acuerdo_y_con_el_no_hay_via_legal(caso, plantel):
    caso.controversia().gestion()
    with pytest.raises(Conflicto, match="acuerdo"):
        caso.archivar()
    caso.gestion(hay_acuerdo=True)
    with pytest.raises(Conflicto, match="agota el diálogo"):
        caso.tramitar("invitar_a_via_legal", plantel.gerente, invitacion="Vaya a Indecopi")
    assert caso.archivar().reclamo.cierre.desde == "CONTROVERSIA"


def test_fuera_de_controversia_no_hay_gestiones(caso):
    with pytest.raises(Conflicto, match="controversia"):
        caso.respondida().gestion()
