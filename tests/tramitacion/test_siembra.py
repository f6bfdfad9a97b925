"""What every installation gets, and gets only once."""

from datetime import date

import pytest
from django.core.management import call_command

from postventa.calendario.models import Calendario, Feriado
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion.siembra import leer, sembrar


@pytest.fixture
def base(db):
    call_command("cargar_base", verbosity=0)


def test_base_trae_cada_politica_de_las_cuatro_empresas(base):
    sembradas = PoliticaPlazo.objects.values_list("empresa__codigo", "codigo")
    assert sorted(sembradas) == sorted((f["empresa"], f["codigo"]) for f in leer("politicas.json"))
    for politica in PoliticaPlazo.objects.select_related("empresa"):
        politica.full_clean()


def test_politica_editada_no_estorba_a_la_siguiente_carga(base):
    politica = PoliticaPlazo.objects.get(empresa__codigo="icalma", codigo="contacto")
    PoliticaPlazo.objects.filter(pk=politica.pk).update(es_vigente=False)
    politica.pk, politica.version, politica.cantidad = None, 2, 24
    politica.save()
    assert sembrar() == (0, 0)
    vigente = PoliticaPlazo.objects.get(
        empresa__codigo="icalma", codigo="contacto", es_vigente=True
    )
    assert (vigente.version, vigente.cantidad) == (2, 24)


def editar_feriado(web, calendario, feriado, **cambio):
    """Post the calendar's page with one holiday changed, as its form is."""
    url = f"/consola/calendario/calendario/{calendario.pk}/change/?anio=todos"
    pagina = web.get(url)
    datos = {}
    for formset in pagina.context["inline_admin_formsets"]:
        formularios = formset.formset
        datos |= {
            f"{formularios.prefix}-{k}": v for k, v in formularios.management_form.initial.items()
        }
        for fila in formularios.initial_forms:
            for campo in fila.fields:
                valor = fila[campo].value()
                if valor not in (None, False):
                    datos[fila.add_prefix(campo)] = valor
            if fila.instance.pk == feriado.pk and fila.instance._meta.model is Feriado:
                datos |= {fila.add_prefix(k): v for k, v in cambio.items()}
    formulario = pagina.context["adminform"].form
    datos |= {c: formulario[c].value() or "" for c in formulario.fields}
    respuesta = web.post(url, datos)
    assert respuesta.status_code == 302, respuesta.content.decode()[:3000]


@pytest.fixture
def web(base, admin_client):
    return admin_client


def test_feriado_corregido_en_la_consola_sobrevive_a_la_carga(web):
    chile = Calendario.objects.get(codigo="cl")
    navidad = Feriado.objects.get(calendario=chile, fecha=date(2026, 12, 25))
    editar_feriado(web, chile, navidad, nombre="Navidad, corregida")
    call_command("cargar_base", verbosity=0)
    navidad.refresh_from_db()
    assert navidad.nombre == "Navidad, corregida"
    assert navidad.fuente.startswith("Editado por")


def test_feriado_trasladado_en_la_consola_no_vuelve_a_su_fecha(web):
    chile = Calendario.objects.get(codigo="cl")
    pueblos = Feriado.objects.get(calendario=chile, fecha=date(2027, 6, 21))
    editar_feriado(web, chile, pueblos, fecha="2027-06-23")
    call_command("cargar_base", verbosity=0)
    vigentes = Feriado.objects.filter(calendario=chile, es_vigente=True, fecha__month=6)
    fechas = set(vigentes.filter(fecha__year=2027).values_list("fecha", flat=True))
    assert date(2027, 6, 23) in fechas
    assert date(2027, 6, 21) not in fechas


def test_feriado_quitado_en_la_consola_no_vuelve(web):
    chile = Calendario.objects.get(codigo="cl")
    navidad = Feriado.objects.get(calendario=chile, fecha=date(2026, 12, 25))
    editar_feriado(web, chile, navidad, DELETE="on")
    call_command("cargar_base", verbosity=0)
    assert not Feriado.objects.get(calendario=chile, fecha=date(2026, 12, 25)).es_vigente
