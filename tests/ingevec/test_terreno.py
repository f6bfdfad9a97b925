"""Ingevec's on-site screen, act by act (G-09, G-13)."""

from uuid import uuid4

import pytest

from postventa.calendario import hora
from postventa.personas.models import Membresia, Rol
from tests.conftest import local
from tests.consola.conftest import entrar
from tests.ingevec.telefonista import foto, texto_de
from tests.ingevec.terreno import Terreno
from tickets.inmuebles.models import Proyecto


@pytest.mark.regla("G-09", "G-13")
def test_la_inspeccion_completa_en_el_telefono(terreno):
    assert terreno.acciones() == ["ausencia", "ingreso"]
    terreno.entrar()
    uno, dos = terreno.reqs
    assert terreno.acciones() == [f"diagnosticar-{uno.pk}", f"diagnosticar-{dos.pk}", "terminar"]
    terreno.hacer(f"diagnosticar-{uno.pk}", decision="corresponder", diagnostico="Sifón roto")
    assert "Falta diagnosticar" in texto_de(terreno.pagina())
    terreno.hacer(
        f"diagnosticar-{dos.pk}", decision="no_corresponder", diagnostico="Golpe", motivo="Uso"
    )
    terreno.hacer("terminar")
    assert terreno.solicitud.estado == "DIAGNOSTICADA"
    assert [r.estado for r in terreno.reqs] == ["CORRESPONDE", "NO_CORRESPONDE"]
    assert terreno.visita.recibe_nombre == "Ana Mora"
    assert terreno.acciones() == []


@pytest.mark.regla("G-13")
def test_los_trabajos_se_ejecutan_o_queda_otra_visita(terreno, llamada, gente):
    llamada.diagnosticar().agendar_trabajos()
    obra = Terreno(gente[Rol.MAESTRO], llamada.visita)
    hora.fijar(local("2026-12-02 09:10"))
    obra.entrar()
    uno, dos = obra.reqs
    assert obra.acciones() == sorted(
        [f"ejecutar-{uno.pk}", f"ejecutar-{dos.pk}", "otra", "terminar"]
    )
    obra.hacer(f"ejecutar-{uno.pk}", trabajo="Se cambió el sifón")
    formulario = obra.pagina().context["f"]["otra"]
    grupos = [g for _, g in formulario.fields["cupo"].choices if isinstance(g, list)]
    obra.hacer("otra", cupo=grupos[0][0][0])
    assert obra.solicitud.estado == "TRABAJOS_AGENDADOS"
    assert [v.estado for v in obra.solicitud.visitas.order_by("pk")] == [
        "REALIZADA",
        "REALIZADA",
        "COORDINADA",
    ]


@pytest.mark.regla("G-14")
def test_una_urgencia_se_diagnostica_y_se_repara_en_la_misma_visita(llamada, gente):
    llamada.ingresar("Cañería rota", urgencia="agua")
    llamada.tramitar(
        llamada.solicitud, "atender_urgencia", Rol.CALL_CENTER, persona=gente[Rol.INSPECTOR]
    )
    hora.fijar(local("2026-11-23 10:40"))
    sitio = Terreno(gente[Rol.INSPECTOR], llamada.visita)
    sitio.entrar("10:35")
    (uno,) = sitio.reqs
    sitio.hacer(f"diagnosticar-{uno.pk}", decision="corresponder", diagnostico="Unión suelta")
    assert "reparar" in sitio.acciones()
    sitio.hacer("reparar")
    sitio.hacer(f"ejecutar-{uno.pk}", trabajo="Se cambió la unión")
    sitio.hacer("terminar")
    assert sitio.solicitud.estado == "POR_LLAMAR"


