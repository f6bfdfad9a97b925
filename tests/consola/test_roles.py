"""Who may edit master data, and what an edit leaves written."""

import pytest

from postventa.calendario.models import Calendario, Feriado
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.plazos.models import PoliticaPlazo
from tests.consola.conftest import entrar, personal
from tests.consola.test_alta_desde_cero import CLAVE, filas
from tickets.inmuebles.models import Recinto, Unidad

MAESTROS = {
    "calendario/calendario": "calendario_cl",
    "calendario/jornada": "jornada_icalma",
    "empresas/empresa": "icalma",
    "personas/cliente": "cliente",
    "inmuebles/proyecto": "proyecto",
    "inmuebles/unidad": "unidad",
}


def politica(empresa, **cambios):
    p = PoliticaPlazo.objects.get(empresa=empresa, codigo="contacto", es_vigente=True)
    datos = {
        "nombre": p.nombre,
        "cantidad": p.cantidad,
        "unidad": p.unidad,
        "aviso_cantidad": p.aviso_cantidad,
        "aviso_unidad": p.aviso_unidad,
        "avisa_a": p.avisa_a,
        "escala_a": p.escala_a,
        "fuente": p.fuente,
    }
    return p, {**datos, **cambios}


@pytest.mark.parametrize(
    "rol", [Rol.SUPERVISOR, Rol.JEFE, Rol.CALL_CENTER, Rol.GERENTE, Rol.MAESTRO]
)
@pytest.mark.parametrize("ruta", sorted(MAESTROS))
def test_quien_no_administra_mira_y_no_toca(icalma, request, cliente, rol, ruta):
    fila = request.getfixturevalue(MAESTROS[ruta])
    web = entrar(personal("mira", icalma, rol))
    antes = type(fila).objects.filter(pk=fila.pk).values().get()
    assert web.get(f"/consola/{ruta}/{fila.pk}/change/").status_code == 200
    assert web.post(f"/consola/{ruta}/{fila.pk}/change/", {"nombre": "Otro"}).status_code == 403
    assert web.get(f"/consola/{ruta}/add/").status_code == 403
    assert web.post(f"/consola/{ruta}/{fila.pk}/delete/", {"post": "yes"}).status_code == 403
    assert type(fila).objects.filter(pk=fila.pk).values().get() == antes
    assert CambioMaestro.objects.count() == 0


def test_editar_deja_escrito_de_que_a_que(administradora, cliente, icalma):
    datos = {
        "tipo_documento": "RUT",
        "numero": cliente.numero,
        "nombre": "Camila Rojas de Soto",
        "correo": cliente.correo,
        "telefono": cliente.telefono,
        **filas("propiedades"),
    }
    fila = cliente.propiedades.get()
    datos |= {
        "propiedades-TOTAL_FORMS": 1,
        "propiedades-INITIAL_FORMS": 1,
        "propiedades-0-id": fila.pk,
        "propiedades-0-cliente": cliente.pk,
        "propiedades-0-unidad": fila.unidad_id,
        "propiedades-0-desde": "2024-06-09",
    }
    web = entrar(administradora)
    assert web.post(f"/consola/personas/cliente/{cliente.pk}/change/", datos).status_code == 302
    cambio = CambioMaestro.objects.get()
    assert (cambio.empresa, cambio.accion, cambio.por) == (icalma, "editar", administradora)
    assert cambio.detalle == {"nombre": ["Camila Rojas Fuentealba", "Camila Rojas de Soto"]}
    historial = web.get(f"/consola/personas/cliente/{cliente.pk}/history/").content.decode()
    assert "Camila Rojas de Soto" in historial
    # The same form again changes nothing and writes nothing.
    web.post(f"/consola/personas/cliente/{cliente.pk}/change/", datos)
    assert CambioMaestro.objects.count() == 1


def test_politica_editada_es_una_version_nueva_y_la_vieja_queda(administradora, icalma):
    vieja, datos = politica(icalma, cantidad=72)
    web, datos = entrar(administradora), {**datos, "_confirmada": "1"}
    assert web.post(f"/consola/plazos/politicaplazo/{vieja.pk}/change/", datos).status_code == 302
    versiones = PoliticaPlazo.objects.filter(empresa=icalma, codigo="contacto").order_by("version")
    assert list(versiones.values_list("version", "cantidad", "es_vigente")) == [
        (1, 48, False),
        (2, 72, True),
    ]
    assert CambioMaestro.objects.get().detalle == {"cantidad": [48, 72]}
    # The old one can be read, not edited.
    pagina = web.get(f"/consola/plazos/politicaplazo/{vieja.pk}/change/")
    assert 'name="cantidad"' not in pagina.content.decode()
    assert web.post(f"/consola/plazos/politicaplazo/{vieja.pk}/change/", datos).status_code == 403


