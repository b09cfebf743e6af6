from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "ulak_server.console"
    label = "console"
