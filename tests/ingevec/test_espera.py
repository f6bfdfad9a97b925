"""What waits for each of Ingevec's staff on the home, and the pages it offers them."""

import pytest

from postventa.calendario import hora
from postventa.personas.models import Rol
from tests.conftest import local
from tests.consola.conftest import entrar
from tickets.ingevec.consola import paginas
from tickets.ingevec.consola_espera import esperan
from tickets.ingevec.models import Turno


@pytest.fixture
def espera(llamada, gente):
    def de(rol):
        return [(e.titulo, e.url) for e in esperan(gente[rol], llamada.ahora)]

    hora.fijar(llamada.ahora)
    return de


def titulos(filas):
    return [titulo for titulo, _ in filas]


def url(llamada, verbo):
    return f"/consola/ingevec/solicitud/{llamada.solicitud.pk}/change/?verbo={verbo}#formulario"


def test_lo_que_llego_por_correo_espera_que_lo_llamen(llamada, espera):
    llamada.ingresar(canal="correo")
    assert espera(Rol.CALL_CENTER) == [
        ("Llamar y dar hora: llegó por correo", url(llamada, "agendar_inspeccion"))
    ]
    assert espera(Rol.JEFE) == espera(Rol.INSPECTOR) == espera(Rol.GERENTE) == []


def test_lo_que_quedo_sin_hora_y_la_consulta_esperan(llamada, espera):
    llamada.ingresar()
    llamada.ingresar(consulta="¿Cuándo?")
    assert titulos(espera(Rol.CALL_CENTER)) == ["Dar hora", "Responder una consulta"]


def test_una_urgencia_va_primero_para_todos_los_que_pueden_atenderla(llamada, espera):
    llamada.ingresar()
    llamada.ingresar(urgencia="gas")
    for rol in (Rol.CALL_CENTER, Rol.INSPECTOR, Rol.MAESTRO):
        assert espera(rol)[0] == (
            "Urgencia sin acuse: Fuga de gas en red no visible",
            url(llamada, "atender_urgencia"),
        )
    assert espera(Rol.GERENTE) == []


@pytest.mark.regla("G-14")
def test_la_urgencia_sin_acuse_o_vencida_va_primero_para_el_jefe(llamada, gente, edificio):
    for persona, sede in ((gente[Rol.MAESTRO], None), (gente[Rol.INSPECTOR], edificio)):
        Turno.objects.create(
            empresa=edificio.empresa, sede=sede, persona=persona,
            desde_en=local("2026-11-22 20:00"), hasta_en=local("2026-11-24 08:00"),
        )  # fmt: skip

    def primera():
        return next(iter(esperan(gente[Rol.JEFE], llamada.ahora)), None)

    llamada.ingresar(urgencia="gas").pasar(minutes=5)
    fila = primera()
    assert (fila.titulo, fila.boton) == (
        "Urgencia sin acuse: Fuga de gas en red no visible",
        "Ver",
    )
    turno = "Maestro Prueba, desde el dom 22, 20:00 y Inspector Prueba, desde el dom 22, 20:00"
    assert fila.detalle.endswith(f"hace 5 min · de turno: {turno}")
    llamada.anotar("acusar_urgencia", gente[Rol.INSPECTOR])
    assert primera() is None

    llamada.pasar(hours=1)
    assert primera().titulo == "Urgencia vencida: Fuga de gas en red no visible"
    Turno.objects.all().delete()
    assert primera().detalle.endswith("de turno: nadie")
    llamada.tramitar(
        llamada.solicitud, "atender_urgencia", Rol.CALL_CENTER, persona=gente[Rol.INSPECTOR]
    )
    assert primera() is None


@pytest.mark.regla("G-14")
@pytest.mark.parametrize(
    ("verbo", "por", "datos"),
    [
        ("registrar_inasistencia_cliente", Rol.INSPECTOR, {"conserje": "Luis Pino"}),
        ("registrar_acceso_denegado", Rol.INSPECTOR, {"conserje": "Luis Pino"}),
        ("registrar_inasistencia_empresa", Rol.CALL_CENTER, {"motivo": "Pana"}),
    ],
)
def test_la_urgencia_en_que_nadie_entro_espera_que_se_envie_de_nuevo(
    llamada, gente, espera, verbo, por, datos
):
    llamada.ingresar(urgencia="gas")
    ir = {"persona": gente[Rol.INSPECTOR]}
    llamada.tramitar(llamada.solicitud, "atender_urgencia", Rol.CALL_CENTER, **ir)
    assert espera(Rol.CALL_CENTER) == espera(Rol.JEFE) == []
    llamada.pasar(minutes=30)
    llamada.tramitar(llamada.visita, verbo, por, llegada_en=llamada.ahora, **datos)
    de_nuevo = f"Urgencia por enviar de nuevo: {llamada.visita.get_estado_display().lower()}"
    for rol in (Rol.CALL_CENTER, Rol.INSPECTOR, Rol.MAESTRO):
        assert espera(rol) == [(de_nuevo, url(llamada, "enviar_de_nuevo"))]
    assert espera(Rol.JEFE) == [(de_nuevo, url(llamada, "").split("?")[0])]
    assert espera(Rol.GERENTE) == []
    llamada.anotar("enviar_de_nuevo", Rol.CALL_CENTER, **ir)
    assert espera(Rol.CALL_CENTER) == espera(Rol.JEFE) == []


