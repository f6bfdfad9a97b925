"""Works and urgencies by the forms of the case page: their term, another date, another visit."""

import pytest

from postventa.calendario import hora
from postventa.personas.models import Rol
from tests.conftest import local
from tests.consola.conftest import CANARIO
from tests.ingevec.mesa import OTRA_HORA
from tests.ingevec.telefonista import foto, texto_de


@pytest.mark.regla("G-11")
def test_trabajos_despues_del_plazo_piden_su_razon(como, llamada, gente):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar()
    oficina = como(Rol.CALL_CENTER)
    hora.fijar(llamada.ahora)
    tarde = {**OTRA_HORA, "dia": "2026-12-28", "desde": "09:00", "persona": gente[Rol.MAESTRO].pk}
    antes, s = foto(), oficina.solicitud
    respuesta = oficina.postear("solicitud", s, "agendar_trabajos", **tarde)
    assert list(respuesta.context["formulario"].errors) == ["motivo_plazo"]
    assert (respuesta.status_code, foto()) == (422, antes)
    oficina.hacer("solicitud", s, "agendar_trabajos", **tarde, motivo_plazo="Falta el repuesto")
    assert oficina.visita.inicia_en == local("2026-12-28 09:00")


def test_se_ofrecen_las_horas_de_trabajos_dentro_de_su_plazo(como, llamada):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar()
    oficina = como(Rol.CALL_CENTER)
    hora.fijar(llamada.ahora)
    pagina = oficina.pagina("?verbo=agendar_trabajos")
    grupos = [
        g for g, v in pagina.context["formulario"].fields["cupo"].choices if isinstance(v, list)
    ]
    assert (grupos[0], grupos[-1]) == ("Jueves 26 de noviembre", "Jueves 24 de diciembre")
    assert "deben quedar ejecutados el jueves 24 de diciembre" in texto_de(pagina)


def test_reagendar_trabajos_y_agendar_otra_visita(como, llamada, gente):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar().agendar_trabajos()
    oficina = como(Rol.CALL_CENTER)
    hora.fijar(llamada.ahora)
    s = oficina.solicitud
    oficina.hacer("solicitud", s, "reagendar_trabajos", cupo=oficina.cupo("reagendar_trabajos", 1))
    llamada.solicitud = oficina.solicitud
    llamada.entrar(por=Rol.MAESTRO)
    hora.fijar(llamada.ahora)
    assert {v.verbo for v in oficina.pagina().context["verbos"]} == {"interrumpir_trabajos"}
    oficina.hacer(
        "solicitud", s, "interrumpir_trabajos", cupo=oficina.cupo("interrumpir_trabajos"),
        maestros="Óscar Vidal", termino_estimado_el="2026-12-20",
    )  # fmt: skip
    assert oficina.solicitud.estado == "TRABAJOS_AGENDADOS"
    assert (oficina.visita.maestros, f"{oficina.visita.termino_estimado_el}") == (
        "Óscar Vidal",
        "2026-12-20",
    )


@pytest.mark.regla("G-09")
def test_sin_nada_que_corresponda_se_cierra_con_su_por_que(como, llamada):
    llamada.ingresar(cupo=llamada.cupo()).diagnosticar(no_corresponden=[0, 1])
    inspector = como(Rol.INSPECTOR)
    hora.fijar(llamada.ahora)
    inspector.hacer("solicitud", inspector.solicitud, "cerrar_sin_garantia")
    assert inspector.solicitud.estado == "CERRADA_SIN_GARANTIA"
    assert "Golpe del uso" in texto_de(inspector.pagina())


def test_no_se_reagenda_una_visita_que_ya_empezo(como, llamada):
    llamada.ingresar(cupo=llamada.cupo())
    oficina = como(Rol.CALL_CENTER)
    hora.fijar(local("2026-11-25 09:10"))
    verbos = {v.verbo: v.falta for v in oficina.pagina().context["verbos"]}
    assert "ya empezó" in verbos["reagendar_inspeccion"]
    assert "ya debía empezar" in verbos["cancelar"]
    antes = foto()
    respuesta = oficina.postear(
        "solicitud", oficina.solicitud, "reagendar_inspeccion", cupo="otra", dia="2026-11-25",
        desde="12:00", persona=llamada.gente[Rol.INSPECTOR].pk,
    )  # fmt: skip
    assert (respuesta.status_code, foto()) == (409, antes)


def test_una_urgencia_no_llega_antes_de_ahora(como, llamada, gente):
    llamada.ingresar(urgencia="luz")
    oficina, antes = como(Rol.CALL_CENTER), foto()
    respuesta = oficina.postear(
        "solicitud", oficina.solicitud, "atender_urgencia",
        persona=gente[Rol.MAESTRO].pk, llega="08:00",
    )  # fmt: skip
    assert list(respuesta.context["formulario"].errors) == ["llega"]
    assert foto() == antes


def test_nadie_de_otra_empresa_se_envia_a_una_urgencia(como, llamada, otra):
    llamada.ingresar(urgencia="luz")
    oficina, antes = como(Rol.CALL_CENTER), foto()
    respuesta = oficina.postear(
        "solicitud", oficina.solicitud, "atender_urgencia", persona=otra.supervisora.pk
    )
    assert list(respuesta.context["formulario"].errors) == ["persona"]
    assert foto() == antes
    assert CANARIO not in texto_de(oficina.pagina("?verbo=atender_urgencia"))
