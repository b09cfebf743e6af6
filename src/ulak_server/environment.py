"""What an installation is told by its environment, with a default for everything that can have one.

`settings` reads it once; `ulak doctor` explains it. Every variable is a row of `VARIABLES`, which the documentation is
held to.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from ulak.errors import LANGUAGES, Text
from ulak_server.problems import environment_error

__all__ = ["VARIABLES", "Environment", "Networks", "Variable", "read"]

Networks = tuple[IPv4Network | IPv6Network, ...]

_MOST_PROCESSES: Final = 256
_MOST_MINUTES: Final = 24 * 60
_MOST_MEGABYTES: Final = 1024 * 1024


class Variable(NamedTuple):
    """One variable.

    Attributes:
        default: None where the installation must say it before it can go live.
        about: what it is for.
        is_secret: whether its value is never shown.
    """

    name: str
    default: str | None
    about: Text
    is_secret: bool = False


VARIABLES: Final = (
    Variable(
        "ULAK_DATA",
        "~/.local/share/ulak",
        Text(
            "Verilerin klasörü: gömülü veritabanı, anahtarlar, kural paketleri.",
            "Folder of the data: embedded database, keys, rule packs.",
        ),
    ),
    Variable(
        "DATABASE_URL",
        "",
        Text(
            "PostgreSQL'in adresi; boşsa gömülü veritabanı kullanılır.",
            "Address of PostgreSQL; empty: the embedded database is used.",
        ),
        is_secret=True,
    ),
    Variable(
        "DATABASE_DIRECT_URL",
        "",
        Text(
            "DATABASE_URL işlem kipinde bir havuza (PgBouncer) gidiyorsa PostgreSQL'in kendi adresi; boşsa ikisi aynı.",
            "Address of PostgreSQL itself where DATABASE_URL leads to a pooler of transactions (PgBouncer); empty: they"
            " are the same.",
        ),
        is_secret=True,
    ),
    Variable(
        "ULAK_SECRET_KEY",
        "",
        Text(
            "Oturumları koruyan gizli metin; boşsa ilk açılışta üretilir ve ULAK_DATA içinde saklanır.",
            "Secret that protects sessions; empty: made at the first start and kept in ULAK_DATA.",
        ),
        is_secret=True,
    ),
    Variable(
        "ULAK_FORMER_SECRETS",
        "",
        Text(
            "Eski ULAK_SECRET_KEY değerleri, virgülle ayrılmış: onlarla verilmiş belge adresleri ve oturumlar geçer.",
            "Former values of ULAK_SECRET_KEY, separated by commas: documents' addresses and sessions made with them"
            " still count.",
        ),
        is_secret=True,
    ),
    Variable(
        "ULAK_KEK",
        "",
        Text(
            "Mükelleflerin veri anahtarlarını saran anahtarın dosyası ya da adresi (pkcs11:…); boşsa ULAK_DATA içinde"
            " üretilir.",
            "File or address (pkcs11:…) of the key that wraps taxpayers' data keys; empty: made in ULAK_DATA.",
        ),
    ),
    Variable("ULAK_LISTEN", "127.0.0.1:8000", Text("Dinlenen adres.", "Address that is listened at.")),
    Variable(
        "ULAK_PUBLIC_URL",
        "http://127.0.0.1:8000",
        Text("Dışarıdan görünen adres.", "Address as it is seen from outside."),
    ),
    Variable(
        "ULAK_PROXIES",
        "",
        Text(
            "X-Forwarded-For başlığına inanılan vekil sunucuların ağları; boşsa hiçbirine inanılmaz.",
            "Networks of proxies whose X-Forwarded-For is believed; empty: of none.",
        ),
    ),
    Variable(
        "ULAK_WORKERS",
        "",
        Text("İşçi süreçlerinin sayısı; boşsa çekirdek sayısı.", "Number of worker processes; empty: of cores."),
    ),
    Variable(
        "ULAK_WEB_PROCESSES",
        "1",
        Text("İstekleri karşılayan süreçlerin sayısı.", "Number of processes that answer requests."),
    ),
    Variable(
        "ULAK_WEB_ONE_CORE",
        "on",
        Text(
            "on: istekleri karşılayan her süreç kendine ait bir çekirdekte çalışır; off: yerini işletim sistemi seçer.",
            "on: each process that answers requests runs on a core of its own; off: wherever the kernel lets it.",
        ),
    ),
    Variable("ULAK_INTEGRATOR_NUMBER", None, Text("Entegratörün VKN'si.", "The integrator's VKN.")),
    Variable("ULAK_INTEGRATOR_TITLE", None, Text("Entegratörün unvanı.", "The integrator's title.")),
    Variable(
        "ULAK_INTEGRATOR_SENDER",
        None,
        Text("Entegratörün gönderici birimi (GB) etiketi.", "Alias of the integrator's sender unit (GB)."),
    ),
    Variable(
        "ULAK_INTEGRATOR_MAILBOX",
        None,
        Text("Entegratörün posta kutusu (PK) etiketi.", "Alias of the integrator's mailbox (PK)."),
    ),
    Variable(
        "ULAK_SEAL_KEY",
        None,
        Text(
            "Entegratörün mali mühür anahtarının adresi (pkcs12:…, pkcs11:…, https://…).",
            "Address of the key of the integrator's seal (pkcs12:…, pkcs11:…, https://…).",
        ),
    ),
    Variable(
        "ULAK_SEAL_SECRET",
        "",
        Text(
            "Mühür anahtarının parolasının ya da PIN'inin dosyası.", "File with the password or PIN of the seal's key."
        ),
    ),
    Variable(
        "ULAK_TRUST",
        None,
        Text(
            "Güvenilen köklerin klasörü; mühürler onunla doğrulanır.",
            "Folder of trusted roots, by which seals are verified.",
        ),
    ),
    Variable(
        "ULAK_TSA",
        "",
        Text(
            "e-Arşiv raporlarını ve kayıt zincirinin günlük özetini damgalayan zaman damgası hizmetinin adresi;"
            " boşsa rapor gönderilemez, özet damgalanmaz.",
            "Address of the time stamp authority that stamps e-Arşiv reports and the audit log's daily head; empty:"
            " no report can be sent, the head is not stamped.",
        ),
    ),
    Variable(
        "ULAK_MERKEZ_URL",
        None,
        Text("GİB Merkez'in EFatura servisinin adresi.", "Address of the EFatura service of GİB's Merkez."),
    ),
    Variable(
        "ULAK_MERKEZ_NETWORKS",
        "",
        Text(
            "GİB Merkez'in /gib/efatura adresini aradığı ağlar; boşsa oraya herkes ulaşır.",
            "Networks from which GİB's Merkez calls /gib/efatura; empty: everybody reaches it.",
        ),
    ),
    Variable(
        "ULAK_EARSIV_URL",
        "",
        Text(
            "GİB'in e-Arşiv servisinin (EArsivWs) adresi; boşsa rapor gönderilmez.",
            "Address of GİB's e-Arşiv service (EArsivWs); empty: no report is sent.",
        ),
    ),
    Variable(
        "ULAK_EDEFTER_URL",
        "",
        Text(
            "GİB'in e-Defter servisinin adresi; boşsa defter gönderilmez.",
            "Address of GİB's e-Defter service; empty: no book is sent.",
        ),
    ),
    Variable(
        "ULAK_EDEFTER_SOFTWARE",
        "",
        Text(
            "e-Defter uyumluluk onayındaki yazılım, onay belgesindeki gibi: VKN##Unvan##Yazılım##Sürüm;"
            " boşsa defter oluşturulmaz.",
            "The software as GİB's e-Defter approval names it: VKN##Title##Software##Version; empty: no book is made.",
        ),
    ),
    Variable(
        "ULAK_LEDGER_MINUTES",
        "15",
        Text(
            "Defter hazırlanırken bir adımın (bir dosya, bir parça, bir defter) sürebileceği dakika.",
            "Minutes that one step at books may take (a file, a part, a book).",
        ),
    ),
    Variable(
        "ULAK_LEDGER_MEMORY",
        "768",
        Text(
            "Defter hazırlayan sürecin tutabileceği bellek, MB.",
            "Memory that the process which makes books may hold, in MB.",
        ),
    ),
    Variable(
        "ULAK_USERLIST_URL",
        None,
        Text("GİB'in kullanıcı listelerinin klasör adresi.", "Address of the folder of GİB's user lists."),
    ),
    Variable(
        "ULAK_SMTP_URL",
        "",
        Text(
            "E-posta sunucusunun adresi: smtp://kullanıcı:parola@sunucu:587 (STARTTLS), smtps://sunucu:465, file:"
            " (ULAK_DATA/outgoing/mail klasörüne yazar); boşsa e-posta gönderilmez.",
            "Address of the mail server: smtp://user:password@host:587 (STARTTLS), smtps://host:465, file: (writes into"
            " ULAK_DATA/outgoing/mail); empty: no e-mail is sent.",
        ),
        is_secret=True,
    ),
    Variable(
        "ULAK_MAIL_FROM",
        "",
        Text("E-postaların göndereni: Ad <adres>.", "Who e-mails come from: Name <address>."),
    ),
    Variable(
        "ULAK_MAIL_BOUNCES",
        "",
        Text(
            "Geri dönen postanın adresi; @ işaretinin önüne + ve bir im eklenir; boşsa ULAK_MAIL_FROM'daki adres.",
            "Address to which mail comes back, with + and a mark added before its @; empty: that of ULAK_MAIL_FROM.",
        ),
    ),
    Variable(
        "ULAK_SMS_URL",
        "",
        Text(
            "Kısa mesajların yolu: file: (ULAK_DATA/outgoing/sms klasörüne yazar); boşsa gönderilmez.",
            "Way of text messages: file: (writes into ULAK_DATA/outgoing/sms); empty: none are sent.",
        ),
    ),
    Variable(
        "ULAK_KEP_URL",
        "",
        Text(
            "KEP iletilerinin yolu: file: (ULAK_DATA/outgoing/kep klasörüne yazar); boşsa gönderilmez.",
            "Way of KEP messages: file: (writes into ULAK_DATA/outgoing/kep); empty: none are sent.",
        ),
    ),
    Variable(
        "ULAK_WEBHOOK_NETWORKS",
        "",
        Text(
            "Web kancalarının bulunabileceği iç ağlar; orada http de olur; boşsa hiçbiri.",
            "Private networks in which webhooks may lie, also by http; empty: none.",
        ),
    ),
    Variable(
        "ULAK_METRICS_TOKEN",
        "",
        Text(
            "/metrics için parola; boşsa yalnız bu makineden okunur.",
            "Token for /metrics; empty: it is read from this machine alone.",
        ),
        is_secret=True,
    ),
    Variable(
        "ULAK_POLICY",
        "",
        Text(
            "Yol kurallarının sürelerini değiştiren JSON; yalnız deneme kurulumlarında.",
            "JSON that changes times of the law of the road; in rehearsals only.",
        ),
    ),
    Variable(
        "ULAK_SANDBOX",
        "",
        Text(
            "Deneme ortamı: “ulak pki new” ile yapılmış klasör; kişiler kendi mükelleflerini ekler, her sayfa deneme"
            " olduğunu söyler. Boşsa deneme ortamı değildir.",
            "Sandbox: a folder made by “ulak pki new”; people take taxpayers on for themselves, every page says that it"
            " is one. Empty: no sandbox.",
        ),
    ),
    Variable(
        "ULAK_CREDITS",
        "off",
        Text(
            "on: yeni mükelleflerin belgeleri kontörle gider; off: kontör yalnız açılan mükellefte sayılır.",
            "on: documents of new taxpayers cost kontör; off: kontör are counted only where that was switched on.",
        ),
    ),
    Variable("ULAK_LANGUAGE", "tr", Text("Varsayılan dil: tr ya da en.", "Default language: tr or en.")),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The values, by the name of the variable."""

    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    @property
    def data(self) -> Path:
        """The folder of the data."""
        return Path(self.values["ULAK_DATA"]).expanduser().resolve()

    @property
    def listen(self) -> tuple[str, int]:
        """Host and port.

        Raises:
            EnvironmentRefused: ``environment.not-an-address``.

        >>> read({"ULAK_LISTEN": "[::1]:9000"}).listen
        ('::1', 9000)
        """
        given = self.values["ULAK_LISTEN"]
        host, _, port = given.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65535:
            raise environment_error("environment.not-an-address", name="ULAK_LISTEN", given=given)
        return host.strip("[]"), int(port)

    @property
    def public(self) -> str:
        """Scheme, host and port under which others see the platform.

        Raises:
            EnvironmentRefused: ``environment.not-an-url``.

        >>> read({"ULAK_PUBLIC_URL": "https://ulak.example/"}).public
        'https://ulak.example'
        """
        given = self.values["ULAK_PUBLIC_URL"]
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise environment_error("environment.not-an-url", name="ULAK_PUBLIC_URL", given=given)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def counts_credits(self) -> bool:
        """Whether documents of taxpayers who are taken on from now on cost kontör.

        Raises:
            EnvironmentRefused: ``environment.not-a-switch``.
        """
        return self._switch("ULAK_CREDITS")

    @property
    def language(self) -> str:
        """In which the platform speaks to whoever does not say.

        Raises:
            EnvironmentRefused: ``environment.not-a-language``.
        """
        given = self.values["ULAK_LANGUAGE"]
        if given not in LANGUAGES:
            raise environment_error("environment.not-a-language", name="ULAK_LANGUAGE", given=given)
        return given

    @property
    def workers(self) -> int:
        """How many worker processes there are on this machine."""
        return self._count("ULAK_WORKERS", os.cpu_count() or 1)

    @property
    def web_processes(self) -> int:
        """How many processes answer requests on this machine."""
        return self._count("ULAK_WEB_PROCESSES", 1)

    @property
    def keeps_to_one_core(self) -> bool:
        """Whether each process that answers requests runs on one core.

        Raises:
            EnvironmentRefused: ``environment.not-a-switch``.
        """
        return self._switch("ULAK_WEB_ONE_CORE")

    @property
    def ledger_minutes(self) -> int:
        """How long one step at books may take."""
        return self._count("ULAK_LEDGER_MINUTES", 15, most=_MOST_MINUTES)

    @property
    def ledger_megabytes(self) -> int:
        """How much memory the process that makes books may hold; it needs 300 itself."""
        return self._count("ULAK_LEDGER_MEMORY", 768, least=400, most=_MOST_MEGABYTES)

    def _switch(self, name: str) -> bool:
        given = self.values[name]
        if given not in ("on", "off"):
            raise environment_error("environment.not-a-switch", name=name, given=given)
        return given == "on"

    def _count(self, name: str, usual: int, least: int = 1, most: int = _MOST_PROCESSES) -> int:
        given = self.values[name]
        if not given:
            return usual
        if not given.isdecimal() or not least <= int(given) <= most:
            raise environment_error("environment.not-a-count", name=name, given=given, least=least, most=most)
        return int(given)

    @property
    def former_secrets(self) -> list[str]:
        """Secrets that were in use before, the last one first."""
        return [one.strip() for one in self.values["ULAK_FORMER_SECRETS"].split(",") if one.strip()]

    @property
    def proxies(self) -> Networks:
        """Where proxies stand whose word about addresses is believed.

        Raises:
            EnvironmentRefused: ``environment.not-networks``.
        """
        return self._networks("ULAK_PROXIES")

    @property
    def merkez_networks(self) -> Networks:
        """From where Merkez calls; none: from anywhere.

        Raises:
            EnvironmentRefused: ``environment.not-networks``.
        """
        return self._networks("ULAK_MERKEZ_NETWORKS")

    @property
    def webhook_networks(self) -> Networks:
        """Private networks in which webhooks may lie.

        Raises:
            EnvironmentRefused: ``environment.not-networks``.
        """
        return self._networks("ULAK_WEBHOOK_NETWORKS")

    def _networks(self, name: str) -> Networks:
        given = [one.strip() for one in self.values[name].split(",")]
        found: list[IPv4Network | IPv6Network] = []
        for one in filter(None, given):
            try:
                found.append(ip_network(one))
            except ValueError:
                raise environment_error("environment.not-networks", name=name, given=one[:60]) from None
        return tuple(found)

    @property
    def missing(self) -> tuple[Variable, ...]:
        """What has no default and was not given."""
        return tuple(one for one in VARIABLES if one.default is None and not self.values[one.name])


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """The environment with defaults filled in.

    >>> read({"ULAK_LISTEN": "0.0.0.0:9000"})["ULAK_LISTEN"]
    '0.0.0.0:9000'
    """
    return Environment({one.name: environ.get(one.name, "").strip() or one.default or "" for one in VARIABLES})
