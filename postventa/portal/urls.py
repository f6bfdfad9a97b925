from django.http import HttpResponse
from django.urls import path

app_name = "portal"


def pendiente(request, **kw):
    return HttpResponse("")


urlpatterns = [path("<slug:empresa>/caso/<str:publico>/", pendiente, name="caso")]
