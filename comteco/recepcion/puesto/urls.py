"""Addresses of the hall inside the console."""

from django.urls import path

from comteco.recepcion.puesto import medir, meson, mesones, recepcion


def urls(sitio) -> list:
    vista = sitio.admin_view
    return [
        path("sala/", vista(recepcion.recepcion), name="sala_recepcion"),
        path("sala/entregada/<int:pk>/", vista(recepcion.entregada), name="sala_entregada"),
        path("sala/imprimir/<int:pk>/", vista(recepcion.imprimir), name="sala_imprimir"),
        path("sala/credencial/<int:pk>/", vista(recepcion.devolver), name="sala_credencial"),
        path("sala/mesones/", vista(mesones.mesones), name="sala_mesones"),
        path("sala/meson/", vista(meson.meson), name="sala_meson"),
        path("sala/meson/<slug:que>/", vista(meson.hacer), name="sala_meson_hacer"),
        path("sala/indicador/", vista(medir.indicador), name="sala_indicador"),
        path("sala/indicador/fichas/", vista(medir.fichas), name="sala_fichas"),
        path("sala/indicador/archivo/", vista(medir.archivo), name="sala_archivo"),
        path("sala/panel/", vista(medir.panel), name="sala_panel"),
    ]
