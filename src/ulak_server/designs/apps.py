from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "ulak_server.designs"
    label = "designs"
