from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "ulak_server.api"
    label = "api"
