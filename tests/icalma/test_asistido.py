"""Assisted entry (D-05): nothing without the code that the owner dictates, and then marked so."""

import pytest

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Rol
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


@pytest.mark.parametrize("texto", ["16.482.937-5", "164829375", "camila rojas", "704"])
def test_se_encuentra_por_rut_nombre_o_unidad(llamada, texto):
    respuesta = llamada.web.get(BASE, {"q": texto})
    assert [p.pk for p in respuesta.context["halladas"]] == [llamada.pk]


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
    respuesta = llamada.web.post(f"{BASE}{otra.pk}/", {"cuantas": "2", **una()})
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
    assert list(respuesta.context["filas"][0].errors) == [campo]
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
    mas = llamada.ingresar(**a_mano, mas="1")
    assert len(mas.context["filas"]) == 4
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
    assert list(llamada.web.get(BASE, {"q": "camila"}).context["halladas"]) == []
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
    llamada, unidad, cliente, cuantas, django_assert_num_queries
):
    for n in range(cuantas - 1):
        from tickets.inmuebles.models import Unidad

        otra = Unidad.objects.create(proyecto=unidad.proyecto, nombre=f"Casa {n}")
        Propiedad.objects.create(unidad=otra, cliente=cliente, desde="2024-01-01")
    # session, user, roles, clock; what was found
    with django_assert_num_queries(5):
        respuesta = llamada.web.get(BASE, {"q": "camila"})
    assert len(respuesta.context["halladas"]) == cuantas
