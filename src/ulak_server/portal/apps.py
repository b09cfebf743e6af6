from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ulak_server.portal"
    label = "portal"
