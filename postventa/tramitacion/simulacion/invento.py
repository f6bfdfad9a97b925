"""People who do not exist, with documents that verify. Their numbers lie where nobody has theirs
yet, their mail has no server, and their telephones begin with a digit that none begins with."""

import unicodedata
from random import Random

from stdnum.cl import rut

from postventa.empresas.models import Empresa
from postventa.personas.models import Cliente


def _lista(*renglones: str) -> list[str]:
    return " ".join(renglones).split()


NOMBRES = _lista(
    "Ana Luis Rosa Juan Elena Pedro Marta Diego Sofía Jorge Inés Raúl Paula Hugo Clara Iván",
    "Teresa Andrés Julia Simón Laura Felipe Norma Tomás Gloria Esteban Alicia Ramiro Celia Víctor",
)
APELLIDOS = {
    "CL": _lista(
        "Rojas Soto Muñoz Díaz Pérez Silva Contreras Morales Araya Fuentes Valdés Tapia Reyes",
        "Castro Pizarro Sandoval Espinoza Bravo Gallardo Henríquez Olivares Carrasco Leiva Ortega",
        "Salinas Vergara Aravena Poblete Cárdenas Maldonado Yáñez Saavedra Riquelme Zúñiga",
    ),
    "PE": _lista(
        "Chunga Sernaqué Ipanaqué Temoche Vilela Yarlequé Silva Nizama Ruesta Távara Purizaca",
        "Castillo Córdova Palacios Ramírez Flores Saavedra Lupú Morán Sandoval Chero Juárez Viera",
        "Agurto Periche Panta Ruiz Alvarado More",
    ),
    "BO": _lista(
        "Mamani Quispe Rocha Vargas Claros Terrazas Zenteno Camacho Rojas Céspedes Orellana Guzmán",
        "Montaño Arnez Ledezma Soria Villarroel Antezana Balderrama Fernández Torrico Rivera",
    ),
}
TELEFONOS = {
    "CL": "+56 9 0{:03d} {:04d}",
    "PE": "+51 900 0{:02d} {:03d}",
    "BO": "+591 60{:02d}{:04d}",
}
SIN_CORREO = 0.07


def _rut(azar: Random) -> str:
    cuerpo = str(azar.randrange(40_000_000, 50_000_000))
    return f"{cuerpo}-{rut.calc_check_digit(cuerpo)}"


def _dni(azar: Random) -> str:
    return f"99{azar.randrange(1_000_000):06d}"


def _ci(azar: Random) -> str:
    return str(azar.randrange(90_000_000, 99_999_999))


DOCUMENTOS = {"CL": ("RUT", _rut), "PE": ("DNI", _dni), "BO": ("CI", _ci)}


class Inventor:
    """Invents the customers of one company, each once."""

    def __init__(self, empresa: Empresa):
        self.pais = empresa.pais
        self.tipo, self.numero = DOCUMENTOS[self.pais]
        suyos = Cliente.objects.filter(empresa=empresa, tipo_documento=self.tipo)
        self.tomados = set(suyos.values_list("numero", flat=True))

    def nombre(self, azar: Random) -> tuple[str, str]:
        apellidos = azar.sample(APELLIDOS[self.pais], 2)
        return azar.choice(NOMBRES), " ".join(apellidos)

    def persona(self, azar: Random, con_correo: bool | None = None) -> dict:
        """The fields of a customer whom nobody has yet; some have no mail."""
        nombre, apellidos = self.nombre(azar)
        numero = self.documento(azar)
        correo = f"{_llano(nombre)}.{_llano(apellidos.split()[0])}.{numero[-5:].replace('-', '')}"
        if con_correo is None:
            con_correo = azar.random() >= SIN_CORREO
        return {
            "tipo_documento": self.tipo,
            "numero": numero,
            "nombre": f"{nombre} {apellidos}",
            "correo": f"{correo.lower()}@correo.example" if con_correo else "",
            "telefono": self.telefono(azar),
        }

    def documento(self, azar: Random) -> str:
        while (numero := self.numero(azar)) in self.tomados:
            pass
        self.tomados.add(numero)
        return numero

    def telefono(self, azar: Random) -> str:
        forma = TELEFONOS[self.pais]
        return forma.format(azar.randrange(100), azar.randrange(1000))


def _llano(palabra: str) -> str:
    sin_tildes = unicodedata.normalize("NFKD", palabra.lower())
    return "".join(c for c in sin_tildes if c.isascii() and c.isalpha())
