from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "ulak_server.credits"
    label = "credits"

    def ready(self) -> None:
        from ulak_server.credits.admission import Guard
        from ulak_server.credits.operating import begin
        from ulak_server.documents.admission import guard
        from ulak_server.taxpayers.services import told_of_new

        guard(Guard())
        told_of_new(begin)
