"""A mould told again: other people, another home, other numbers, other weeks; and its own chain."""

import json
import re
from datetime import date, datetime
from types import SimpleNamespace
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string

from postventa.avisos.models import Aviso, EstadoAviso
from postventa.documentos.models import Documento, Firma
from postventa.empresas.models import Sede
from postventa.expedientes.bitacora import canonico, hash_de, resumen_de, sha256
from postventa.expedientes.models import (
    Expediente,
    Movimiento,
    MovimientoDetalle,
    Situacion,
    publico_nuevo,
)
from postventa.personas.documentos import mostrar
from postventa.personas.models import Cliente, Usuario
from postventa.plazos.models import ABIERTOS, AlertaPlazo, Plazo
from postventa.tramitacion.olvido import SE_GUARDA
from postventa.tramitacion.simulacion import tiempo
from postventa.tramitacion.simulacion.correos import NO_SALE
from postventa.tramitacion.simulacion.registro import Lugar

# Keys under which the texts of a case name a row by its number.
NUMERADOS = {
    "sobre": Plazo, "visita": "Visita", "persona": Usuario, "responsable": Usuario,
    "encargado": Usuario,
}  # fmt: skip
SE_VACIAN = ("recordar_en",)
INSTANTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
FECHA = re.compile(r"\d{4}-\d\d-\d\d")


