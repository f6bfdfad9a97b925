from django.contrib.admin import AdminSite


class ConsolaSite(AdminSite):
    site_title = "Consola Postventa"
    site_header = "Postventa"
    index_title = "Hoy"
    enable_nav_sidebar = False
