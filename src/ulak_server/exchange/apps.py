from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "ulak_server.exchange"
    label = "exchange"
