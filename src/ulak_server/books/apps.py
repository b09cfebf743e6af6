from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "ulak_server.books"
    label = "books"
