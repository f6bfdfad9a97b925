"""Assisted entry (D-05): nothing without the code that the owner dictates, and then marked so."""

import pytest

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Cliente, Rol
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio
from tests.conftest import LUNES
from tests.consola.conftest import entrar, personal
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Item, Propiedad

BASE = "/consola/icalma/asistido/"


@pytest.fixture
def operadora(icalma):
    return personal("llamados", icalma, Rol.CALL_CENTER, first_name="Rosa", last_name="Díaz")


@pytest.fixture
def propiedad(cliente, catalogo):
    hora.fijar(LUNES)
    return Propiedad.objects.get(cliente=cliente)


class Llamada:
    """One call: the member of staff's browser and the owner's home."""

    def __init__(self, persona, propiedad):
        self.web, self.pk = entrar(persona), propiedad.pk

    def url(self, parte=""):
        return f"{BASE}{self.pk}/{parte}"

    def pedir(self):
        return self.web.post(self.url("codigo/"))

    def dictar(self, codigo=None):
        return self.web.post(self.url("comprobar/"), {"codigo": codigo or self.codigo})

    @property
    def codigo(self):
        return codigo_de(Desafio.objects.latest("creado_en").pk)

    def ingresar(self, **datos):
        return self.web.post(self.url(), {"cuantas": "2", "guardar": "1", **datos})

    def mirar(self, **datos):
        """A button of the form that saves nothing."""
        return self.web.post(self.url(), {"cuantas": "2", **datos})

    def con_codigo(self):
        assert self.pedir().status_code == 302
        assert self.dictar().status_code == 302
        return self


@pytest.fixture
def llamada(operadora, propiedad):
    return Llamada(operadora, propiedad)


def una():
    return {"o1-elegido": str(Item.objects.get(nombre="Grifería").pk), "o1-descripcion": "Gotea"}


@pytest.mark.parametrize(
    "texto",
    ["16.482.937-5", "164829375", "camila rojas", "704", "arrayanes 704", "+56 9 8765 4321"],
)
def test_se_encuentra_por_rut_telefono_nombre_o_vivienda(llamada, cliente, texto):
    cliente.telefono = "(56) 9 8765-4321"
    cliente.save()
    respuesta = llamada.web.get(BASE, {"q": texto})
    assert (respuesta.status_code, respuesta.url) == (302, llamada.url())


def test_quien_tiene_dos_viviendas_o_duenios_se_elige(llamada, unidad, vecino):
    Propiedad.objects.create(unidad=unidad, cliente=vecino, desde="2024-01-01")
    respuesta = llamada.web.get(BASE, {"q": "704"})
    hallados = [(h.titulo, h.url) for h in respuesta.context["halladas"]]
    suyas = Propiedad.objects.filter(unidad=unidad).select_related("cliente")
    assert sorted(hallados) == sorted((p.cliente.nombre, f"{BASE}{p.pk}/") for p in suyas)
    assert len(hallados) == 2


def test_nada_coincide_y_se_dice_como_buscar(llamada):
    respuesta = llamada.web.get(BASE, {"q": "nadie"})
    assert respuesta.context["halladas"] == []
    assert "Nada coincide. Busca por el proyecto" in respuesta.content.decode()


@pytest.mark.regla("I-02", "I-17")
def test_con_el_codigo_dictado_se_ingresa_y_queda_marcado(llamada, cliente):
    llamada.con_codigo()
    respuesta = llamada.ingresar(**una())
    ticket = Ticket.objects.get()
    assert respuesta.url == f"/consola/icalma/ticket/{ticket.pk}/change/"
    assert (ticket.canal, ticket.estado, ticket.cliente) == ("asistido", "GENERADO", cliente)
    observacion = ticket.observaciones.get()
    assert (str(observacion), observacion.clase) == (
        "Grifería · Lavaplatos · Cocina",
        "instalacion",
    )
    movimiento = Movimiento.objects.get()
    assert (movimiento.clase_actor, movimiento.canal) == ("cliente", "asistido")
    assert movimiento.detalle.datos["asistido_por"] == "Rosa Díaz"
    pagina = llamada.web.get(respuesta.url)
    assert "Ingreso asistido." in pagina.content.decode()
    *_, leer = map(str, pagina.context["messages"])
    assert leer == (
        f"Lee al cliente: tu requerimiento es el {ticket.folio}. "
        "Te llamaremos a más tardar el miércoles 25 de noviembre, a las 10:15."
    )
    avisos = {a.tipo: a.datos["asistido"] for a in Aviso.objects.filter(expediente=ticket)}
    assert avisos == {"icalma/ingreso": True, "icalma/ingreso_supervisor": True}


