"""A stranger's page without anything active: an allow list of elements (nh3), and style sheets that fetch nothing."""

from __future__ import annotations

import re
from typing import Final

import nh3

__all__ = ["clean"]

_TAGS: Final = frozenset(
    (
        *(
            "a",
            "abbr",
            "address",
            "article",
            "aside",
            "b",
            "big",
            "blockquote",
            "br",
            "caption",
            "center",
            "code",
            "col",
        ),
        *("colgroup", "dd", "del", "div", "dl", "dt", "em", "fieldset", "figcaption", "figure", "font", "footer", "h1"),
        *(
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "i",
            "img",
            "ins",
            "label",
            "legend",
            "li",
            "main",
            "mark",
            "nav",
        ),
        *("ol", "p", "pre", "q", "s", "section", "small", "span", "strike", "strong", "style", "sub", "sup", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr"),
    )
)
_DROPPED_WHOLE: Final = frozenset(
    {"script", "title", "noscript", "template", "iframe", "object", "embed", "svg", "math"}
)
_ATTRIBUTES: Final = {
    "*": {"align", "bgcolor", "class", "color", "dir", "height", "id", "lang", "style", "title", "valign", "width"},
    "font": {"face", "size"},
    "img": {"alt", "border", "hspace", "src", "vspace"},
    "table": {"border", "cellpadding", "cellspacing", "frame", "rules", "summary"},
    "td": {"colspan", "nowrap", "rowspan"},
    "th": {"colspan", "nowrap", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "hr": {"noshade", "size"},
}
_PICTURE: Final = re.compile(r"data:image/(?:png|jpe?g|gif|bmp|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_STYLE_ELEMENT: Final = re.compile(r"(<style[^>]*>)(.*?)(</style>)", re.IGNORECASE | re.DOTALL)
# What CSS can fetch or run; escapes are refused altogether, since they hide the names of functions.
_FETCHING: Final = re.compile(
    r"@import|@font-face|@namespace|url\s*\(|image-set\s*\(|image\s*\(|src\s*\(|expression\s*\(|behaviou?r\s*:|-moz-binding|javascript:",
    re.IGNORECASE,
)
_CSS_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)


def clean(html: str) -> str:
    """The contents of a page's body (and its style sheets) with only what shows something."""
    kept = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        url_schemes={"data"},
        strip_comments=True,
        link_rel=None,
    )
    return _STYLE_ELEMENT.sub(lambda style: style[1] + _harmless(style[2]) + style[3], kept)


def _filtered(element: str, attribute: str, value: str) -> str | None:
    if attribute == "src":
        return value if _PICTURE.fullmatch(value) else None
    return _harmless(value) if attribute == "style" else value


def _harmless(css: str) -> str:
    bare = _CSS_COMMENT.sub("", css).replace("\\", "")
    return _FETCHING.sub("x-", bare)
