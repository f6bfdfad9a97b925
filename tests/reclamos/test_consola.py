"""CAPERA's console: one form per verb, from the reception to the closed register."""

import pytest

from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from reclamos.consola import CONSOLA, FORMULARIOS
from reclamos.models import Cierre, Mejora, Reclamo
from reclamos.sala import SALA
from tests.calendario.lugares import LIMA
from tests.conftest import local
from tests.consola.conftest import entrar
from tests.reclamos.oficina import LISTA, Oficina

CIERRE = {
    campo: f"{campo} del caso"
    for campo in ("acciones", "resultados", "conclusiones", "lecciones", "propuestas")
}


@pytest.fixture
def de(caso, plantel):
    return lambda nombre: Oficina(caso, getattr(plantel, nombre))


def movidos():
    return Movimiento.objects.count()


def test_todo_verbo_y_nota_que_dispara_el_personal_tiene_formulario():
    de_otros = {("reclamo", "recibir"), ("reclamo", "archivar_por_silencio")}
    todos = {
        (nombre, verbo)
        for nombre, ficha in SALA.objetos.items()
        for verbo in [*ficha.permisos, *ficha.anotaciones]
    }
    assert set(FORMULARIOS) == todos - de_otros - {
        ("reclamo", "no_llego_ingreso"),
        ("reclamo", "adjuntar"),
    }
    assert set(CONSOLA.atajos) == {"ingreso", "respuesta", "plazo_legal"}


# --- the walk of the document, by its forms


@pytest.mark.regla("C-02", "C-08", "C-10", "C-14", "C-18")
def test_de_la_recepcion_al_registro_de_cerrados_por_formularios(caso, plantel, de):
    caso.recibir("caseta")
    recibe = de("vendedora")
    assert recibe.verbos() == {"formalizar", "resolver_en_el_acto"}
    recibe.hacer(
        "formalizar", motivo="Lote errado", hechos="Faltan 12 m2", ocurrio_el="2026-11-20",
        lugar="Los Algarrobos", reclamante="Rosa Chunga", bien="producto",
    )  # fmt: skip
    legal = de("legal")
    legal.hacer("numerar", acciones_inmediatas="Se pidió el plano")
    numero = legal.reclamo.numero_ingreso
    assert numero == "0001-2026"
    legal.hacer("admitir", responsable=plantel.jefa_obra.pk, area="Obras")
    jefa = de("jefa_obra")
    jefa.hacer("analizar")
    assert set(jefa.faltas()) == {"responder"}
    for deber in ("analizar", "verificar", "escuchar"):
        jefa.hacer("cumplir_deber", deber=deber, nota="Se hizo")
    formulario = jefa.pagina("?verbo=responder").context["formulario"]
    assert numero in formulario.fields["respuesta"].initial
    jefa.hacer(
        "responder", conclusiones="El plano", respuesta=f"Ingreso {numero}: se rectifica",
        medio="correo",
    )  # fmt: skip
    legal.hacer("conformar", medio="telefono")
    legal.hacer("archivar", **CIERRE)
    assert legal.reclamo.estado == "ARCHIVADA"
    assert Cierre.objects.get().lecciones == "lecciones del caso"
    assert legal.verbos() == {"identificar_causa"}


@pytest.mark.regla("C-12")
def test_se_resuelve_en_el_acto_con_la_constancia_de_ambas_partes(caso, de):
    caso.recibir("telefono")
    datos = {
        "motivo": "Recibo", "hechos": "No llegó", "ocurrio_el": "2026-11-20", "lugar": "Piura",
        "solucion": "Se reenvió", "bien": "servicio",
    }  # fmt: skip
    recibe = de("vendedora")
    sin_firma = recibe.postear("resolver_en_el_acto", **datos)
    assert sin_firma.status_code == 422
    assert set(sin_firma.context["formulario"].errors) == {"acepta", "reclamante"}
    recibe.hacer("resolver_en_el_acto", **datos, acepta="on", reclamante="Rosa Chunga")
    assert recibe.reclamo.estado == "RESUELTA_EN_EL_ACTO"
    assert "Rosa Chunga y la empresa" in recibe.pagina().content.decode()
    legal = de("legal")
    assert legal.faltas() == {"archivar": "Falta el N° de Ingreso: lo da el área legal."}
    legal.hacer("numerar")