def test_el_codigo_va_solo_al_correo_registrado(llamada, cliente):
    llamada.pedir()
    aviso = Aviso.objects.get()
    assert (aviso.destino, aviso.tipo) == (cliente.correo, "acceso_codigo")
    assert "ca•••••@correo.example" in llamada.web.get(llamada.url()).content.decode()


def test_correo_del_codigo_dice_a_quien_dictarlo(llamada):
    from postventa.avisos.correo import renderizar

    llamada.pedir()
    correo = renderizar(Aviso.objects.select_related("empresa").get())
    assert correo.subject == "Código para dictar por teléfono, Postventa Icalma"
    assert "Díctalo solo si tú llamaste y te están atendiendo ahora." in correo.body


@pytest.mark.regla("I-03")
def test_codigo_errado_no_abre_y_nada_se_guarda(llamada):
    llamada.pedir()
    malo = "000000" if llamada.codigo != "000000" else "111111"
    respuesta = llamada.dictar(malo)
    assert respuesta.status_code == 422
    assert "El código no coincide." in respuesta.content.decode()
    assert llamada.ingresar(**una()).status_code == 403
    assert Ticket.objects.count() == 0


def test_sin_codigo_no_se_guarda_nada(llamada):
    assert llamada.ingresar(**una()).status_code == 403
    assert (Ticket.objects.count(), Movimiento.objects.count()) == (0, 0)


def test_el_codigo_vale_para_esa_vivienda_y_esa_persona(llamada, vecino, supervisor):
    llamada.con_codigo()
    otra = Propiedad.objects.get(cliente=vecino)
    respuesta = llamada.web.post(f"{BASE}{otra.pk}/", {"cuantas": "2", "guardar": "1", **una()})
    assert respuesta.status_code == 403
    ajena = Llamada(supervisor, Propiedad.objects.get(pk=llamada.pk))
    assert ajena.ingresar(**una()).status_code == 403
    assert Ticket.objects.count() == 0


def test_el_permiso_vence(llamada, time_machine):
    import datetime as dt

    llamada.con_codigo()
    inicio = dt.datetime.now(dt.UTC)
    # The agent goes on using the console: it is the permission that ends, not the session.
    for minutos in (14, 28):
        time_machine.move_to(inicio + dt.timedelta(minutes=minutos))
        llamada.web.get("/consola/")
    time_machine.move_to(inicio + dt.timedelta(minutes=31))
    assert llamada.ingresar(**una()).status_code == 403
    assert Ticket.objects.count() == 0


def test_enviar_dos_veces_es_un_ticket(llamada):
    llamada.con_codigo()
    urls = {llamada.ingresar(**una()).url for _ in range(2)}
    assert (len(urls), Ticket.objects.count()) == (1, 1)


@pytest.mark.regla("I-04")
@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"o1-descripcion": "Gotea"}, "elegido"),
        ({"o1-recinto": "Cocina", "o1-lugar": "Muro"}, "item"),
    ],
)
def test_fila_a_medias_no_se_envia_y_conserva_lo_escrito(llamada, datos, campo):
    llamada.con_codigo()
    respuesta = llamada.ingresar(**datos)
    assert respuesta.status_code == 422
    assert list(respuesta.context["filas"][0].fallas) == [campo]
    assert [ancla for ancla, _ in respuesta.context["errores"]] == [f"c-o1-{campo}"]
    assert next(iter(datos.values())) in respuesta.content.decode()
    assert Ticket.objects.count() == 0


