from django.apps import AppConfig


class TaxpayersConfig(AppConfig):
    name = "ulak_server.taxpayers"
    label = "taxpayers"
