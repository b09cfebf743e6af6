from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ulak_server.people"
    label = "people"