@pytest.mark.regla("C-11")
def test_una_carta_pasa_por_el_visado_de_otra_persona(caso, plantel, de):
    caso.analizar("carta")
    jefa = de("jefa_obra")
    assert "responder" not in jefa.verbos() | set(jefa.faltas())
    numero = jefa.reclamo.numero_ingreso
    borrador = {"conclusiones": "Fue error", "respuesta": f"Ingreso {numero}: sí", "medio": "carta"}
    jefa.hacer("pedir_visado", **borrador)
    gerencia = de("gerente")
    assert f"Ingreso {numero}: sí" in gerencia.pagina("?verbo=visar").content.decode()
    assert gerencia.postear("devolver_de_visado").status_code == 422
    gerencia.hacer("devolver_de_visado", motivo="Falta la fecha")
    pagina = jefa.pagina("?verbo=pedir_visado")
    assert "Falta la fecha" in pagina.content.decode()
    assert pagina.context["formulario"].fields["respuesta"].initial == borrador["respuesta"]
    jefa.hacer("pedir_visado", **borrador | {"respuesta": f"Ingreso {numero}: sí, el martes"})
    assert set(jefa.faltas()) == {"responder"}
    gerencia.hacer("visar")
    # What was visaed goes out, whatever is posted.
    jefa.hacer("responder", respuesta="Otra cosa", medio="correo")
    respuesta = jefa.reclamo.respuestas.get()
    assert (respuesta.texto, respuesta.medio, respuesta.visada_por) == (
        f"Ingreso {numero}: sí, el martes", "carta", plantel.gerente
    )  # fmt: skip


@pytest.mark.regla("C-19")
def test_de_la_disconformidad_a_la_via_legal(caso, de):
    caso.respondida()
    legal, gerencia = de("legal"), de("gerente")
    legal.hacer("disconformar", medio="telefono", motivo="No alcanza")
    assert {"reanalizar", "abrir_controversia"} <= legal.verbos()
    legal.hacer("abrir_controversia", motivo="Pide reunirse")
    assert gerencia.faltas() == {
        "invitar_a_via_legal": "Aún no se agota el diálogo: registra las gestiones hechas."
    }
    mediador = {"clase": "mediador", "asistentes": "Rosa y la jefa", "acta": "Sin acuerdo"}
    assert legal.postear("registrar_gestion", **mediador).status_code == 422
    legal.hacer("registrar_gestion", **mediador, tercero="Luis Paz", de_comun_acuerdo="on")
    gerencia.hacer("invitar_a_via_legal", invitacion="Puede acudir a Indecopi")
    assert "Luis Paz, de común acuerdo" in gerencia.pagina("?ver=cierre").content.decode()
    legal.hacer("archivar", **CIERRE)
    assert legal.reclamo.cierre.desde == "VIA_LEGAL"


def test_nuevos_antecedentes_vuelven_al_responsable(caso, de):
    caso.respondida()
    legal = de("legal")
    legal.hacer("disconformar", medio="carta").hacer("reanalizar", antecedentes="Hay otro plano")
    jefa = de("jefa_obra")
    assert jefa.reclamo.vuelta == 2
    assert [hecho for _, hecho in jefa.pagina().context["deberes"]] == [None, None, None]


@pytest.mark.regla("C-17")
def test_se_desestima_con_justificacion_y_respuesta(caso, de):
    caso.ingresar()
    legal = de("legal")
    numero = legal.reclamo.numero_ingreso
    datos = {"respuesta": f"Ingreso {numero}: no procede", "medio": "correo"}
    assert legal.postear("declarar_inadmisible", **datos).status_code == 422
    legal.hacer("declarar_inadmisible", **datos, justificacion="No es de CAPERA")
    assert legal.reclamo.estado == "INADMISIBLE"


