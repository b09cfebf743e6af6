"""What can go wrong in serving, and in asking the control API: codes ``center.*``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Problem, Text, error_of
from ulak_center.problems import CenterError

__all__ = ["WEB_PROBLEMS", "web_error"]

WEB_PROBLEMS: Final[Mapping[str, Problem]] = {
    "center.listen": Problem(
        Text("{place} dinlenemedi: {detail}", "{place} cannot be listened at: {detail}"),
        Text("Başka bir kapı seçin ya da orayı boşaltın.", "Choose another port, or free that one."),
        permanent=False,
    ),
    "center.control-path": Problem(
        Text("Denetim arayüzünde böyle bir adres yok: {path}", "The control API has no such path: {path}"),
        Text("Adresler docs/center-web.md içindedir.", "The paths are in docs/center-control.md."),
    ),
    "center.control-method": Problem(
        Text("{path} adresinde {method} yapılamaz.", "{method} cannot be done at {path}."),
        Text("Olabilecekler: {allowed}.", "It can be: {allowed}."),
    ),
    "center.control-parameter": Problem(
        Text("“{name}” parametresi geçersiz: {value}", "The parameter “{name}” is not valid: {value}"),
        Text("Olabilecekler: {allowed}.", "It can be: {allowed}."),
    ),
    "center.control-type": Problem(
        Text("İstek gövdesi JSON olmalı; Content-Type: {kind}", "The body must be JSON; Content-Type: {kind}"),
        Text("Content-Type: application/json gönderin.", "Send Content-Type: application/json."),
    ),
    "center.control-json": Problem(
        Text("İstek gövdesi JSON değil: {detail}", "The body is no JSON: {detail}"),
        Text("UTF-8 ile yazılmış tek bir JSON nesnesi gönderin.", "Send one JSON object, in UTF-8."),
    ),
    "center.control-field": Problem(
        Text("{place}: {detail}", "{place}: {detail}"),
        Text(
            "Alanlar ve değerleri docs/center-web.md içindedir.",
            "The fields and their values are in docs/center-web.md.",
        ),
    ),
    "center.control-clock": Problem(
        Text("Saat o kadar ileri alınamaz: {value}", "The clock cannot be moved so far: {value}"),
        Text("En çok on yıl ileri gidilebilir.", "It can go ten years ahead at most."),
    ),
    "center.control-remote": Problem(
        Text("Denetim arayüzü yalnız bu makineden kullanılabilir.", "The control API is for this machine only."),
        Text(
            "Başka makineler için merkezi --control-token ile başlatın.",
            "Start the center with --control-token for other machines.",
        ),
    ),
    "center.control-origin": Problem(
        Text("Bu istek başka bir sitenin sayfasından geldi.", "This request came from another site's page."),
        Text(
            "Denetim arayüzünü kendi adresinden kullanın: {base}/",
            "Use the control API from its own address: {base}/",
        ),
    ),
    "center.control-token": Problem(
        Text("Denetim arayüzünün anahtarı eksik ya da yanlış.", "The token of the control API is missing or wrong."),
        Text("Authorization: Bearer ANAHTAR başlığını gönderin.", "Send the header Authorization: Bearer TOKEN."),
    ),
    "center.control-missing": Problem(
        Text("Bu merkezde “{name}” kurulu değil.", "This center has no “{name}”."),
        Text("Merkezi `ulak center run` ile başlatın.", "Start the center with `ulak center run`."),
    ),
    "center.no-account": Problem(
        Text("{number} numaralı kayıtlı bir mükellef yok.", "There is no registered taxpayer {number}."),
        Text("Numarayı denetleyin.", "Check the number."),
    ),
    "center.no-package": Problem(
        Text("{id} numaralı bir paket yok.", "There is no package {id}."),
        Text("Paketin adını .zip olmadan yazın.", "Give the name of the package without .zip."),
    ),
    "center.no-fault": Problem(
        Text("{id} numaralı kurulu bir hata yok.", "There is no scripted fault {id}."),
        Text("GET /control/faults kurulu olanları gösterir.", "GET /control/faults shows what is scripted."),
    ),
}
"""The codes, with what they say and what to do."""


def web_error(code: str, /, *, where: str = "", **facts: object) -> CenterError:
    """The error of a code, its facts filled in."""
    return error_of(CenterError, WEB_PROBLEMS, code, where=where, line=None, **facts)
