"""What a padrón changes: units, customers and who owns what."""

from datetime import date

import pytest

from postventa.personas.models import Cliente
from tests.inmuebles.manos import aplicar, cargar, filas_de, motivos_de, revisar, rut
from tickets.inmuebles.models import Propiedad, Unidad

CAMILA = "16.482.937-5"
P = "icalma-demo"
NUEVA = f"{P};Torre C, depto. 12;{rut(1)};Ana Soto;ana@correo.example;9 8888 7777;14-03-2023;;;;"


def duenios(unidad):
    return [
        (p.cliente.nombre, p.desde, p.hasta)
        for p in Propiedad.objects.filter(unidad=unidad)
        .select_related("cliente")
        .order_by("desde", "pk")
    ]


@pytest.fixture
def camila(cliente):
    return cliente


def test_lo_nuevo_se_crea_entero(icalma, proyecto):
    una = cargar(
        icalma,
        f"{P};Torre C, depto. 12;{rut(1)};Ana Soto;ana@correo.example;9 8888 7777;"
        "14-03-2023;09-06-2024;20-06-2024;10-06-2024;",
    )
    assert filas_de(una) == {
        2: (
            "crear",
            [
                "Unidad nueva proyecto: >Condominio Los Arrayanes",
                "Unidad nueva nombre: >Torre C, depto. 12",
                "Unidad nueva recepción definitiva: >14-03-2023",
                "Unidad nueva inscripción CBR: >09-06-2024",
                "Unidad nueva entrega: >20-06-2024",
                "Cliente nuevo documento: >20.000.001-3",
                "Cliente nuevo nombre: >Ana Soto",
                "Cliente nuevo correo: >ana@correo.example",
                "Cliente nuevo teléfono: >9 8888 7777",
                "Propiedad de Ana Soto desde: >10-06-2024",
            ],
        )
    }
    unidad = Unidad.objects.get(nombre="Torre C, depto. 12")
    assert (unidad.recepcion_definitiva_el, unidad.inscripcion_el, unidad.entrega_el) == (
        date(2023, 3, 14),
        date(2024, 6, 9),
        date(2024, 6, 20),
    )
    assert duenios(unidad) == [("Ana Soto", date(2024, 6, 10), None)]


def test_revisar_no_escribe_nada(icalma, proyecto):
    revisar(icalma, NUEVA)
    assert (Unidad.objects.count(), Cliente.objects.count(), Propiedad.objects.count()) == (0, 0, 0)


def test_lo_que_ya_esta_no_cambia_y_una_celda_vacia_no_borra(icalma, camila, unidad):
    una = revisar(icalma, f"{P};torre b,  DEPTO. 704;164829375;;CAMILA@correo.example;;;;;;")
    assert filas_de(una) == {2: ("igual", [])}
    assert una.totales["por_escribir"] == 0


def test_fecha_y_nombre_se_corrigen_de_que_a_que(icalma, camila, unidad):
    una = cargar(icalma, f"{P};{unidad.nombre};{CAMILA};Camila Rojas;;;;;01-07-2024;;")
    assert filas_de(una) == {
        2: (
            "actualizar",
            [
                "Unidad entrega: 20-06-2024>01-07-2024",
                "Cliente nombre: Camila Rojas Fuentealba>Camila Rojas",
            ],
        )
    }
    camila.refresh_from_db()
    assert camila.nombre == "Camila Rojas"