@pytest.mark.regla("I-05")
def test_sin_observaciones_no_hay_ticket(llamada):
    llamada.con_codigo()
    respuesta = llamada.ingresar()
    assert respuesta.status_code == 422
    assert "Agrega al menos una observación" in respuesta.content.decode()


def test_escrito_a_mano_y_mas_filas(llamada):
    llamada.con_codigo()
    a_mano = {"o2-recinto": "Patio", "o2-lugar": "Reja", "o2-item": "Bisagra"}
    mas = llamada.mirar(**a_mano, mas="1")
    assert len(mas.context["filas"]) == 3
    assert 'value="Bisagra"' in mas.content.decode()
    llamada.ingresar(**a_mano)
    observacion = Ticket.objects.get().observaciones.get()
    assert (str(observacion), observacion.clase) == ("Bisagra · Reja · Patio", "otro")


@pytest.mark.parametrize("rol", [Rol.GERENTE, Rol.JEFE, Rol.MAESTRO, Rol.ADMINISTRADOR])
def test_los_demas_roles_no_ingresan_por_nadie(icalma, propiedad, rol):
    otro = Llamada(personal("otro", icalma, rol), propiedad)
    codigos = [otro.web.get(BASE).status_code, otro.pedir().status_code]
    assert (codigos, Desafio.objects.count()) == ([403, 404], 0)
    assert otro.web.get("/consola/").context["paginas"] == []


def test_supervisor_tambien_asiste_y_lo_ve_en_su_inicio(supervisor, propiedad):
    llamada = Llamada(supervisor, propiedad).con_codigo()
    assert llamada.ingresar(**una()).status_code == 302
    assert llamada.web.get("/consola/").context["paginas"] == [("Ingreso asistido", BASE)]


def test_duenio_anterior_no_aparece(llamada):
    Propiedad.objects.filter(pk=llamada.pk).update(hasta="2026-11-01")
    assert llamada.web.get(BASE, {"q": "camila"}).context["halladas"] == []
    assert llamada.pedir().status_code == 404


def test_sin_correo_registrado_se_dice_y_no_se_pide(llamada, cliente):
    cliente.correo = ""
    cliente.save()
    respuesta = llamada.pedir()
    assert respuesta.status_code == 409
    assert "no tiene correo registrado" in respuesta.content.decode()
    assert Desafio.objects.count() == 0


@pytest.mark.regla("I-15")
def test_con_un_ticket_por_firmar_queda_retenido_y_se_lee(camino, llamada):
    camino.hasta_por_firmar()
    hora.fijar(camino.ahora)
    llamada.con_codigo()
    respuesta = llamada.ingresar(**una())
    assert Ticket.objects.latest("pk").estado == "RETENIDO"
    *_, leer = map(str, llamada.web.get(respuesta.url).context["messages"])
    assert f"hasta que firmes el {camino.ticket.folio}." in leer


@pytest.mark.parametrize("cuantas", [1, 3])
def test_buscar_cuesta_lo_mismo_con_una_o_tres(
    llamada, unidad, cliente, vecino, cuantas, django_assert_num_queries
):
    for n in range(cuantas - 1):
        from tickets.inmuebles.models import Unidad

        otra = Unidad.objects.create(proyecto=unidad.proyecto, nombre=f"Casa {n}")
        Propiedad.objects.create(unidad=otra, cliente=cliente, desde="2024-01-01")
    # Another home of another: with one match the page is the call itself.
    Cliente.objects.filter(pk=vecino.pk).update(nombre="Camila Vecina")
    # session, user, roles, clock; the homes that were found and their owners
    with django_assert_num_queries(6):
        respuesta = llamada.web.get(BASE, {"q": "camila"})
    assert len(respuesta.context["halladas"]) == cuantas + 1


def test_sin_codigo_se_escribe_pero_no_se_ofrece_ingresar(llamada):
    pagina = llamada.web.get(llamada.url()).content.decode()
    assert 'name="o1-elegido"' in pagina
    assert 'name="guardar"' not in pagina
    assert 'name="guardar"' in llamada.con_codigo().web.get(llamada.url()).content.decode()


