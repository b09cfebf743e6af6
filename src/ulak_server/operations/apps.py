from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "ulak_server.operations"
    label = "operations"
