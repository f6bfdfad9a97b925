"""Dates that no calendar of ours reaches (TM-40)."""

from datetime import timedelta

import pytest

from postventa.tramitacion.errores import DatosInvalidos
from tests.conftest import local


@pytest.mark.parametrize("dia", ["1970-01-05", "2101-01-03", "2999-01-07", "9999-12-30"])
def test_visita_en_un_anio_sin_calendario_se_explica(camino, dia):
    inicia = local(f"{dia} 10:00")
    camino.generar().contactar()
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.tramitar(
            camino.ticket,
            "coordinar_inspeccion",
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=45),
        )
    assert list(rechazo.value.campos) == ["inicia_en"]
