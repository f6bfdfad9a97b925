"""Guidelines and shifts in the console: who sees them, who edits them, what an edit may say."""

import pytest

from postventa.calendario.models import Jornada
from postventa.empresas.models import Sede
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Membresia, Rol, Usuario
from tests.conftest import local
from tests.consola.conftest import entrar, personal
from tests.consola.test_alta_desde_cero import filas
from tickets.ingevec.cupos import ofrecer
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.models import Inspector, Turno
from tickets.inmuebles.models import Proyecto

PAUTAS, TURNOS = "/consola/ingevec/pauta/", "/consola/ingevec/turno/"
NADA_DE_INSPECTORES = filas("inspectores")


@pytest.fixture
def web(ingevec):
    """The browser of Ingevec's administrador."""
    return entrar(personal("admina", ingevec, Rol.ADMINISTRADOR))


@pytest.fixture
def turno(ingevec, gente):
    return Turno.objects.create(
        empresa=ingevec,
        persona=gente[Rol.INSPECTOR],
        desde_en=local("2026-11-23 18:00"),
        hasta_en=local("2026-11-30 09:00"),
    )


def datos_de_pauta(jornadas, **cambios):
    return {
        "dia": 3,
        "jornada_inspeccion": jornadas["ingevec-inspeccion"].pk,
        "jornada_trabajo": jornadas["ingevec-trabajos"].pk,
        "minutos_inspeccion": 30,
        "minutos_trabajo": 120,
        "horas_por_propietario": 2,
        **NADA_DE_INSPECTORES,
        **cambios,
    }


def datos_de_turno(persona, **cambios):
    return {
        "persona": persona.pk,
        "desde_en_0": "2026-12-01",
        "desde_en_1": "18:00",
        "hasta_en_0": "2026-12-08",
        "hasta_en_1": "09:00",
        **cambios,
    }


def errores(respuesta):
    assert respuesta.status_code == 200
    return " ".join(str(e) for e in respuesta.context["errors"])


# --- who


@pytest.mark.regla("G-08")
def test_quien_administra_crea_la_pauta_y_ya_hay_horas(web, edificio, jornadas, gente):
    datos = datos_de_pauta(
        jornadas,
        proyecto=edificio.pk,
        **filas(
            "inspectores",
            {"usuario": gente[Rol.INSPECTOR].pk, "cupos_por_dia": 2},
            {"usuario": gente[Rol.MAESTRO].pk, "cupos_por_dia": 1},
        ),
    )
    assert web.post(f"{PAUTAS}add/", datos).status_code == 302
    llamada = local("2026-11-23 10:15")
    cupos = ofrecer(pauta_del_proyecto(edificio.pk), llamada, llamada).cupos
    assert cupos[0].inicio == local("2026-11-26 09:00")
    assert cupos[0].fin == local("2026-11-26 09:30")
    assert CambioMaestro.objects.filter(modelo="ingevec.pauta", accion="crear").count() == 1


@pytest.mark.parametrize(
    "rol", [Rol.CALL_CENTER, Rol.JEFE, Rol.INSPECTOR, Rol.MAESTRO, Rol.GERENTE]
)
def test_quien_no_administra_mira_y_no_toca(pauta, turno, gente, jornadas, rol):
    web = entrar(gente[rol])
    for base, fila in ((PAUTAS, pauta), (TURNOS, turno)):
        assert web.get(base).status_code == 200
        assert web.get(f"{base}{fila.pk}/change/").status_code == 200
        for camino in ("add/", f"{fila.pk}/delete/", f"{fila.pk}/change/"):
            assert web.post(f"{base}{camino}", datos_de_pauta(jornadas)).status_code == 403
    pauta.refresh_from_db()
    assert (pauta.dia, Turno.objects.count()) == (2, 1)
    assert CambioMaestro.objects.count() == 0


