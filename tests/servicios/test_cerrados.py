"""The closed register refuses an edit also from who speaks to the database itself (C-21)."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.reclamos.conftest import capera, caseta, caso, denunciante, plantel

__all__ = ["capera", "caseta", "caso", "denunciante", "plantel"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "sentencia",
    ["UPDATE reclamos_cierre SET lecciones = 'Otra'", "DELETE FROM reclamos_cierre"],
)
@pytest.mark.regla("C-21")
def test_la_base_no_deja_editar_ni_borrar_lo_cerrado(caso, sentencia):
    caso.respondida().tramitar("conformar", caso.cliente).archivar()
    negada = pytest.raises(ProgrammingError, match="solo admite agregar")
    with connection.cursor() as cursor, negada, transaction.atomic():
        cursor.execute(sentencia)
    assert caso.releer().cierre.lecciones == "lecciones del caso"
