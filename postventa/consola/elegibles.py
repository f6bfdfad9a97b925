"""Cases chosen in a list to be handed over: a box beside each folio, for who may."""

from django.contrib import admin
from django.utils.html import format_html

from postventa.consola.reasignar import puede_alguno


class ConElegibles:
    """Mixin of a room's list of cases, whose first column is `ver_folio`."""

    def elegible(self, request):
        return puede_alguno(request.user)

    def con_elegibles(self, request, columnas: list) -> list:
        return [self.folio_elegible, *columnas[1:]] if self.elegible(request) else columnas

    @admin.display(description="Folio", ordering="folio")
    def folio_elegible(self, caso):
        """In the folio's own column, so that a shared filter orders by the same one for all."""
        return format_html(
            '<span class="elegible"><input type="checkbox" name="caso" value="{}" '
            'aria-label="Elegir {}">{}</span>',
            caso.pk,
            caso.folio,
            self.ver_folio(caso),
        )