@pytest.mark.regla("I-02")
def test_duenio_nuevo_cierra_al_anterior_sin_borrarlo(icalma, camila, unidad):
    cargar(icalma, f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;;01-06-2026;")
    assert duenios(unidad) == [
        (camila.nombre, date(2024, 6, 9), date(2026, 5, 31)),
        ("Ana Soto", date(2026, 6, 1), None),
    ]


def test_codueños_van_en_sus_filas_y_nadie_deja_de_serlo(icalma, camila, unidad):
    cargar(
        icalma,
        f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;;01-06-2026;",
        f"{P};{unidad.nombre};{CAMILA};;;;;;;;",
    )
    assert [(n, h) for n, _, h in duenios(unidad)] == [(camila.nombre, None), ("Ana Soto", None)]


def test_nombrar_a_uno_de_dos_dueños_no_saca_al_otro(icalma, camila, unidad, extrania):
    Propiedad.objects.create(unidad=unidad, cliente=extrania, desde=date(2024, 6, 9))
    una = revisar(icalma, f"{P};{unidad.nombre};{CAMILA};;;;;;;;")
    assert filas_de(una) == {2: ("igual", [])}


def test_duenio_que_vendio_se_cierra_con_su_fecha_y_repetir_no_cambia(icalma, camila, unidad):
    fila = f"{P};{unidad.nombre};{CAMILA};;;;;;;;31-12-2025"
    cargar(icalma, fila)
    assert duenios(unidad) == [(camila.nombre, date(2024, 6, 9), date(2025, 12, 31))]
    assert filas_de(revisar(icalma, fila)) == {2: ("igual", [])}


def test_vendio_y_volvio_a_comprar_son_dos_filas_en_cualquier_orden(icalma, camila, unidad):
    filas = [
        f"{P};{unidad.nombre};{CAMILA};;;;;;;01-06-2026;",
        f"{P};{unidad.nombre};{CAMILA};;;;;;;09-06-2024;31-12-2025",
    ]
    cargar(icalma, *filas)
    assert duenios(unidad) == [
        (camila.nombre, date(2024, 6, 9), date(2025, 12, 31)),
        (camila.nombre, date(2026, 6, 1), None),
    ]
    assert {r for r, _ in filas_de(revisar(icalma, *filas)).values()} == {"igual"}


def test_padron_viejo_no_devuelve_la_unidad_a_quien_vendio(icalma, camila, unidad):
    viejo = f"{P};{unidad.nombre};{CAMILA};;;;;;;09-06-2024;"
    cargar(icalma, f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;;01-06-2026;")
    assert motivos_de(revisar(icalma, viejo)) == {
        2: "Fue dueño hasta el 31-05-2026. Si volvió a comprar, escribe desde cuándo; si no, borra "
        "la fila."
    }


def test_desde_se_corrige_en_la_propiedad_abierta(icalma, camila, unidad):
    una = cargar(icalma, f"{P};{unidad.nombre};{CAMILA};;;;;;;20-06-2024;")
    assert filas_de(una)[2] == (
        "actualizar",
        ["Propiedad de Camila Rojas Fuentealba desde: 09-06-2024>20-06-2024"],
    )
    assert duenios(unidad) == [(camila.nombre, date(2024, 6, 20), None)]


def test_sin_desde_rige_la_inscripcion_y_si_no_la_entrega(icalma, proyecto):
    cargar(
        icalma,
        f"{P};A;{rut(1)};Ana Soto;;;;09-06-2024;20-06-2024;;",
        f"{P};B;{rut(2)};Eva Paz;;;;;20-06-2024;;",
    )
    assert [p.desde for p in Propiedad.objects.order_by("unidad__nombre")] == [
        date(2024, 6, 9),
        date(2024, 6, 20),
    ]


@pytest.mark.parametrize(
    ("fila", "motivo"),
    [
        (f"{P};A;{rut(1)};Ana Soto;;;;;;;", "Escribe desde cuándo es dueño de esta unidad."),
        (f"{P};A;{rut(1)};;;;;;;01-01-2024;", "La persona es nueva: escribe su nombre."),
        (f"{P};A;;Ana Soto;;;;;;01-01-2024;", "Falta el RUT o documento del dueño."),
        (
            f"{P};A;12.345.678-9;Ana Soto;;;;;;01-01-2024;",
            "El dígito verificador del RUT no coincide. Compáralo con la escritura.",
        ),
        (
            f"nada;A;{rut(1)};Ana Soto;;;;;;01-01-2024;",
            "El proyecto «nada» no está entre los tuyos. Mira su código en Datos.",
        ),
        (f";A;{rut(1)};Ana Soto;;;;;;01-01-2024;", "Falta el proyecto. Escribe su código."),
        (
            f"{P};;{rut(1)};Ana Soto;;;;;;01-01-2024;",
            "Falta la unidad. Escríbela como la lee el propietario.",
        ),
        (
            f"{P};A;{rut(1)};Ana Soto;ana@;;;;;01-01-2024;",
            "El correo está mal escrito. Revísalo: debe ser como ana@correo.cl",
        ),
        (
            f"{P};A;{rut(1)};Ana Soto;;llamar;;;;01-01-2024;",
            "El teléfono lleva solo números. Por ejemplo: 9 1111 2222",
        ),
        (
            f"{P};A;{rut(1)};Ana Soto;;;;;31-02-2024;01-01-2024;",
            "Entrega: «31-02-2024» no es una fecha. Escríbela como 09-06-2024.",
        ),
        (
            f"{P};A;{rut(1)};Ana Soto;;;;;;01-01-2024;31-12-2023",
            "Dueño hasta es anterior a dueño desde. Corrige una de las dos.",
        ),
        (
            f"{P};A;{rut(1)};{'a' * 121};;;;;;01-01-2024;",
            "Nombre: escribe a lo más 120 caracteres.",
        ),
        (
            f"{P};A;{rut(1)};Ana Soto;;;;;;01-01-2024;;sobra",
            "Tiene más celdas que el encabezado. Revisa que no falten comillas.",
        ),
    ],
)
def test_fila_mala_se_rechaza_y_dice_que_hacer(icalma, proyecto, fila, motivo):
    una = revisar(icalma, fila)
    assert motivos_de(una) == {2: motivo}
    assert (una.totales["rechazada"], una.totales["por_escribir"]) == (1, 0)


def test_una_fila_mala_detiene_a_toda_su_unidad_y_a_ninguna_otra(icalma, camila, unidad):
    una = cargar(
        icalma,
        f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;;01-06-2026;",
        f"{P};{unidad.nombre};12.345.678-9;Luis Malo;;;;;;01-06-2026;",
        f"{P};Otra;{rut(2)};Eva Paz;;;;;;01-06-2026;",
    )
    assert {n: r for n, (r, _) in filas_de(una).items()} == {
        2: "rechazada",
        3: "rechazada",
        4: "crear",
    }
    assert motivos_de(una)[2] == (
        "Otra fila de esta unidad está rechazada (fila 3). Corrígela y sube las dos juntas."
    )
    assert duenios(unidad) == [(camila.nombre, date(2024, 6, 9), None)]
    assert Cliente.objects.filter(nombre="Ana Soto").count() == 0


def test_persona_de_una_unidad_rechazada_la_crea_la_fila_que_sigue(icalma, proyecto):
    una = cargar(
        icalma,
        f"{P};A;{rut(1)};Ana Soto;;;;;;01-06-2026;",
        f"{P};A;malo;Luis Malo;;;;;;01-06-2026;",
        f"{P};B;{rut(1)};Ana Soto;;;;;;01-06-2026;",
    )
    assert "Cliente nuevo nombre: >Ana Soto" in filas_de(una)[4][1]
    assert Propiedad.objects.get().unidad.nombre == "B"


@pytest.mark.parametrize(
    ("otra", "motivo"),
    [
        (
            f"{P};A;{rut(2)};Eva Paz;;;;;02-02-2024;01-01-2024;",
            "La fila 2 da otra fecha a esta unidad: Entrega, 01-02-2024. Deja la misma en las dos.",
        ),
        (
            f"{P};B;{rut(1)};Ana de Soto;;;;;;01-01-2024;",
            "La fila 2 da a esta persona otro dato: Nombre. Deja el mismo en las dos.",
        ),
        (
            f"{P};A;{rut(1)};Ana Soto;;;;;;01-01-2024;",
            "Repite a la persona de la fila 2 en la misma unidad. Borra una.",
        ),
    ],
)
def test_dos_filas_que_se_contradicen(icalma, proyecto, otra, motivo):
    una = revisar(icalma, f"{P};A;{rut(1)};Ana Soto;;;;;01-02-2024;01-01-2024;", otra)
    assert motivos_de(una)[3] == motivo


def test_duenio_nuevo_anterior_al_actual_se_rechaza(icalma, camila, unidad):
    una = revisar(icalma, f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;;01-06-2024;")
    assert motivos_de(una) == {
        2: "Camila Rojas Fuentealba es dueño desde el 09-06-2024. Si los dos lo son, agrega su "
        "fila; si este lo fue antes, escribe hasta cuándo."
    }


def test_duenio_anterior_con_su_hasta_entra_en_la_historia(icalma, camila, unidad):
    cargar(icalma, f"{P};{unidad.nombre};{rut(1)};Ana Soto;;;;;;01-01-2024;08-06-2024")
    assert duenios(unidad) == [
        ("Ana Soto", date(2024, 1, 1), date(2024, 6, 8)),
        (camila.nombre, date(2024, 6, 9), None),
    ]


def test_unidad_sin_duenio_trae_solo_sus_fechas(icalma, proyecto):
    cargar(icalma, f"{P};Depto 1;;;;;14-03-2023;;;;")
    assert Unidad.objects.get().recepcion_definitiva_el == date(2023, 3, 14)
    assert Cliente.objects.count() == 0


def test_proyecto_se_nombra_por_codigo_o_por_nombre(icalma, proyecto):
    cargar(icalma, "condominio LOS arrayanes;Depto 1;;;;;14-03-2023;;;;")
    assert Unidad.objects.get().proyecto == proyecto


def test_pasaporte_es_un_documento(icalma, proyecto):
    encabezado = "proyecto;unidad;tipo de documento;documento;nombre;desde"
    cargar(icalma, f"{P};A;Pasaporte;AB 123456;John Roe;01-01-2024", encabezado=encabezado)
    assert Cliente.objects.values_list("tipo_documento", "numero").get() == ("PAS", "AB123456")


def test_aplicar_dos_veces_el_mismo_archivo_no_cambia_nada(icalma, camila, unidad):
    filas = [
        NUEVA.replace(";;;;", ";09-06-2024;;;"),
        f"{P};{unidad.nombre};{rut(3)};Luz Mar;;;;;;01-06-2026;",
        f"{P};Bodega 3;{rut(3)};Luz Mar;;;;;;01-06-2026;",
    ]
    cargar(icalma, *filas)
    antes = [list(m.objects.order_by("pk").values()) for m in (Unidad, Cliente, Propiedad)]
    una = revisar(icalma, *filas)
    assert {r for r, _ in filas_de(una).values()} == {"igual"}
    assert una.totales["por_escribir"] == 0
    assert [list(m.objects.order_by("pk").values()) for m in (Unidad, Cliente, Propiedad)] == antes


def test_aplicar_es_de_una_vez(icalma, proyecto):
    una = aplicar(revisar(icalma, NUEVA.replace(";;;;", ";09-06-2024;;;")))
    assert (una.totales["aplicadas"], una.pedida_en, una.aplicada_en is not None) == (1, None, True)
