"""Who finds homes in the menu of the console."""

from postventa.consola.salas import visitan


class DeViviendas:
    """Mixin of the admins of homes: a company that goes to nobody's home has none to write down."""

    def has_view_permission(self, request, obj=None):
        return visitan(request.user) and super().has_view_permission(request, obj)
