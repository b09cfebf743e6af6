from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "ulak_server.delivery"
    label = "delivery"
