from django.contrib import admin

from tickets.icalma.models import Ticket

admin.site.register(Ticket)
