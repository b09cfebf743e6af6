from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ulak_server.documents"
    label = "documents"