class Copia:
    """One copy, until it is written. `filas` are those of the mould up to where it is cut."""

    def __init__(self, tiempos: tiempo.Tiempos, lugar: Lugar, azar, llaves):
        self.tiempos, self.molde, self.lugar = tiempos, tiempos.molde, lugar
        self.azar, self.llaves = azar, llaves
        self.mapa: dict[type, dict[int, int]] = {}
        self.partes: dict[str, str] = {}
        self.enteros: dict[str, str] = {}
        # What a key of a text holds, whatever it held.
        self.claves: dict[str, object] = {}
        # Values of the case's own rows that are not what the mould says.
        self.propios: dict[str, object] = {}
        self.mas: dict[type, list[dict]] = {}
        self.filas = self._cortadas()

    # --- which rows

    def _cortadas(self) -> dict[type, list[dict]]:
        corte, hasta = self.tiempos.corte, self.tiempos.hasta
        filas = {m: [dict(f) for f in t.values()] for m, t in corte.filas.items()}
        agregadas = {m: list(t.values()) for m, t in self.molde.agregadas.items()}
        quedan = {
            Movimiento: lambda f: f["numero"] <= corte.largo,
            Aviso: lambda f: self.tiempos.instante(f["creado_en"]) <= hasta,
            Documento: lambda f: self.tiempos.instante(f["creado_en"]) <= hasta,
            AlertaPlazo: lambda f: self.tiempos.instante(f["ocurrida_en"]) <= hasta,
            Firma: lambda f: self.tiempos.instante(f["firmado_en"]) <= hasta,
        }
        for modelo, queda in quedan.items():
            filas[modelo] = [dict(f) for f in agregadas[modelo] if queda(f)]
        movidos = {f["id"] for f in filas[Movimiento]}
        filas[MovimientoDetalle] = [
            dict(f) for f in agregadas[MovimientoDetalle] if f["movimiento_id"] in movidos
        ]
        return filas

    # --- what is written otherwise

    def decir(self, antes: str, despues: str, entero: bool = False) -> None:
        """Where the mould says `antes`, this says `despues`; the first thing said stands."""
        if antes:
            (self.enteros if entero else self.partes).setdefault(antes, despues)

    def poner_cliente(self, fila: dict) -> None:
        """Of whom it tells now."""
        suyo = self.molde.cliente
        self.cliente_id = fila["id"]
        self.mapa[Cliente] = {suyo["id"]: fila["id"]}
        documento = mostrar(fila["tipo_documento"], fila["numero"])
        self.decir(suyo["documento"], documento)
        for campo in ("numero", "nombre", "correo", "telefono"):
            self.decir(suyo[campo], fila[campo])

    def poner_folio(self, numero: int, texto: str = "") -> None:
        sede, cuando = self.lugar.sede, self.tiempos.instante(self.molde.creado_en)
        anio = cuando.astimezone(sede.tz).year
        self.propios["folio"] = texto or f"{sede.empresa.prefijo_folio}-{anio}-{numero:04d}"
        self.decir(self.raiz["folio"], self.propios["folio"])

    @property
    def raiz(self) -> dict:
        return self.tiempos.corte.filas[Expediente][self.molde.caso_id]

    def agregar(self, modelo, fila: dict) -> None:
        """A row besides those of the mould."""
        self.mas.setdefault(modelo, []).append(fila)

    def preparar(self) -> None:
        """Give its rows their keys, and know what its texts say otherwise."""
        molde = self.molde
        caso_id = self.llaves.tomar(Expediente)
        self.mapa[Expediente] = {molde.caso_id: caso_id}
        for modelo, filas in self.filas.items():
            llave = modelo._meta.pk
            if modelo is not Expediente and llave.remote_field is None:
                suyas = self.mapa.setdefault(modelo, {})
                suyas |= {fila[llave.attname]: self.llaves.tomar(modelo) for fila in filas}
        self.propios |= {"publico": publico_nuevo(), "nonce": UUID(int=self.azar.getrandbits(128))}
        self.decir(self.raiz["publico"], self.propios["publico"])
        self.decir(f"/{molde.caso_id}/change/", f"/{caso_id}/change/")
        self.mapa[Usuario] = {}
        for parte, quien in molde.lugar.gente.items():
            otro = self.lugar.gente[parte]
            self.mapa[Usuario][quien.pk] = otro.pk
            self.decir(str(quien), str(otro))
            self.decir(quien.email, otro.email)
        antes, ahora = molde.lugar.sede, self.lugar.sede
        self.mapa[Sede] = {antes.pk: ahora.pk}
        for campo in ("nombre", "direccion", "codigo"):
            self.decir(getattr(antes, campo), getattr(ahora, campo))
        for plazo in molde.ultimo.filas[Plazo].values():
            if nueva := self.tiempos.plazos[plazo["id"]].get("explicacion"):
                self.decir(plazo["explicacion"], nueva)
        for texto, otro in tiempo.escritos(self.tiempos):
            self.decir(texto, otro)

    def texto(self, valor: str) -> str:
        if valor in self.enteros:
            return self.enteros[valor]
        if INSTANTE.fullmatch(valor):
            t = self.tiempos.instante(datetime.fromisoformat(valor))
            iso = t.isoformat()
            return iso.replace("+00:00", "Z") if valor.endswith("Z") else iso
        if FECHA.fullmatch(valor):
            return self.tiempos.fecha(date.fromisoformat(valor)).isoformat()
        return self._patron.sub(lambda m: self.partes[m[0]], valor)

    def cerrar_textos(self) -> None:
        """From here on nothing more is said otherwise."""
        antes = sorted(self.partes, key=len, reverse=True)
        self._patron = re.compile("|".join(map(re.escape, antes)))

    def json(self, valor, clave: str = ""):
        if clave in self.claves:
            return self.claves[clave] if valor is not None else None
        if isinstance(valor, dict):
            return {self._clave(k): self.json(v, k) for k, v in valor.items()}
        if isinstance(valor, list):
            return [self.json(v, clave) for v in valor]
        if isinstance(valor, str):
            return self.texto(valor)
        if clave in NUMERADOS and type(valor) is int:
            return self._numerado(clave, valor)
        return valor

    def _numerado(self, clave: str, valor: int) -> int:
        de = NUMERADOS[clave]
        for modelo, suyos in self.mapa.items():
            if (modelo is de or modelo.__name__ == de) and valor in suyos:
                return suyos[valor]
        return valor

    def _clave(self, clave: str) -> str:
        """A part of the case, named by its number."""
        if not clave.isdigit():
            return clave
        for modelo, suyos in self.mapa.items():
            if modelo._meta.app_label == self.molde.modelo._meta.app_label and int(clave) in suyos:
                return str(suyos[int(clave)])
        return clave

    # --- rows

    def escribir(self) -> dict[type, list[dict]]:
        """Its rows, ready to be stored. `mapa` holds a key for each of them."""
        self.cerrar_textos()
        salen = {m: [self._fila(m, f) for f in filas] for m, filas in self.filas.items() if filas}
        self._documentos(salen)
        self._cadena(salen)
        self._correos(salen.get(Aviso, ()))
        self._cabeza(salen)
        for modelo, filas in self.mas.items():
            salen.setdefault(modelo, []).extend(filas)
        return salen

    def _fila(self, modelo, vieja: dict) -> dict:
        if modelo is Plazo:
            tiempos = self.tiempos
            nueva = dict(vieja)
            tiempo.poner_plazo(nueva, tiempos)
            propias = set(tiempos.plazos[vieja["id"]]) | {"estado", "proximo_en"}
            if vieja["estado"] in ABIERTOS:
                propias |= {"advertido_en", "vencido_en"}
        else:
            nueva, propias = vieja, ()
        return {
            campo.attname: nueva[campo.attname]
            if campo.attname in propias
            else self._valor(campo, nueva[campo.attname])
            for campo in modelo._meta.local_concrete_fields
        }

    def _valor(self, campo, valor):
        if valor is None:
            return None
        if campo.remote_field is not None:
            return self._apuntado(campo.remote_field.model, valor)
        if campo.primary_key:
            return self.mapa[campo.model][valor]
        if isinstance(valor, datetime):
            cuando = self.tiempos.instante(valor)
            # The sweep empties it when it comes, which is no act.
            return None if campo.name in SE_VACIAN and cuando <= self.tiempos.hasta else cuando
        if isinstance(valor, date):
            return self.tiempos.fecha(valor)
        if isinstance(campo, models.JSONField):
            return self.json(valor)
        if isinstance(valor, str) and valor and not campo.choices:
            return self.texto(valor)
        return valor

    def _apuntado(self, modelo, pk: int) -> int:
        if issubclass(modelo, Expediente):
            modelo = Expediente
        elif issubclass(modelo, Sede):
            modelo = Sede
        return self.mapa.get(modelo, {}).get(pk, pk)

    def _documentos(self, salen) -> None:
        """What was fixed tells of this case, and has a fingerprint of its own, which is cited."""
        for vieja, nueva in zip(self.filas[Documento], salen.get(Documento, ()), strict=True):
            nueva["canonico"] = canonico(self.json(json.loads(vieja["canonico"])))
            nueva["sha256"] = sha256(nueva["canonico"])
            self.decir(vieja["sha256"], nueva["sha256"], entero=True)

    def _cadena(self, salen) -> None:
        """The audit, hashed anew from its first act."""
        detalles = {d["movimiento_id"]: d for d in salen.get(MovimientoDetalle, ())}
        viejos = {d["movimiento_id"]: d for d in self.filas[MovimientoDetalle]}
        previo = ""
        for vieja, nueva in zip(self.filas[Movimiento], salen[Movimiento], strict=True):
            detalle, viejo = detalles[nueva["id"]], viejos[vieja["id"]]
            # What signs cites a fingerprint that is known only now.
            detalle["datos"] = self.json(viejo["datos"])
            detalle["sal"] = get_random_string(32, "0123456789abcdef")
            nueva["objeto_id"] = self._objeto(vieja)
            nueva["resumen"] = resumen_de(detalle["sal"], detalle["nombre_actor"], detalle["datos"])
            nueva["hash_previo"] = previo
            previo = nueva["hash"] = hash_de(SimpleNamespace(**nueva))
        self.propios |= {"cadena_cabeza": previo, "cadena_largo": len(salen[Movimiento])}

    def _objeto(self, movimiento: dict) -> int:
        """The part that it moved: by its machine's model."""
        ficha = self.molde.maquinas[movimiento["objeto"]]
        modelo = Expediente if issubclass(ficha, Expediente) else ficha
        return self.mapa[modelo][movimiento["objeto_id"]]

    def _correos(self, avisos) -> None:
        cerrado = self.propios.get("cerrado_en") or self.tiempos.instante(self.raiz["cerrado_en"])
        olvidado = cerrado and cerrado < self.tiempos.hasta - SE_GUARDA
        for fila in avisos:
            fila["clave"] = f"simulado:{fila['id']}"
            fila["resumen_id"], fila["grupo"] = None, ""
            fila["enviar_desde_en"] = timezone.now()
            if fila["estado"] == EstadoAviso.AGRUPADO:
                fila |= {
                    "estado": EstadoAviso.ENVIADO,
                    "enviado_en": fila["creado_en"],
                    "intentos": 1,
                }
            if fila["estado"] == EstadoAviso.ENVIADO and fila["enviado_en"] > self.tiempos.hasta:
                fila |= {"estado": EstadoAviso.DESCARTADO, "error": NO_SALE, "enviado_en": None}
            if olvidado:
                fila["datos"] = {}

    def _cabeza(self, salen) -> None:
        """The case's own row, last: it says how long its chain is."""
        (fila,) = salen[Expediente]
        corren = [p["vence_en"] for p in salen.get(Plazo, ()) if p["estado"] in ABIERTOS]
        fila["proximo_vence_en"] = min(corren, default=None)
        if fila["situacion"] != Situacion.CERRADO:
            fila["cerrado_en"] = None
        for modelo in (Expediente, self.molde.modelo):
            for fila in salen[modelo]:
                fila |= {c: v for c, v in self.propios.items() if c in fila}