@pytest.mark.parametrize("parte", ["codigo/", "comprobar/", ""])
def test_lo_escrito_sobrevive_al_codigo_y_a_su_rechazo(llamada, parte):
    escrito = {"cuantas": "2", "codigo": "1", "o2-recinto": "Patio", "o1-descripcion": "Gotea"}
    llamada.pedir()
    respuesta = llamada.web.post(llamada.url(parte), {**escrito, **una()})
    filas = respuesta.context["filas"]
    assert [f["descripcion"].value() for f in filas] == ["Gotea", None]
    assert filas[1]["recinto"].value() == "Patio"
    assert Ticket.objects.count() == 0


def test_cada_ticket_pide_su_codigo(llamada):
    llamada.con_codigo().ingresar(**una())
    assert not llamada.web.get(llamada.url()).context["concedido"]
    llamada.con_codigo().ingresar(**una())
    assert Ticket.objects.count() == 2


def test_lo_escrito_sobrevive_al_permiso_que_vencio(llamada):
    respuesta = llamada.ingresar(**una())
    assert respuesta.status_code == 403
    assert respuesta.context["filas"][0]["descripcion"].value() == "Gotea"
    assert "No se guardó nada." in respuesta.content.decode()


def test_enter_en_el_codigo_lo_comprueba(llamada):
    llamada.pedir()
    respuesta = llamada.mirar(codigo=llamada.codigo, ver="1", **una())
    assert respuesta.context["concedido"]
    assert respuesta.context["filas"][0]["descripcion"].value() == "Gotea"
    # Nor does checking it again take the leave away.
    assert llamada.dictar("000000").status_code == 302
    assert llamada.ingresar(**una()).status_code == 302


@pytest.mark.regla("I-20")
def test_lo_abierto_de_la_vivienda_se_ve_y_lo_parecido_primero(llamada):
    llamada.con_codigo().ingresar(**una())
    abierto = Ticket.objects.get()
    historia = llamada.mirar(**una()).context["anteriores"]
    assert [(a.folio, a.que, a.se_parece) for a in historia] == [
        (abierto.folio, "Grifería, Cocina", True)
    ]
    distinta = {"o1-descripcion": "Puerta descuadrada"}
    assert not llamada.mirar(**distinta).context["anteriores"][0].se_parece


def test_la_frase_sigue_a_la_llamada(llamada, cliente):
    def leer():
        return llamada.web.get(llamada.url()).context["leer"][0]

    assert leer().startswith("Te va a llegar un correo con un código de 6 dígitos.")
    llamada.pedir()
    assert leer().startswith("Díctame los 6 dígitos")
    llamada.dictar()
    assert leer().endswith("Te llamaremos a más tardar el miércoles 25 de noviembre, a las 10:15.")
    cliente.correo = ""
    cliente.save()
    assert leer().endswith("Primero actualizamos tu contacto.")


@pytest.mark.regla("I-15")
def test_con_un_ticket_por_firmar_se_dice_antes_de_guardar(camino, llamada):
    camino.hasta_por_firmar()
    hora.fijar(camino.ahora)
    pagina = llamada.con_codigo().web.get(llamada.url())
    assert pagina.context["espera"] == camino.ticket
    assert pagina.context["leer"][0].endswith(f"hasta que firmes el {camino.ticket.folio}.")


@pytest.mark.parametrize("cuantos", [1, 3])
def test_la_pagina_cuesta_lo_mismo_con_uno_o_tres_tickets(
    llamada, cuantos, django_assert_num_queries
):
    for _ in range(cuantos):
        llamada.con_codigo().ingresar(**una())
    # session, user, roles, clock; the home and whether its code was used; the catalogue in three,
    # the history with its observations, what waits for a signature
    with django_assert_num_queries(12):
        pagina = llamada.web.get(llamada.url())
    assert len(pagina.context["anteriores"]) == cuantos
