"""Composing: documents written by people."""

from django.apps import AppConfig


class Composing(AppConfig):
    name = "ulak_server.composing"
    label = "composing"
