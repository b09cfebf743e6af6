"""The words of ``--help`` of ``ulak serve``, ``worker``, ``manage`` and ``doctor``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["HELP", "METAVARS"]

METAVARS: Final = {
    "HOST:PORT": Text("ADRES:KAPI", "HOST:PORT"),
    "ARGUMENT…": Text("DEĞER…", "ARGUMENT…"),
    "COUNT": Text("SAYI", "COUNT"),
}
_SETTINGS: Final = Text(
    "Ayarlar ortam değişkenleridir; “ulak doctor” hepsini gösterir, eksik olanı söyler.",
    "Settings are environment variables; “ulak doctor” shows all of them and says what is missing.",
)
_PROCESSES: Final = Text(
    "İşçi süreçlerinin sayısı; yazılmazsa ULAK_WORKERS, o da yoksa çekirdek sayısı.",
    "Number of worker processes; if left out ULAK_WORKERS, else the number of cores.",
)
_MIGRATE: Final = Text(
    "Önce tabloları güncelle (ya da güncelleme).",
    "Bring the tables up to date first (or do not).",
)
HELP: Final = {
    "ulak serve": Help(
        Text(
            "Platformu çalıştırır: web sunucusu, işçiler, gömülü veritabanı.",
            "Run the platform: web server, workers, embedded database.",
        ),
        {
            "listen": Text("Dinlenecek adres; yazılmazsa ULAK_LISTEN.", "Where to listen; ULAK_LISTEN if left out."),
            "workers": Text(
                "İşçileri de çalıştır (ya da yalnız web sunucusunu).", "Run workers too (or the web server alone)."
            ),
            "processes": _PROCESSES,
            "migrate": _MIGRATE,
        },
        details=(
            _SETTINGS,
            Text(
                "Ölen her süreç yeniden başlatılır. Ctrl-C ya da SIGTERM eldeki işi bitirip durdurur.",
                "Every process that dies is started again. Ctrl-C or SIGTERM finish what is under way and stop.",
            ),
        ),
        examples=(
            ("ulak serve", Text("Her şey bu makinede.", "All of it on this machine.")),
            (
                "DATABASE_URL=postgresql://ulak@db/ulak ulak serve --no-workers",
                Text("Yalnız web sunucusu; işçiler başka yerde.", "The web server alone; workers elsewhere."),
            ),
        ),
    ),
    "ulak worker": Help(
        Text("Yalnız işçileri çalıştırır.", "Run workers alone."),
        {"processes": _PROCESSES, "migrate": _MIGRATE},
        details=(
            _SETTINGS,
            Text(
                "Belgeleri yürüten süreçler ile zamanlı işlerin süreci. İstenen sayıda makinede çalışabilir.",
                "The processes that move documents, and the one of jobs by the clock. On any number of machines.",
            ),
        ),
        examples=(("ulak worker --processes 4", Text("Dört işçi.", "Four workers.")),),
    ),
    "ulak manage": Help(
        Text("Django'nun yönetim komutlarını çalıştırır.", "Run Django's management commands."),
        {
            "arguments": Text(
                "Komut ve değerleri; yazılmazsa hepsi listelenir.", "The command and its arguments; none lists all."
            )
        },
        examples=(
            ("ulak manage migrate", Text("Tabloları günceller.", "Bring the tables up to date.")),
            ("ulak manage dbshell", Text("Veritabanının komut satırı.", "The database's command line.")),
        ),
    ),
    "ulak doctor": Help(
        Text(
            "Kurulumu inceler; eksik olanı ve ne yapılacağını söyler.",
            "Examine the installation; say what is missing and what to do.",
        ),
        {"format": Text("Çıktının biçimi.", "Form of the output.")},
        details=(
            Text(
                "Çıkış kodu 0: kullanılabilir; 1: bir şey eksik ya da bozuk.",
                "Exit code 0: it can be used; 1: something is missing or broken.",
            ),
        ),
        examples=(("ulak doctor", Text("Her değişken ve her bağlantı.", "Every variable and every connection.")),),
    ),
}