@pytest.mark.parametrize("rol", [Rol.ADMINISTRADOR, Rol.SUPERVISOR])
def test_otra_empresa_no_sabe_que_existen(icalma, pauta, turno, rol):
    web = entrar(personal("ajena", icalma, rol))
    for base, fila in ((PAUTAS, pauta), (TURNOS, turno)):
        assert web.get(base).status_code == 403
        assert web.get(f"{base}{fila.pk}/change/").status_code in (403, 404)
        assert web.post(f"{base}{fila.pk}/delete/", {"post": "yes"}).status_code in (403, 404)
    menu = web.get("/consola/datos/").content.decode()
    assert "Proyectos" in menu
    assert "autas de visitas" not in menu
    assert "urnos de urgencias" not in menu


def test_menu_de_datos_los_muestra_con_lo_que_son(web, pauta):
    menu = web.get("/consola/datos/").content.decode()
    assert menu.index("Proyectos y propietarios") < menu.index("Pautas de visitas")
    assert "Quién recibe el aviso de una urgencia" in menu


def test_pauta_de_otro_proyecto_no_la_ve_quien_es_de_uno(ingevec, edificio, pauta):
    otro = Proyecto.objects.create(empresa=ingevec, codigo="otro", nombre="Otro edificio")
    persona = personal("acotada", ingevec)
    Membresia.objects.create(usuario=persona, empresa=ingevec, rol=Rol.CALL_CENTER, sede=otro)
    web = entrar(persona)
    assert edificio.nombre not in web.get(PAUTAS).content.decode()
    assert web.get(f"{PAUTAS}{pauta.pk}/change/").status_code == 404


def test_turnos_de_la_empresa_y_del_propio_proyecto(ingevec, edificio, turno):
    otro = Proyecto.objects.create(empresa=ingevec, codigo="otro", nombre="Otro edificio")
    for sede in (edificio, otro):
        Turno.objects.create(
            empresa=ingevec,
            sede_id=sede.pk,
            persona=turno.persona,
            desde_en=turno.desde_en,
            hasta_en=turno.hasta_en,
        )
    persona = personal("acotada", ingevec)
    Membresia.objects.create(usuario=persona, empresa=ingevec, rol=Rol.CALL_CENTER, sede=otro)
    vistos = entrar(persona).get(TURNOS).context["cl"].result_list
    assert {t.sede_id for t in vistos} == {None, otro.pk}


# --- what


def test_pauta_dice_que_los_minutos_son_un_supuesto(web, pauta):
    pagina = web.get(f"{PAUTAS}{pauta.pk}/change/").content.decode()
    assert "Supuesto: el procedimiento no dice cuánto dura una visita" in pagina
    assert "sábado" not in pagina


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"dia": 5}, "Esa opción no está en la lista"),
        ({"minutos_inspeccion": 10}, "15"),
        ({"minutos_trabajo": 241}, "240"),
        ({"horas_por_propietario": 0}, "1"),
    ],
)
def test_pauta_imposible_se_rechaza(web, pauta, jornadas, cambio, dice):
    respuesta = web.post(f"{PAUTAS}{pauta.pk}/change/", datos_de_pauta(jornadas, **cambio))
    assert dice in errores(respuesta)


def test_el_proyecto_de_una_pauta_no_se_cambia(web, ingevec, pauta, jornadas):
    otro = Proyecto.objects.create(empresa=ingevec, codigo="otro", nombre="Otro edificio")
    datos = datos_de_pauta(jornadas, proyecto=otro.pk)
    assert web.post(f"{PAUTAS}{pauta.pk}/change/", datos).status_code == 302
    pauta.refresh_from_db()
    assert (pauta.proyecto.codigo, pauta.dia) == ("ingevec-demo", 3)


def test_solo_visita_quien_es_inspector_o_maestro(web, pauta, gente, icalma):
    ajeno = personal("ajeno", icalma, Rol.INSPECTOR)
    pagina = web.get(f"{PAUTAS}{pauta.pk}/change/")
    [tabla] = pagina.context["inline_admin_formsets"]
    ofrecidos = set(tabla.formset.empty_form.fields["usuario"].queryset)
    assert ofrecidos == {gente[Rol.INSPECTOR], gente[Rol.MAESTRO]}
    assert ajeno not in ofrecidos


