from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "ulak_server.archive"
    label = "archive"
