"""CAPERA in a simulation: its places and people, and the numbers of a complaint told again."""

from postventa.empresas.models import Sede
from postventa.personas.models import Rol
from postventa.tramitacion.siembra import leer
from postventa.tramitacion.simulacion.registro import (
    PREFIJO,
    Lugar,
    Mesa,
    Numero,
    Simulacion,
    con_rol,
    persona,
)
from postventa.tramitacion.simulacion.ritmo import Ritmo
from reclamos import simulacion_textos as textos
from reclamos.models import Causa, Reclamo
from reclamos.simulacion_historia import HistoriaDeReclamo

# The summer's rain in Piura, and the deliveries at the end of the year.
MESES = (1.3, 1.6, 1.7, 1.2, 0.9, 0.8, 0.8, 0.9, 1.0, 1.0, 1.1, 1.3)
ARCHIVO = "capera_demo.json"
# Of what its numbers are written.
CITADOS = ("recibida_en", "ingresada_en", "ingreso_numero", "ingreso_anio")
LUGARES = ("Los Ceibos", "Los Faiques", "Los Hualtacos", "Los Zapotes", "Los Tamarindos")


class _Simulacion(Simulacion):
    empresa, meses = "capera", MESES
    historia = HistoriaDeReclamo

    def sedes_de_demo(self) -> set[str]:
        return {fila["codigo"] for fila in leer(ARCHIVO)["sedes"]}

    # --- told again of another complainant

    def numeros(self, empresa) -> tuple[Numero, ...]:
        """002:35, 002:42 and the sheet of each place, as `ingreso` and `actos` take them."""
        return (
            Numero(
                "folio", "recibida_en", lambda sede, dia: f"{empresa.codigo}-codigo-{dia:%Y%m%d}"
            ),
            Numero(
                "ingreso", "ingresada_en", lambda sede, dia: f"{empresa.codigo}-ingreso-{dia.year}"
            ),
            Numero(
                "hoja",
                "creado_en",
                lambda sede, dia: f"{empresa.codigo}-hoja-{sede.pk}",
                "hoja_numero",
            ),
        )

    def poner_numeros(self, copia, numeros: dict[str, int]) -> None:
        molde, sede = copia.molde, copia.lugar.sede
        fila = molde.ultimo.filas[Reclamo][molde.caso_id]
        viejo = Reclamo(**{campo: fila[campo] for campo in CITADOS})
        dia = copia.tiempos.instante(viejo.recibida_en).astimezone(sede.tz)
        prefijo = sede.empresa.prefijo_folio
        copia.poner_folio(numeros["folio"], f"{prefijo}-{dia:%Y%m%d}-{numeros['folio']:02d}")
        if "hoja" in numeros:
            copia.propios["hoja_numero"] = copia.claves["hoja"] = numeros["hoja"]
        if "ingreso" in numeros:
            anio = copia.tiempos.instante(viejo.ingresada_en).astimezone(sede.tz).year
            nuevo = Reclamo(ingreso_numero=numeros["ingreso"], ingreso_anio=anio)
            copia.propios |= {"ingreso_numero": nuevo.ingreso_numero, "ingreso_anio": anio}
            copia.claves |= {"numero": nuevo.ingreso_numero, "anio": anio}
            copia.decir(viejo.numero_ingreso, nuevo.numero_ingreso)

    def lugares(self, mesa: Mesa, cuantos: int) -> list[Lugar]:
        sedes = list(Sede.objects.filter(empresa=mesa.empresa, codigo__in=self.sedes_de_demo()))
        faltan = min(cuantos - len(sedes), len(LUGARES))
        sedes += [self._sede(mesa, n) for n in range(1, max(faltan, 0) + 1)]
        gente = self._gente(mesa)
        for nombre, *_ in textos.MEJORAS:
            Causa.objects.get_or_create(empresa=mesa.empresa, nombre=nombre)
        return [Lugar(sede, gente, Ritmo(sede)) for sede in sedes]

    def _sede(self, mesa: Mesa, n: int) -> Sede:
        lugar = LUGARES[n - 1]
        return Sede.objects.get_or_create(
            empresa=mesa.empresa,
            codigo=f"{PREFIJO}-capera-{n}",
            defaults={
                "nombre": f"Residencial {lugar}, caseta de ventas",
                "direccion": f"Carretera a Paita, km {4 + n}",
                "comuna": "Piura",
                "telefono": mesa.empresa.telefono,
                "correo": mesa.empresa.correo_contacto,
                "tiene_conserjeria": False,
            },
        )[0]

    def _gente(self, mesa: Mesa) -> dict:
        """Legal and Gerencia of the company, and its workers: who receives, who answers, and one
        of whom somebody complains now and then."""
        trabajan = self._con_rol(mesa, Rol.TRABAJADOR, 4)
        return {
            "legal": self._con_rol(mesa, Rol.LEGAL, 1)[0],
            "gerente": self._con_rol(mesa, Rol.GERENTE, 1)[0],
            "receptor": trabajan[0],
            "responsable_0": trabajan[1],
            "responsable_1": trabajan[-1],
            "aludido": trabajan[2],
        }

    def _con_rol(self, mesa: Mesa, rol: str, cuantos: int) -> list:
        gente = con_rol(mesa.empresa, rol)
        for n in range(len(gente) + 1, cuantos + 1):
            nombre = mesa.inventor.nombre(mesa.azar)
            gente.append(persona(mesa.empresa, f"{rol}_{n}", nombre, rol))
        return gente


SIMULACION = _Simulacion()
