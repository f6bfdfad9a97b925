"""What a load balancer asks."""

import pytest
from django.db import OperationalError, connection


def test_el_proceso_contesta_sin_mirar_la_base(client):
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_listo_mira_la_base(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/readyz").content == b"ok"


@pytest.mark.django_db
def test_sin_base_no_esta_listo(client, monkeypatch):
    def sin_base(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", sin_base)
    assert client.get("/readyz").status_code == 503
