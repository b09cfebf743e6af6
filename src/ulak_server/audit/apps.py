from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ulak_server.audit"
    label = "audit"
