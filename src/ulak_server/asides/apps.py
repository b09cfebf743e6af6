from django.apps import AppConfig


class AsidesConfig(AppConfig):
    name = "ulak_server.asides"
    label = "asides"
