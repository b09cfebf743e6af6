from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "ulak_server.overview"
    label = "overview"