def test_notas_informar_derivar_y_aludir(caso, plantel, denunciante, de, time_machine):
    time_machine.move_to(caso.ahora, tick=False)
    denunciante.correo = ""
    denunciante.save()
    caso.ingresar("carta").admitir()
    legal = de("legal")
    legal.hacer("informar_ingreso", medio="telefono")
    assert legal.reclamo.informada_en == caso.ahora
    legal.hacer("derivar_a_otro", responsable=plantel.otro.pk, area="Ventas")
    assert legal.reclamo.responsable == plantel.otro
    sigue = legal.postear("aludir", aludidos=[plantel.otro.pk])
    assert (sigue.status_code, list(sigue.context["formulario"].errors)) == (422, ["aludidos"])
    legal.hacer("aludir", aludidos=[plantel.vendedora.pk])
    assert de("vendedora").pagina().status_code == 404


def test_lo_que_archivo_el_silencio_se_completa_y_no_se_edita(caso, de):
    caso.respondida()
    from postventa.personas.actores import SISTEMA

    caso.pasar(days=30).tramitar("archivar_por_silencio", SISTEMA)
    legal = de("legal")
    assert "falta anotar lo aprendido" in legal.pagina().content.decode()
    legal.hacer("completar_cierre", lecciones="Avisar antes", propuestas="Llamar")
    assert "completar_cierre" not in legal.verbos()
    assert legal.postear("completar_cierre", lecciones="x", propuestas="y").status_code == 409
    assert "Avisar antes" in legal.pagina("?ver=cierre").content.decode()


# --- improvement


@pytest.mark.regla("C-15", "C-22")
def test_la_mejora_nace_y_termina_en_la_pagina_del_caso(caso, casos, plantel, causa, de):
    otro = casos().ingresar().reclamo
    caso.analizar()
    jefa, legal = de("jefa_obra"), de("legal")
    formulario = legal.pagina("?verbo=identificar_causa").context["formulario"]
    assert list(formulario.fields["causa"].queryset) == [causa]
    assert list(formulario.fields["iguales"].queryset) == [otro]
    # The Responsable groups what they see: this one is not theirs.
    suyo = jefa.pagina("?verbo=identificar_causa").context["formulario"]
    assert list(suyo.fields["iguales"].queryset) == []
    legal.hacer("identificar_causa", 0, causa=causa.pk, analisis="No se revisa", iguales=[otro.pk])
    mejora = Mejora.objects.get()
    assert (mejora.veces, mejora.propone_plan) == (2, True)
    assert jefa.postear("identificar_causa", 0, causa=causa.pk, analisis="x").status_code == 404
    plan = {"plan": "Revisar", "encargado": plantel.jefa_obra.pk, "plan_hasta_el": "2027-01-29"}
    legal.hacer("abrir_plan", mejora.pk, **plan)
    jefa.hacer("iniciar_acciones", mejora.pk)
    ineficaz = {"verificacion": "Se repitió", "plan_hasta_el": "2027-03-01"}
    legal.hacer("registrar_ineficacia", mejora.pk, **ineficaz)
    assert legal.postear("verificar", mejora.pk, verificacion="Bien").status_code == 422
    legal.hacer("verificar", mejora.pk, verificacion="Bien", eficaz="on")
    legal.hacer("publicar_leccion", mejora.pk, leccion="Revisar en terreno", extendida_a="Sullana")
    dicho = legal.pagina("?ver=cierre").content.decode()
    assert "Revisar en terreno" in dicho
    assert otro.codigo in dicho
    # The equal one shows its group's, and does not get another.
    del_otro = legal.web.get(f"{LISTA}{otro.pk}/change/?ver=cierre")
    assert caso.reclamo.codigo in del_otro.content.decode()
    assert "identificar_causa" not in {v.verbo for v in del_otro.context["verbos"]}


