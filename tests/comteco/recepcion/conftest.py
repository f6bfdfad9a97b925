"""COMTECO's company, a hall with two units at work, its people, and a walk through it."""

from datetime import time
from types import SimpleNamespace
from uuid import uuid4

import pytest

from comteco.recepcion import ingreso, turnos
from comteco.recepcion.models import (
    Destino,
    Ficha,
    Funcionario,
    Meson,
    SalaDeEspera,
    Unidad,
)
from comteco.recepcion.siembra import sembrar
from postventa.calendario.models import Calendario, Jornada, Tramo
from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.siembra import leer
from tests.calendario.lugares import LA_PAZ
from tests.conftest import local

VIERNES = local("2026-11-27 10:00", LA_PAZ)


@pytest.fixture
def comteco(db):
    calendario = Calendario.objects.create(codigo="bo-cochabamba", nombre="Bolivia", pais="BO")
    jornada = Jornada.objects.create(codigo="comteco", nombre="COMTECO")
    for dia in range(5):
        Tramo.objects.create(jornada=jornada, dia=dia, desde=time(8), hasta=time(18))
    fila = next(f for f in leer("empresas.json") if f["codigo"] == "comteco")
    fila |= {
        "calendario": Calendario.objects.get(pk=calendario.pk),
        "jornada": Jornada.objects.get(pk=jornada.pk),
    }
    empresa = Empresa.objects.create(**fila)
    sembrar({"comteco": empresa})
    return empresa


@pytest.fixture
def plataforma(comteco):
    sede = Sede.objects.create(empresa=comteco, codigo="plataforma", nombre="Plataforma")
    SalaDeEspera.objects.create(sede=sede)
    return sede


def persona(usuario, empresa, rol, sede=None):
    quien = Usuario.objects.create_user(
        usuario, f"{usuario}@comteco.example", "clave-de-prueba",
        first_name=f"Nombre{usuario}", is_staff=True,
    )  # fmt: skip
    Membresia.objects.create(usuario=quien, empresa=empresa, rol=rol, sede=sede)
    return quien


@pytest.fixture
def plantel(comteco):
    return SimpleNamespace(
        informes=persona("informes", comteco, Rol.INFORMES),
        asesora=persona("asesora", comteco, Rol.ASESOR),
        asesor=persona("asesor", comteco, Rol.ASESOR),
        caja=persona("caja", comteco, Rol.CAJA),
        jefa=persona("jefa", comteco, Rol.JEFE),
        gerente=persona("gerente", comteco, Rol.GERENTE),
        administradora=persona("administradora", comteco, Rol.ADMINISTRADOR),
    )


@pytest.fixture
def mesones(comteco, plataforma, plantel):
    """Two desks of the advisers, one of the BOC and one without anybody."""
    asesores = Unidad.objects.get(empresa=comteco, codigo="asesores-plataforma")
    boc = Unidad.objects.get(empresa=comteco, codigo="boc")

    def meson(codigo, unidad, prefijos, atiende):
        return Meson.objects.create(
            sede=plataforma, codigo=codigo, unidad=unidad, prefijos=prefijos, atiende=atiende
        )

    return SimpleNamespace(
        doce=meson("Mesón 12", asesores, "V P R", plantel.asesora),
        catorce=meson("Mesón 14", asesores, "V P R", plantel.asesor),
        mezanine=meson("Mezanine 3", boc, "P R", plantel.jefa),
        libre=meson("Mesón 99", boc, "P", None),
    )


class Hall:
    """People who come in, one after another, on a clock of its own."""

    def __init__(self, sede, plantel, mesones):
        self.sede, self.plantel, self.mesones, self.ahora = sede, plantel, mesones, VIERNES

    def destino(self, codigo):
        return Destino.objects.get(
            empresa=self.sede.empresa, codigo=codigo, vigente_hasta__isnull=True
        )

    def llega(self, codigo="instalacion", **datos):
        """Somebody who meets the requirements; returns the number, or None without one."""
        base = {"referencia": "SF-1", "cumple": True, "deuda": False, "nonce": uuid4()}
        atencion = ingreso.direccionar(
            self.sede, self.plantel.informes, destino=self.destino(codigo), ahora=self.ahora,
            **base | datos,
        )  # fmt: skip
        return Ficha.objects.filter(atencion=atencion).first()

    def siguiente(self, meson=None):
        meson = Meson.objects.get(pk=(meson or self.mesones.doce).pk)
        return turnos.siguiente(meson, meson.atiende, ahora=self.ahora)

    def tramitar(self, ficha, verbo, por=None, **datos):
        ficha = Ficha.objects.select_related("meson__atiende", "atencion").get(pk=ficha.pk)
        quien = por or ficha.meson.atiende
        tramitar(ficha, verbo, quien, canal="meson", ahora=self.ahora, **datos)
        return Ficha.objects.get(pk=ficha.pk)

    def atendida(self, codigo="instalacion", satisfecho=None):
        """Somebody who was called, attended and done; with an answer to the survey, or none."""
        self.llega(codigo)
        ficha = self.tramitar(self.siguiente(), "atender")
        ficha = self.tramitar(ficha, "terminar")
        if satisfecho is not None:
            Ficha.objects.filter(pk=ficha.pk).update(satisfecho=satisfecho)
        return ficha


@pytest.fixture
def hall(plataforma, plantel, mesones):
    return Hall(plataforma, plantel, mesones)


@pytest.fixture
def funcionaria(comteco):
    unidad = Unidad.objects.get(empresa=comteco, codigo="cartera")
    return Funcionario.objects.create(
        unidad=unidad, nombre="Lidia Ñáñez Inventada", cargo="Encargada", ubicacion="Piso 2"
    )
