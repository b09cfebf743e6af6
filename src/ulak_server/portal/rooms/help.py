"""Help: open to all, with nothing of any taxpayer in it."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from ulak.errors import Text
from ulak_server.folding import sort_key
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import shown
from ulak_server.portal.help import codes
from ulak_server.portal.help.articles import GROUPS, article, articles, search
from ulak_server.portal.help.terms import TERMS

__all__ = ["ROOM"]

ROOM = Pages("help", prefix="help/")
_LONGEST: Final = 100
_TITLE: Final = Text("Yardım", "Help")


@ROOM.page("GET", "help", "open", _TITLE, top=True)
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All articles, or what was found."""
    asked = request.GET.get("q", "").strip()[:_LONGEST]
    known = {one.slug: one for one in articles(visit.language)}
    values = {
        "asked": asked,
        "hits": search(asked, visit.language) if asked else [],
        "codes": codes.found(asked) if asked else [],
        "groups": [(label, [known[slug] for slug in slugs]) for label, slugs in GROUPS.values()],
    }
    return shown(request, visit, "portal/help/home.html", values, part="portal/help/_found.html")


@ROOM.page("GET", "terms", "open", Text("Terimler", "Terms"))
def terms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The list of terms, by the alphabet of the page's language."""
    listed = sorted(TERMS.items(), key=lambda row: sort_key(row[1].name.say(visit.language)))
    return shown(request, visit, "portal/help/terms.html", {"terms": listed})


@ROOM.page("GET", "codes", "open", Text("Hata ve durum kodları", "Codes of errors and states"))
def all_codes(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every code, by its area."""
    listed = [(area, codes.SERVICES.get(area), found) for area, found in codes.areas().items()]
    return shown(request, visit, "portal/help/codes.html", {"areas": listed})


@ROOM.page("GET", "codes/<str:code>", "open", Text("Kod", "Code"))
def one_code(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """One code: what it means and what to do."""
    found = codes.entry(code)
    if found is None:
        raise problem("pages.not-found")
    values = {"entry": found, "has_places": "…" in found.text.tr + found.repair.tr}
    return shown(request, visit, "portal/help/code.html", values, title=Text(code, code))


@ROOM.page("GET", "<slug:slug>", "open", _TITLE)
def read(request: HttpRequest, visit: Visit, slug: str) -> HttpResponse:
    """One article."""
    found = article(slug, visit.language)
    if found is None:
        raise problem("pages.not-found")
    around = [one for _, slugs in GROUPS.values() if slug in slugs for one in slugs if one != slug]
    # The text is the package's own, rendered without raw HTML.
    html = mark_safe(found.html)  # noqa: S308
    values = {"article": found, "html": html, "around": [article(one, visit.language) for one in around]}
    return shown(request, visit, "portal/help/article.html", values, title=Text(found.title, found.title))
