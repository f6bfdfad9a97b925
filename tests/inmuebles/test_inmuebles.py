"""Who owned what and when, and the legal term of each class of element (LGUC art. 18)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from postventa.personas.models import Cliente
from tickets.inmuebles.garantia import garantia_de
from tickets.inmuebles.models import Propiedad, Unidad


@pytest.mark.regla("I-09")
@pytest.mark.parametrize(
    ("clase", "anios", "hasta"),
    [
        ("estructura", 10, date(2033, 3, 14)),
        ("constructivo", 5, date(2028, 3, 14)),
        ("instalacion", 5, date(2028, 3, 14)),
        ("terminacion", 3, date(2027, 6, 9)),
        ("otro", 5, date(2028, 3, 14)),
        ("", 5, date(2028, 3, 14)),
    ],
)
def test_termino_legal_por_clase(unidad, clase, anios, hasta):
    garantia = garantia_de(unidad, clase)
    assert (garantia.anios, garantia.hasta_el) == (anios, hasta)


def test_garantia_vence_al_dia_siguiente_del_ultimo(unidad):
    garantia = garantia_de(unidad, "terminacion")
    assert garantia.esta_vencida(date(2027, 6, 9)) is False
    assert garantia.esta_vencida(date(2027, 6, 10)) is True


def test_sin_la_fecha_no_se_sabe(proyecto):
    garantia = garantia_de(Unidad(proyecto=proyecto, nombre="x"), "terminacion")
    assert (garantia.hasta_el, garantia.esta_vencida(date(2027, 1, 1))) == (None, None)


def test_29_de_febrero_cae_el_28_si_el_anio_no_lo_tiene(proyecto):
    unidad = Unidad(proyecto=proyecto, nombre="x", inscripcion_el=date(2024, 2, 29))
    assert garantia_de(unidad, "terminacion").hasta_el == date(2027, 2, 28)


@pytest.mark.regla("I-02")
@pytest.mark.parametrize(
    ("fecha", "vigente"),
    [
        (date(2024, 6, 8), False),
        (date(2024, 6, 9), True),
        (date(2025, 1, 31), True),
        (date(2025, 2, 1), False),
    ],
)
def test_propiedad_rige_de_su_primer_dia_al_ultimo(cliente, fecha, vigente):
    Propiedad.objects.update(hasta=date(2025, 1, 31))
    assert Propiedad.objects.vigentes(fecha).exists() is vigente


def test_propiedad_no_termina_antes_de_empezar(cliente):
    propiedad = Propiedad.objects.get()
    propiedad.hasta = date(2024, 6, 8)
    with pytest.raises(ValidationError, match="anterior a la inicial"):
        propiedad.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        propiedad.save()


def test_propietario_es_de_la_misma_empresa(unidad, icalma):
    otra = type(icalma).objects.get(pk=icalma.pk)
    otra.pk, otra.codigo, otra.prefijo_folio = None, "ajena", "AJE"
    otra.save()
    ajeno = Cliente.objects.create(empresa=otra, numero="12345678-5", nombre="Ana")
    with pytest.raises(ValidationError, match="otra empresa"):
        Propiedad(unidad=unidad, cliente=ajeno, desde=date(2024, 1, 1)).clean()


def test_nombre_de_unidad_es_unico_en_su_proyecto(unidad):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unidad.objects.create(proyecto=unidad.proyecto, nombre=unidad.nombre)
