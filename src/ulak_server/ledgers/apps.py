from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "ulak_server.ledgers"
    label = "ledgers"