@pytest.mark.parametrize("cuantas", [1, 4])
def test_las_urgencias_del_jefe_cuestan_lo_mismo_con_muchas(
    llamada, gente, cuantas, django_assert_num_queries
):
    for _ in range(cuantas):
        llamada.ingresar(urgencia="gas")
    persona = type(gente[Rol.JEFE]).objects.get(pk=gente[Rol.JEFE].pk)
    # roles; urgencies to send again, and late; who is on duty; visits that failed
    with django_assert_num_queries(5):
        assert len(esperan(persona, llamada.ahora)) == cuantas


@pytest.mark.regla("G-10")
def test_lo_diagnosticado_espera_trabajos_o_su_cierre(llamada, espera):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar()
    assert titulos(espera(Rol.CALL_CENTER)) == ["Agendar los trabajos"]
    assert espera(Rol.INSPECTOR) == []


def test_lo_que_no_corresponde_espera_que_lo_cierre_el_inspector(llamada, espera):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar(no_corresponden=[0, 1])
    assert espera(Rol.CALL_CENTER) == []
    assert espera(Rol.INSPECTOR) == [("Cerrar sin garantía", url(llamada, "cerrar_sin_garantia"))]


def test_la_disconformidad_que_se_declaro_espera_su_llamado(llamada, espera, duenio):
    llamada.hasta_por_llamar().pasar(hours=1)
    assert titulos(espera(Rol.CALL_CENTER)) == ["Llamados de satisfacción"]
    llamada.anotar("declarar_disconformidad", duenio, motivo="Sigue goteando")
    assert espera(Rol.CALL_CENTER)[0] == (
        "El propietario no quedó conforme",
        f"/consola/ingevec/llamados/{llamada.solicitud.pk}/",
    )


def test_la_disconformidad_de_antes_no_vuelve_tras_los_nuevos_trabajos(llamada, espera, duenio):
    llamada.hasta_por_llamar("Gotera").pasar(hours=1)
    llamada.anotar("declarar_disconformidad", duenio, motivo="Sigue goteando")
    llamada.tramitar(
        llamada.solicitud, "volver_a_trabajos", Rol.CALL_CENTER,
        resultados=llamada.resultados("trabajos"), **llamada.cupo("2026-12-03 09:00", Rol.MAESTRO),
    )  # fmt: skip
    llamada.ejecutar()
    assert titulos(espera(Rol.CALL_CENTER)) == ["Llamados de satisfacción"]


def test_una_visita_que_no_se_hizo_espera_otra_hora_y_dos_las_ve_el_jefe(llamada, espera):
    llamada.ingresar(cupo=llamada.cupo())
    for cuando in ("2026-11-25 09:20", "2026-11-30 09:20"):
        llamada.ahora = local(cuando)
        llamada.tramitar(
            llamada.visita, "registrar_inasistencia_empresa", Rol.CALL_CENTER, motivo="Pana"
        )
        assert espera(Rol.CALL_CENTER) == [
            ("Dar otra hora: la empresa no llegó", url(llamada, "reagendar_inspeccion"))
        ]
        if cuando < "2026-11-30":
            assert espera(Rol.JEFE) == []
            llamada.tramitar(
                llamada.solicitud, "reagendar_inspeccion", Rol.CALL_CENTER,
                **llamada.cupo("2026-11-30 09:00", excepcion="otro_dia", motivo_excepcion="Pana"),
            )  # fmt: skip
    assert titulos(espera(Rol.JEFE)) == ["2 visitas sin realizar"]


def test_una_visita_que_paso_sin_registro_espera_a_quien_la_hace(llamada, espera):
    llamada.ingresar(cupo=llamada.cupo())
    visita = llamada.visita
    llamada.ahora = local("2026-11-25 12:00")
    assert espera(Rol.INSPECTOR) == [
        ("Registrar qué pasó en la visita", f"/consola/ingevec/visita/{visita.pk}/terreno/")
    ]


def test_cada_quien_ve_en_la_portada_sus_paginas(llamada, gente):
    suyas = {rol: [nombre for nombre, _ in paginas(gente[rol])] for rol in gente}
    assert suyas == {
        Rol.CALL_CENTER: ["Nueva llamada", "Llamados de satisfacción"],
        Rol.INSPECTOR: ["Mis visitas"],
        Rol.MAESTRO: ["Mis visitas"],
        Rol.JEFE: [],
        Rol.GERENTE: [],
    }
    for rol, nombres in suyas.items():
        web = entrar(gente[rol])
        portada = web.get("/consola/")
        assert portada.status_code == 200
        assert [n for n, _ in portada.context["paginas"]] == nombres
        for _, direccion in paginas(gente[rol]):
            assert web.get(direccion).status_code == 200


@pytest.mark.parametrize("cuantas", [1, 4])
def test_lo_que_espera_cuesta_lo_mismo_con_muchas(
    llamada, gente, cuantas, django_assert_num_queries
):
    for _ in range(cuantas):
        llamada.ingresar()
    persona = type(gente[Rol.CALL_CENTER]).objects.get(pk=gente[Rol.CALL_CENTER].pk)
    # roles; urgencies, and to send again; disconformities; queue; cases with their requerimientos
    # and visits
    with django_assert_num_queries(8):
        assert len(esperan(persona, llamada.ahora)) == cuantas