@pytest.mark.parametrize(
    ("accion", "datos", "campos"),
    [
        ("ingreso", {}, ["conserje", "conserjeria_autoriza", "llegada",
                         "personal_identificado", "representante"]),
        ("ingreso", {"llegada": "09:30", "conserje": "L", "conserjeria_autoriza": "si",
                     "representante": "Ana", "personal_identificado": "Yo"}, ["llegada"]),
        ("ausencia", {"llegada": "09:00"}, ["conserje"]),
    ],
)  # fmt: skip
def test_lo_que_falta_se_dice_y_no_se_guarda_nada(terreno, accion, datos, campos):
    antes = foto()
    respuesta = terreno.postear(accion, **datos)
    assert (respuesta.status_code, sorted(respuesta.context["f"][accion].errors)) == (422, campos)
    assert foto() == antes


def test_no_corresponde_pide_su_por_que(terreno):
    terreno.entrar()
    antes, uno = foto(), terreno.reqs[0]
    accion = f"diagnosticar-{uno.pk}"
    respuesta = terreno.postear(accion, decision="no_corresponder", diagnostico="Golpe")
    assert list(respuesta.context["f"][accion].errors) == ["motivo"]
    assert foto() == antes


def test_si_conserjeria_no_autoriza_no_se_entra(terreno):
    terreno.hacer("ingreso", llegada="09:02", conserje="Luis", conserjeria_autoriza="no")
    assert terreno.visita.estado == "ACCESO_DENEGADO"
    assert terreno.solicitud.visitas_fallidas == 1


def test_nadie_en_la_vivienda_solo_desde_la_hora(terreno):
    hora.fijar(local("2026-11-25 08:50"))
    assert "La hora acordada todavía no llega" in texto_de(terreno.pagina())
    hora.fijar(local("2026-11-25 09:20"))
    terreno.hacer("ausencia", llegada="09:10", conserje="Luis Pino")
    assert terreno.visita.estado == "INASISTENCIA_CLIENTE"


def test_el_mismo_envio_dos_veces_se_hace_una(terreno):
    clave, visto = uuid4(), terreno.solicitud.cadena_largo
    terreno.entrar(clave=clave, visto=visto)
    antes = foto()
    terreno.entrar(clave=clave, visto=visto)
    assert foto() == antes


@pytest.mark.parametrize("datos", [{"visto": "0"}, {"visto": ""}, {"clave": "no"}])
def test_un_envio_viejo_o_forjado_no_cambia_nada(terreno, datos):
    antes = foto()
    respuesta = terreno.postear("ausencia", llegada="09:02", conserje="Luis", **datos)
    assert respuesta.status_code in (409, 422)
    assert foto() == antes


@pytest.mark.parametrize("rol", [Rol.CALL_CENTER, Rol.GERENTE, Rol.JEFE])
def test_quien_no_visita_mira_y_no_actua(terreno, gente, rol):
    otro, antes = entrar(gente[rol]), foto()
    assert otro.get(terreno.url()).context["f"] == {}
    datos = {"visto": terreno.solicitud.cadena_largo, "clave": uuid4(), "llegada": "09:02"}
    assert otro.post(f"{terreno.url()}ausencia/", datos).status_code == 409
    assert foto() == antes


def test_un_maestro_no_empieza_una_inspeccion(terreno, gente):
    otro = Terreno(gente[Rol.MAESTRO], terreno.visita)
    assert "ingreso" not in otro.acciones()


def test_de_otra_empresa_o_proyecto_es_404(terreno, otra, ingevec, gente):
    antes = foto()
    assert entrar(otra.supervisora).get(terreno.url()).status_code == 404
    assert entrar(otra.supervisora).post(f"{terreno.url()}ingreso/").status_code == 404
    lejos = Proyecto.objects.create(empresa=ingevec, codigo="lejos", nombre="Edificio Lejano")
    Membresia.objects.filter(usuario=gente[Rol.INSPECTOR]).update(sede=lejos)
    assert entrar(gente[Rol.INSPECTOR]).get(terreno.url()).status_code == 404
    assert foto() == antes


def test_la_visita_en_terreno_cuesta(terreno, django_assert_num_queries):
    terreno.entrar()
    # session, user, roles, clock; case, visits, requerimientos, two kinds of photos, clocks
    with django_assert_num_queries(10):
        terreno.pagina()
