from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "ulak_server.pages"
    label = "pages"
