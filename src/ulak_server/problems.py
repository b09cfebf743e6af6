"""What can be wrong with an installation: codes ``environment.*``, ``database.*`` and ``serve.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Text, UlakError, error_of

__all__ = ["PROBLEMS", "DatabaseRefused", "EnvironmentRefused", "ServeRefused", "database_error", "environment_error"]

PROBLEMS: Final[dict[str, Problem]] = {
    "environment.not-an-address": Problem(
        Text("{name}: “{given}” bir adres ve kapı değil.", "{name}: “{given}” is no host and port."),
        Text("ADRES:KAPI olarak yazın: 127.0.0.1:8000.", "Write it as HOST:PORT: 127.0.0.1:8000."),
    ),
    "environment.not-a-count": Problem(
        Text(
            "{name}: “{given}” {least} ile {most} arasında bir sayı değil.",
            "{name}: “{given}” is no number of {least} to {most}.",
        ),
        Text("Bir sayı yazın ya da boş bırakın.", "Write a number, or leave it empty."),
    ),
    "environment.not-a-language": Problem(
        Text("{name}: “{given}” bilinmiyor.", "{name}: “{given}” is not known."),
        Text("tr ya da en yazın.", "Write tr or en."),
    ),
    "environment.not-a-switch": Problem(
        Text("{name}: “{given}” bilinmiyor.", "{name}: “{given}” is not known."),
        Text("on ya da off yazın.", "Write on or off."),
    ),
    "environment.not-a-policy": Problem(
        Text("ULAK_POLICY okunamadı: {detail}", "ULAK_POLICY cannot be read: {detail}"),
        Text(
            'Adlarıyla saniyeleri yazın, örneğin {{"call_lease": 5}}; ya da boş bırakın.',
            'Write seconds by name, e.g. {{"call_lease": 5}}; or leave it empty.',
        ),
    ),
    "environment.not-networks": Problem(
        Text("{name}: “{given}” bir ağ değil.", "{name}: “{given}” is no network."),
        Text(
            "Adresleri ya da ağları virgülle ayırarak yazın: 10.0.0.0/8, 192.0.2.7.",
            "Write addresses or networks with commas between: 10.0.0.0/8, 192.0.2.7.",
        ),
    ),
    "environment.not-an-url": Problem(
        Text("{name}: “{given}” bir adres değil.", "{name}: “{given}” is no address."),
        Text("http:// ya da https:// ile başlayan bir adres yazın.", "Write one that begins with http:// or https://."),
    ),
    "database.cannot-start": Problem(
        Text(
            "Gömülü veritabanı başlatılamadı ({folder}): {detail}",
            "The embedded database cannot be started ({folder}): {detail}",
        ),
        Text(
            "Boş yeri ve izinleri denetleyin; ayrıntılar klasördeki log dosyasında.",
            "Check free space and permissions; the file log in the folder tells more.",
        ),
        permanent=False,
    ),
    "database.away": Problem(
        Text("Veritabanına ulaşılamıyor: {detail}", "The database cannot be reached: {detail}"),
        Text(
            "DATABASE_URL'yi ve sunucuyu denetleyin; arada havuz (PgBouncer) varsa DATABASE_DIRECT_URL'yi de verin.",
            "Check DATABASE_URL and the server; where a pooler (PgBouncer) is between, set DATABASE_DIRECT_URL, too.",
        ),
        permanent=False,
    ),
    "database.pooled": Problem(
        Text(
            "Tablolar bir havuz (PgBouncer) üzerinden güncellenmez: oturumları ortaktır.",
            "Tables are not brought up to date through a pooler (PgBouncer): its sessions are everybody's.",
        ),
        Text(
            "DATABASE_DIRECT_URL ile PostgreSQL'in kendi adresini verin.",
            "Give the address of PostgreSQL itself by DATABASE_DIRECT_URL.",
        ),
    ),
    "database.migration-failed": Problem(
        Text("Tablolar güncellenemedi: {detail}", "The tables cannot be brought up to date: {detail}"),
        Text(
            "Yapılmış adımlar kalır; kurulu sürümün bütün olduğunu denetleyip yeniden deneyin.",
            "Steps that were done stay done; check that the installed version is complete and try again.",
        ),
    ),
    "database.migrations-wait": Problem(
        Text(
            "Tablolar güncellenemedi; uzun süren bir işlem onları tutuyor: {detail}",
            "The tables cannot be brought up to date; a long transaction holds them: {detail}",
        ),
        Text(
            "Az sonra yeniden deneyin; pg_stat_activity tutan işlemi gösterir.",
            "Try again later; pg_stat_activity shows the transaction.",
        ),
        permanent=False,
    ),
    "serve.port-taken": Problem(
        Text("{host}:{port} dinlenemiyor: {detail}", "{host}:{port} cannot be listened at: {detail}"),
        Text(
            "Başka bir program kullanıyor olabilir; ULAK_LISTEN ile başka bir kapı verin.",
            "Another program may use it; give another port by ULAK_LISTEN.",
        ),
    ),
}
"""Every code of an installation's errors with its sentence and its repair."""


class EnvironmentRefused(UlakError):
    """A variable of the environment cannot be used as it is."""


class DatabaseRefused(UlakError):
    """The database cannot be started, reached or brought up to date."""


class ServeRefused(UlakError):
    """The platform cannot be started."""


def environment_error(code: str, **facts: object) -> EnvironmentRefused:
    """The error of a code ``environment.*``."""
    return error_of(EnvironmentRefused, PROBLEMS, code, where="", line=None, **facts)


def database_error(code: str, **facts: object) -> DatabaseRefused:
    """The error of a code ``database.*``."""
    return error_of(DatabaseRefused, PROBLEMS, code, where="", line=None, **facts)