def test_politica_sin_cambios_no_crea_version(administradora, icalma):
    vieja, datos = politica(icalma)
    entrar(administradora).post(f"/consola/plazos/politicaplazo/{vieja.pk}/change/", datos)
    assert PoliticaPlazo.objects.filter(empresa=icalma, codigo="contacto").count() == 1


def test_politica_en_horas_habiles_exige_multiplos_de_24(administradora, icalma):
    vieja, datos = politica(icalma, cantidad=50)
    web = entrar(administradora)
    respuesta = web.post(f"/consola/plazos/politicaplazo/{vieja.pk}/change/", datos)
    assert list(respuesta.context["adminform"].form.errors) == ["cantidad"]


def test_politica_repetida_manda_a_editar_la_que_hay(administradora, icalma):
    _, datos = politica(icalma)
    datos |= {"empresa": icalma.pk, "codigo": "contacto"}
    respuesta = entrar(administradora).post("/consola/plazos/politicaplazo/add/", datos)
    assert list(respuesta.context["adminform"].form.errors) == ["codigo"]


def test_lo_que_esta_en_uso_no_se_elimina(administradora, unidad, cliente, camino):
    camino.generar()
    web = entrar(administradora)
    for ruta, fila in (("inmuebles/unidad", unidad), ("personas/cliente", cliente)):
        pagina = web.get(f"/consola/{ruta}/{fila.pk}/change/").content.decode()
        assert 'class="deletelink"' not in pagina
        assert web.post(f"/consola/{ruta}/{fila.pk}/delete/", {"post": "yes"}).status_code == 403
    assert (Unidad.objects.count(), Cliente.objects.count()) == (1, 1)


def test_eliminar_pregunta_y_queda_escrito(administradora, catalogo):
    recinto = catalogo.first()
    web = entrar(administradora)
    url = f"/consola/inmuebles/recinto/{recinto.pk}/delete/"
    pregunta = web.get(url).content.decode()
    assert "Se eliminará para siempre" in pregunta
    assert Recinto.objects.filter(pk=recinto.pk).exists()
    assert web.post(url, {"post": "yes"}).status_code == 302
    assert not Recinto.objects.filter(pk=recinto.pk).exists()
    cambio = CambioMaestro.objects.get()
    assert (cambio.accion, cambio.detalle["nombre"]) == ("eliminar", [recinto.nombre, ""])


def test_calendario_compartido_lo_edita_solo_quien_administra_a_todos(
    administradora, otra, icalma, calendario_cl
):
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/change/"
    web = entrar(administradora)
    datos = {"codigo": "cl", "nombre": "Chile", "pais": "CL"}
    datos |= filas("feriados", {"fecha": "2026-12-24", "nombre": "Inventado", "fuente": "x"})
    assert web.post(url, datos).status_code == 403
    Membresia.objects.create(usuario=administradora, empresa=otra.empresa, rol=Rol.ADMINISTRADOR)
    assert entrar(administradora).post(url, datos).status_code == 302
    assert Feriado.objects.filter(nombre="Inventado").count() == 1


def test_feriado_editado_da_otra_version_al_calendario(administradora, calendario_cl, a_las_diez):
    feriado = Feriado.objects.get()
    antes = Calendario.objects.get().version
    datos = {
        "codigo": "cl", "nombre": "Chile", "pais": "CL",
        "feriados-TOTAL_FORMS": 1, "feriados-INITIAL_FORMS": 1, "feriados-0-id": feriado.pk,
        "feriados-0-calendario": calendario_cl.pk, "feriados-0-fecha": "2026-12-08",
        "feriados-0-nombre": "Inmaculada Concepción", "feriados-0-fuente": "Decreto 1",
    }  # fmt: skip
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/change/"
    assert entrar(administradora).post(url, datos).status_code == 302
    assert Calendario.objects.get().version > antes
    cambio = CambioMaestro.objects.get(modelo="calendario.feriado")
    assert cambio.detalle == {"fuente": ["prueba", "Decreto 1"], "es_vigente": [True, False]}


