"""The company whose mail arrives."""

from tests.ingevec.conftest import (  # noqa: F401
    depto,
    duenio,
    edificio,
    gente,
    ingevec,
    jornadas,
    llamada,
    media,
    pauta,
)