def test_no_se_verifica_el_plan_propio_y_el_descarte_se_explica(caso, plantel, causa, de):
    caso.analizar()
    legal = de("legal")
    legal.hacer("identificar_causa", 0, causa=causa.pk, analisis="No se revisa")
    mejora = Mejora.objects.get()
    assert legal.postear("descartar_plan", mejora.pk).status_code == 422
    plan = {"plan": "Revisar", "encargado": plantel.legal.pk, "plan_hasta_el": "2027-01-29"}
    legal.hacer("abrir_plan", mejora.pk, **plan).hacer("iniciar_acciones", mejora.pk)
    propia = legal.postear("verificar", mejora.pk, verificacion="Bien", eficaz="on")
    assert (propia.status_code, "alguien distinto" in propia.context["conflicto"]) == (409, True)


# --- refusals


@pytest.mark.regla("C-10")
def test_una_respuesta_sin_su_numero_se_rechaza_y_conserva_lo_escrito(caso, de):
    caso.analizar()
    jefa, antes = de("jefa_obra"), movidos()
    datos = {"conclusiones": "Fue error", "respuesta": "Ya se arregló", "medio": "correo"}
    respuesta = jefa.postear("responder", **datos)
    assert respuesta.status_code == 422
    assert respuesta.context["formulario"].errors["respuesta"] == [
        f"Cita en el texto el N° de Ingreso {jefa.reclamo.numero_ingreso}."
    ]
    assert "Ya se arregló" in respuesta.content.decode()
    # The opening alone, which is there already, informs of nothing.
    vacia = jefa.pagina("?verbo=responder").context["formulario"]["respuesta"].value()
    respuesta = jefa.postear("responder", **datos | {"respuesta": vacia})
    assert "solo está la entrada" in str(respuesta.context["formulario"].errors["respuesta"])
    assert movidos() == antes


@pytest.mark.regla("C-11")
def test_no_visa_quien_la_redacto(caso, plantel, de):
    caso.ingresar("carta").admitir(plantel.gerente).tramitar("analizar", plantel.gerente)
    for deber in ("analizar", "verificar", "escuchar"):
        caso.anotar("cumplir_deber", plantel.gerente, deber=deber, nota="Se hizo.")
    caso.tramitar("pedir_visado", plantel.gerente, **caso.texto())
    autor, antes = de("gerente"), movidos()
    respuesta = autor.postear("visar")
    assert respuesta.status_code == 409
    assert "distinto de quien la redactó" in respuesta.content.decode()
    assert movidos() == antes
    de("gerenta").hacer("visar")


@pytest.mark.regla("C-16")
@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"motivo": "Falta el plano", "nueva_fecha_el": "2026-11-20"}, "nueva_fecha_el"),
        ({"motivo": "Falta el plano", "nueva_fecha_el": ""}, "nueva_fecha_el"),
        ({"motivo": "Falta el plano", "nueva_fecha_el": "mañana"}, "nueva_fecha_el"),
        ({"motivo": "  ", "nueva_fecha_el": "2027-01-20"}, "motivo"),
    ],
)
def test_una_prorroga_pide_motivo_y_una_fecha_que_venga(caso, de, datos, campo):
    caso.analizar()
    jefa, antes = de("jefa_obra"), movidos()
    respuesta = jefa.postear("prorrogar", **datos)
    assert (respuesta.status_code, list(respuesta.context["formulario"].errors)) == (422, [campo])
    assert movidos() == antes


@pytest.mark.regla("C-16")
def test_la_prorroga_dice_que_el_plazo_legal_no_se_mueve(caso, de):
    caso.analizar()
    jefa = de("jefa_obra")
    legal = caso.plazo("plazo_legal").vence_en
    assert "plazo legal vence" in jefa.pagina("?verbo=prorrogar").content.decode()
    relojes = [r.plazo.codigo for r in jefa.pagina().context["corriendo"]]
    assert relojes == ["plazo_legal", "respuesta"]
    jefa.hacer("prorrogar", motivo="Falta el plano", nueva_fecha_el="2027-01-20")
    assert caso.plazo("plazo_legal").vence_en == legal
    dicho = jefa.pagina().content.decode()
    assert "La prórroga no mueve el plazo legal" in dicho
    assert "Falta el plano" in dicho
    hora.fijar(local("2027-02-01 10:00", LIMA))
    assert "venció" in jefa.faltas()["prorrogar"]