# --- staff


def alta(empresa, **mas):
    return {
        "username": "nueva",
        "first_name": "Nueva",
        "last_name": "Persona",
        "email": "nueva@x.example",
        "password1": CLAVE,
        "password2": CLAVE,
        **filas("membresias", {"empresa": empresa.pk, "rol": "supervisor"}),
        **mas,
    }


def test_administradora_crea_personal_en_su_empresa_y_nunca_superusuarios(administradora, icalma):
    datos = alta(icalma, is_superuser="on", user_permissions="1", groups="1")
    respuesta = entrar(administradora).post("/consola/personas/usuario/add/", datos)
    assert respuesta.status_code == 302
    nueva = Usuario.objects.get(username="nueva")
    assert (nueva.is_superuser, nueva.is_staff) == (False, True)
    url = f"/consola/personas/usuario/{nueva.pk}/change/"
    fila = nueva.membresias.get()
    datos = {
        "username": "nueva", "first_name": "Nueva", "is_active": "on", "is_superuser": "on",
        "membresias-TOTAL_FORMS": 1, "membresias-INITIAL_FORMS": 1, "membresias-0-id": fila.pk,
        "membresias-0-usuario": nueva.pk, "membresias-0-empresa": icalma.pk,
        "membresias-0-rol": "jefe",
    }  # fmt: skip
    assert entrar(administradora).post(url, datos).status_code == 302
    nueva.refresh_from_db()
    assert (nueva.is_superuser, nueva.membresias.get().rol) == (False, "jefe")


def test_administradora_no_da_roles_en_otra_empresa(administradora, otra, icalma):
    respuesta = entrar(administradora).post("/consola/personas/usuario/add/", alta(otra.empresa))
    assert respuesta.status_code == 200
    assert Usuario.objects.filter(username="nueva").count() == 0


def test_administradora_no_crea_a_nadie_sin_rol(administradora, icalma):
    datos = {**alta(icalma), **filas("membresias")}
    respuesta = entrar(administradora).post("/consola/personas/usuario/add/", datos)
    assert respuesta.status_code == 200
    assert Usuario.objects.filter(username="nueva").count() == 0


@pytest.mark.parametrize("caso", ["superusuario", "de_dos_empresas", "de_otra"])
def test_administradora_no_toca_a_quien_alcanza_mas_que_ella(
    administradora, otra, icalma, raiz, caso
):
    persona = {"superusuario": raiz, "de_dos_empresas": otra.supervisora, "de_otra": None}[caso]
    if persona:
        Membresia.objects.create(usuario=persona, empresa=icalma, rol=Rol.SUPERVISOR)
    else:
        persona = otra.supervisora
    clave = persona.password
    web = entrar(administradora)
    url = f"/consola/personas/usuario/{persona.pk}"
    nueva = {"password1": CLAVE, "password2": CLAVE}
    assert web.post(f"{url}/password/", nueva).status_code in (403, 404)
    assert web.post(f"{url}/change/", {"username": "tomada"}).status_code in (403, 404)
    pagina = web.get(f"{url}/change/").content.decode()
    persona.refresh_from_db()
    assert persona.password == clave
    assert "algoritmo" not in pagina
    assert "KANARIO" not in pagina or caso == "de_dos_empresas"


def test_clave_nueva_queda_escrita_sin_la_clave(administradora, supervisor):
    web = entrar(administradora)
    url = f"/consola/personas/usuario/{supervisor.pk}/password/"
    assert web.get(url).status_code == 200
    respuesta = web.post(url, {"password1": CLAVE, "password2": CLAVE, "set-password": "1"})
    assert respuesta.status_code == 302
    supervisor.refresh_from_db()
    assert supervisor.check_password(CLAVE)
    cambio = CambioMaestro.objects.get()
    assert (cambio.accion, cambio.detalle) == ("clave", {})


def test_quien_mira_una_cuenta_no_ve_nada_de_su_clave(supervisor, jefe):
    pagina = entrar(supervisor).get(f"/consola/personas/usuario/{jefe.pk}/change/").content.decode()
    assert "md5" not in pagina
    assert "hash" not in pagina.lower()