def test_mismo_inspector_dos_veces_se_rechaza(web, pauta, jornadas, gente):
    Inspector.objects.all().delete()
    fila = {"usuario": gente[Rol.INSPECTOR].pk, "cupos_por_dia": 2}
    respuesta = web.post(
        f"{PAUTAS}{pauta.pk}/change/",
        datos_de_pauta(jornadas, **filas("inspectores", fila, fila)),
    )
    assert errores(respuesta)
    assert Inspector.objects.count() == 0


def test_turno_se_crea_a_la_hora_de_la_empresa(web, ingevec, gente):
    datos = datos_de_turno(gente[Rol.INSPECTOR], empresa=ingevec.pk)
    assert web.post(f"{TURNOS}add/", datos).status_code == 302
    turno = Turno.objects.get()
    assert (turno.desde_en, turno.hasta_en) == (
        local("2026-12-01 18:00"),
        local("2026-12-08 09:00"),
    )


def test_turno_al_reves_se_rechaza(web, ingevec, gente):
    datos = datos_de_turno(gente[Rol.INSPECTOR], empresa=ingevec.pk, hasta_en_0="2026-11-30")
    assert "después de empezar" in errores(web.post(f"{TURNOS}add/", datos))


def test_turno_de_quien_no_atiende_urgencias_se_rechaza(web, ingevec, gente, icalma):
    for persona in (gente[Rol.GERENTE], personal("ajeno", icalma, Rol.INSPECTOR)):
        datos = datos_de_turno(persona, empresa=ingevec.pk)
        assert "Esa opción no está en la lista" in errores(web.post(f"{TURNOS}add/", datos))
    assert Turno.objects.count() == 0


def test_turno_de_un_proyecto_ajeno_se_rechaza(raiz_web, ingevec, gente, proyecto):
    sede = Sede.objects.get(pk=proyecto.pk)
    datos = datos_de_turno(gente[Rol.INSPECTOR], empresa=ingevec.pk, sede=sede.pk)
    assert "otra empresa" in errores(raiz_web.post(f"{TURNOS}add/", datos))


@pytest.fixture
def raiz_web(db):
    return entrar(Usuario.objects.create_superuser("raiz", "raiz@personal.example", "clave-larga"))


def test_las_horas_de_trabajos_son_de_quien_las_usa(icalma, pauta, jornadas, web):
    """Only a guideline names that jornada: still nobody else's to see, choose or edit."""
    ajena = entrar(personal("admina_icalma", icalma, Rol.ADMINISTRADOR))
    camino = f"/consola/calendario/jornada/{jornadas['ingevec-trabajos'].pk}/change/"
    assert (ajena.get(camino).status_code, web.get(camino).status_code) == (404, 200)
    listadas = ajena.get("/consola/calendario/jornada/").context["cl"].result_list
    assert set(listadas) == {Jornada.objects.get(codigo="icalma")}


@pytest.mark.parametrize("cuantas", [1, 5])
def test_listas_no_preguntan_por_fila(
    web, ingevec, pauta, turno, cuantas, django_assert_num_queries
):
    for n in range(cuantas - 1):
        otro = Proyecto.objects.create(empresa=ingevec, codigo=f"p{n}", nombre=f"Edificio {n}")
        pauta.pk, pauta.proyecto = None, otro
        pauta.save()
        turno.pk, turno.sede_id = None, otro.pk
        turno.save()
    web.get(PAUTAS)
    with django_assert_num_queries(6):
        assert len(web.get(PAUTAS).context["cl"].result_list) == cuantas
    with django_assert_num_queries(7):
        assert len(web.get(TURNOS).context["cl"].result_list) == cuantas
