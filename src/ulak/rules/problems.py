"""What can be wrong with a rule pack: every ``pack.*`` code with its sentence and its repair."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text, UlakError

__all__ = ["PackError", "problem"]

_WHOLE: Final = Text(
    "Paketi GİB'in yayımladığı haliyle yeniden indirip öyle verin.",
    "Download the package again and give it as GİB publishes it.",
)
_UNPACK: Final = Text(
    "Arşivi güvendiğiniz bir araçla bir klasöre açıp klasörü verin.",
    "Unpack the archive into a folder with a tool you trust and give the folder.",
)
_LATER: Final = Text("Bağlantıyı denetleyip daha sonra yeniden deneyin.", "Check the connection and try again later.")
_ADD_AGAIN: Final = Text(
    "Paketi `ulak packs remove {name}` ile kaldırıp yeniden ekleyin.",
    "Remove the pack with `ulak packs remove {name}` and add it again.",
)
_SOURCES: Final = Text(
    "ULAK_PACK_SOURCES ile verilen TOML dosyasını düzeltin.", "Correct the TOML file that ULAK_PACK_SOURCES names."
)

_PROBLEMS: Final[dict[str, tuple[Text, Text]]] = {
    "pack.unreadable": (
        Text("{name} okunamıyor: {detail}", "{name} cannot be read: {detail}"),
        Text("Dosyanın yerini ve okuma iznini denetleyin.", "Check that the file exists and may be read."),
    ),
    "pack.not-zip": (
        Text("Bu bir zip arşivi değil ({kind}).", "This is not a zip archive ({kind})."),
        _UNPACK,
    ),
    "pack.zip.broken": (Text("Zip arşivi bozuk: {detail}", "The zip archive is broken: {detail}"), _WHOLE),
    "pack.zip.encrypted": (Text("Zip arşivi parolalı: {name}", "The zip archive is encrypted: {name}"), _UNPACK),
    "pack.zip.unsafe-name": (
        Text(
            "Pakette güvenli olmayan bir dosya adı var: {name}",
            "The package holds a file name that is not safe: {name}",
        ),
        _WHOLE,
    ),
    "pack.zip.link": (
        Text(
            "Pakette bağlantı ya da özel dosya var: {name}",
            "The package holds a link or a special file: {name}",
        ),
        _WHOLE,
    ),
    "pack.zip.duplicate-name": (
        Text("Aynı ad pakette iki kez geçiyor: {name}", "The same name occurs twice in the package: {name}"),
        _WHOLE,
    ),
    "pack.zip.nested": (
        Text(
            "Arşiv içinde arşiv içinde arşiv var: {name}",
            "There is an archive inside an archive inside the archive: {name}",
        ),
        _UNPACK,
    ),
    "pack.too-many-files": (
        Text("Pakette {limit} dosyadan fazlası var.", "The package holds more than {limit} files."),
        _WHOLE,
    ),
    "pack.file-too-large": (
        Text("{name} {limit} bayttan büyük.", "{name} is larger than {limit} bytes."),
        _WHOLE,
    ),
    "pack.too-large": (
        Text(
            "Paket açıldığında {limit} bayttan büyük oluyor.",
            "The package is larger than {limit} bytes when unpacked.",
        ),
        _WHOLE,
    ),
    "pack.unknown-kind": (
        Text(
            "Bu paketin ne olduğu anlaşılamadı: bilinen bir Schematron ya da XSD yok.",
            "It cannot be told what this package is: it holds no Schematron or XSD that is known.",
        ),
        Text(
            "e-Fatura, UBL-TR, e-Arşiv, e-Gider Pusulası ya da e-Defter paketini verin.",
            "Give the e-Fatura, UBL-TR, e-Arşiv, e-Gider Pusulası or e-Defter package.",
        ),
    ),
    "pack.mixed": (
        Text("Burada birden çok türde paket var: {kinds}", "There are packages of several kinds here: {kinds}"),
        Text("Her paketi ayrı ayrı ekleyin.", "Add each package by itself."),
    ),
    "pack.no-rules": (
        Text("Paketteki {name} hiç kural içermiyor.", "{name} of the package holds no rules."),
        _WHOLE,
    ),
    "pack.unusable": (
        Text("Paket kullanılamaz: {detail}", "The package cannot be used: {detail}"),
        _WHOLE,
    ),
    "pack.schema.broken": (
        Text("{name} XSD olarak okunamıyor: {detail}", "{name} cannot be read as an XSD: {detail}"),
        _WHOLE,
    ),
    "pack.schema.uncompilable": (
        Text("{name} XSD'si derlenemiyor: {detail}", "The XSD {name} cannot be compiled: {detail}"),
        Text(
            "Eksik XSD dosyalarını içeren paketi de ekleyin (örneğin UBL-TR paketi).",
            "Add the package that holds the missing XSD files as well (the UBL-TR package, for instance).",
        ),
    ),
    "pack.role": (
        Text("{pack} paketinde {role} Schematronu yok.", "The pack {pack} has no Schematron {role}."),
        Text("`ulak packs show {pack}` ile paketin rollerine bakın.", "See its roles with `ulak packs show {pack}`."),
    ),
    "pack.unknown": (
        Text("{name} adlı bir paket yok. Olanlar: {known}", "There is no pack {name}. At hand: {known}"),
        Text("`ulak packs list` ile paketlere bakın.", "See the packs with `ulak packs list`."),
    ),
    "pack.none": (
        Text("{kind} türünde etkin paket yok.", "There is no active pack of kind {kind}."),
        Text(
            "GİB'in paketini `ulak packs add` ile ekleyin ya da bekleyeni `ulak packs activate` ile etkinleştirin.",
            "Add GİB's package with `ulak packs add`, or activate a staged one with `ulak packs activate`.",
        ),
    ),
    "pack.exists": (
        Text("{name} adında başka bir paket zaten var.", "Another pack with the name {name} is already at hand."),
        Text("--name ile başka bir ad verin.", "Give another name with --name."),
    ),
    "pack.name": (
        Text("{name} bir paket adı olamaz.", "{name} cannot be the name of a pack."),
        Text(
            "Küçük harf, rakam ve kısa çizgi kullanın (en çok 80).",
            "Use small letters, digits and hyphens (at most 80).",
        ),
    ),
    "pack.built-in": (
        Text(
            "{name} Ulak ile gelen pakettir; değiştirilemez ve kaldırılamaz.",
            "{name} comes with Ulak; it cannot be changed or removed.",
        ),
        Text("`--pack` ile başka bir paket seçin.", "Choose another pack with `--pack`."),
    ),
    "pack.damaged": (
        Text("{name} paketi diskte bozulmuş: {detail}", "The pack {name} is damaged on disk: {detail}"),
        _ADD_AGAIN,
    ),
    "pack.missing-distribution": (
        Text(
            "Ulak ile gelen paketin dosyaları yok: {name} kurulu değil ya da eksik.",
            "The files of the pack that comes with Ulak are absent: {name} is not installed, or not wholly.",
        ),
        Text("Kurulumu yenileyin: `make setup`.", "Install again: `make setup`."),
    ),
    "pack.home": (
        Text("{name} klasörüne yazılamıyor: {detail}", "The folder {name} cannot be written: {detail}"),
        Text(
            "İzinleri ve boş yeri denetleyin ya da ULAK_HOME ile başka bir klasör verin.",
            "Check permissions and free space, or name another folder with ULAK_HOME.",
        ),
    ),
    "pack.fetch.address": (
        Text("Yalnızca https adresleri indirilir: {address}", "Only https addresses are downloaded: {address}"),
        _SOURCES,
    ),
    "pack.fetch.sources": (
        Text("Paket adresleri okunamıyor: {detail}", "The list of package addresses cannot be read: {detail}"),
        _SOURCES,
    ),
    "pack.fetch.failed": (
        Text("{address} indirilemedi: {detail}", "{address} could not be downloaded: {detail}"),
        _LATER,
    ),
    "pack.fetch.status": (
        Text("{address} {status} yanıtı verdi.", "{address} answered {status}."),
        Text(
            "Adres değişmiş olabilir: ebelge.gib.gov.tr'deki yenisini ULAK_PACK_SOURCES dosyasına yazın.",
            "The address may have moved: put the new one from ebelge.gib.gov.tr into the ULAK_PACK_SOURCES file.",
        ),
    ),
    "pack.fetch.too-large": (
        Text("{address} {limit} bayttan büyük.", "{address} is larger than {limit} bytes."),
        _SOURCES,
    ),
    "pack.fetch.too-slow": (
        Text("{address} {limit} saniyede indirilemedi.", "{address} was not downloaded within {limit} seconds."),
        _LATER,
    ),
}
_PASSING: Final = frozenset({"pack.fetch.failed", "pack.fetch.too-slow", "pack.home"})


class PackError(UlakError):
    """A rule pack cannot be read, recorded, found or used; ``code`` is one of ``pack.*``."""


def problem(code: str, *, where: str = "", line: int | None = None, **facts: object) -> PackError:
    """The error of that code, its sentences filled with ``facts``.

    >>> problem("pack.none", kind="earsiv").text.en
    'There is no active pack of kind earsiv.'
    """
    text, repair = _PROBLEMS[code]
    return PackError(
        code, text.format(**facts), repair.format(**facts), where=where, line=line, permanent=code not in _PASSING
    )
