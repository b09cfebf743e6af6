from django.apps import AppConfig


class UserlistConfig(AppConfig):
    name = "ulak_server.userlist"
    label = "userlist"