def test_fuera_de_plazo_no_se_registra_una_manifestacion(caso, de):
    caso.respondida()
    legal = de("legal")
    hora.fijar(local("2027-02-01 10:00", LIMA))
    vencido = "El plazo para manifestarse ya terminó."
    assert legal.faltas() == {"conformar": vencido, "disconformar": vencido}
    assert legal.postear("conformar", medio="telefono").status_code == 409


def test_un_trabajador_sin_parte_no_dispara_nada_aunque_fabrique_el_envio(caso, de):
    caso.analizar()
    otro, antes = de("otro"), movidos()
    assert otro.postear("responder", **caso.texto()).status_code in (403, 404)
    for _, verbo in [f for f in FORMULARIOS if f[0] == "reclamo"]:
        assert otro.postear(verbo).status_code in (403, 404)
    assert otro.postear("identificar_causa", 0).status_code in (403, 404)
    assert movidos() == antes


def test_envios_fabricados(caso, casos, causa, camino_de_mejora, de):
    ajena = camino_de_mejora(casos().analizar()).identificar().mejora
    caso.analizar()
    legal, antes = de("legal"), movidos()
    for verbo in ("recibir", "archivar_por_silencio", "inventado"):
        assert legal.postear(verbo).status_code in (403, 404)
    assert legal.postear("abrir_plan", ajena.pk).status_code == 404
    assert legal.postear("agrupar", 0).status_code in (409, 422)
    for visto in ("0", "", "no"):
        datos = {"causa": causa.pk, "analisis": "x", "visto": visto}
        assert legal.postear("identificar_causa", 0, **datos).status_code == 409
    assert legal.web.get(f"{LISTA}{legal.pk}/reclamo/{legal.pk}/aludir/").status_code == 405
    assert movidos() == antes


def test_lo_de_otra_empresa_y_lo_vedado_es_404(caso, plantel, supervisor, de):
    caso.recibir(aludidos=[plantel.otro]).formalizar().numerar()
    antes = movidos()
    for quien in (plantel.otro, supervisor):
        suya = Oficina(caso, quien)
        assert suya.pagina().status_code == 404
        assert suya.pagina("?ver=cierre").status_code == 404
        assert suya.postear("aludir").status_code == 404
    assert movidos() == antes


def test_un_numero_que_no_cabe_es_404(caso, de):
    caso.recibir()
    assert de("legal").web.get(f"{LISTA}{'9' * 30}/change/").status_code == 404


# --- cost


@pytest.mark.parametrize(
    ("consulta", "consultas"),
    # session, user, roles, clock; case, its clocks, improvements, whom it is about; of the first
    # tab, duties, answers and files; of the second, meetings and improvements
    [("", 11), ("?ver=cierre", 10), ("?ver=plazos", 8), ("?ver=correos", 9),
     ("?ver=historial", 10)],
)  # fmt: skip
def test_la_pagina_cuesta(caso, de, consulta, consultas, django_assert_num_queries):
    caso.analizar("caseta")
    legal = de("legal")
    legal.pagina(consulta)
    with django_assert_num_queries(consultas):
        assert legal.pagina(consulta).status_code == 200


def test_la_pagina_mas_larga_cuesta_trece(caso, plantel, de, django_assert_num_queries):
    caso.analizar("caseta")
    from datetime import date

    datos = {"motivo": "Falta el plano", "nueva_fecha_el": date(2027, 1, 20)}
    caso.tramitar("prorrogar", plantel.jefa_obra, **datos).responder()
    caso.tramitar("disconformar", caso.cliente)
    caso.tramitar("abrir_controversia", plantel.legal, motivo="Pide reunirse").gestion()
    legal = de("legal")
    legal.pagina()
    with django_assert_num_queries(13):
        assert legal.pagina().status_code == 200
    assert Reclamo.objects.get().prorrogas.exists()


def test_las_listas_de_capera_no_se_ofrecen_a_otra_empresa(caso, supervisor):
    caso.recibir()
    web = entrar(supervisor)
    assert web.get("/consola/reclamos/cierre/").status_code == 403
    assert web.get("/consola/reclamos/mejora/").status_code == 403
