"""The register of alerts moved rooms without losing a row."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

ANTES = [("portal", "0002_codigo_asistido"), ("accesos", None)]


@pytest.mark.django_db(transaction=True)
def test_mudanza_conserva_las_alertas_que_habia(icalma):
    ejecutor = MigrationExecutor(connection)
    final = ejecutor.loader.graph.leaf_nodes()
    try:
        ejecutor.migrate(ANTES)
        vieja = ejecutor.loader.project_state(ANTES[:1]).apps.get_model("portal", "AlertaAcceso")
        vieja.objects.create(
            empresa_id=icalma.pk, motivo="red", clave="red:1:x", creado_en=datetime.now(UTC)
        )
    finally:
        ejecutor = MigrationExecutor(connection)
        ejecutor.migrate(final)
    nueva = ejecutor.loader.project_state(final).apps.get_model("accesos", "AlertaAcceso")
    fila = nueva.objects.get(clave="red:1:x")
    assert (fila.motivo, fila.empresa_id, fila.usuario_id) == ("red", icalma.pk, None)
