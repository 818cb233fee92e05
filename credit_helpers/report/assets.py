"""What the page carries inside it: styles, fonts, scripts, and the policy that admits only those.

The palette and the margins of the page differ per report; the rest is read once.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

from credit_helpers.report.charts import CHART_TYPE, safe_json
from credit_helpers.report.cover import Cover
from credit_helpers.resources import resource
from credit_helpers.views import style
from credit_helpers.words import Words

DARK_SCREEN_LIGHT = "#BFEFF7"
# Widths of a chart on paper, in pixels of 1/96 inch: the main column and the full page.
WIDTHS = {"main": 476, "full": 642}
_HEADINGS = "Source Serif 4"
_FACES = {"Inter": "inter", _HEADINGS: "source-serif-4"}
_WEIGHTS = (400, 600)
# How every PNG begins, as base64.
_PNG = "iVBORw0KGgo"
_LIBRARY = "plotly-basic.min.js"
_SCRIPTS = ("charts.js", "paper.js", "tables.js", "reading.js", "report.js")
_STYLES = ("style.css", "screen.css", "print.css")
_SUBSETS = {
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,"
    "U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,"
    "U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}


def look(cover: Cover) -> str:
    """Return what the page's script needs to draw: palette, brand, widths and template."""
    brand = {**style.PALETTE, "accent": cover.accent}
    return safe_json(
        {
            "palette": style.PALETTE,
            "brand": brand,
            "widths": WIDTHS,
            "template": style.TEMPLATE.to_plotly_json(),
        }
    )


def logo(cover: Cover) -> str:
    """Return the logo as an address that holds the picture itself; empty without one."""
    if not cover.logo:
        return ""
    kind = "png" if cover.logo.startswith(_PNG) else "jpeg"
    return f"data:image/{kind};base64,{cover.logo}"


def own_font(cover: Cover) -> str:
    """Return the rule by which the firm's font takes the headings; empty without one.

    It has the name of the house font and follows it, so a letter that it lacks still comes from
    there.
    """
    if not cover.font:
        return ""
    source = f"data:font/woff2;base64,{cover.font}"
    return f'@font-face{{font-family:"{_HEADINGS}";font-weight:600;src:url({source})}}'


def settings(cover: Cover, words: Words) -> str:
    """Return what differs per report in the styles: the palette and the margins of the page."""
    colours = {**style.PALETTE, "accent": cover.accent, "brand-light": _light(cover.accent)}
    root = _variables(colours)
    dark = _variables({**style.DARK, "accent": colours["brand-light"]}) + "color-scheme:dark"
    label = words.label
    margins = {
        "top-left": css_text(f"{cover.client_name} · {label('report.short_title')}"),
        "top-right": css_text(f"{label('report.as_of_date')} {cover.as_of}"),
        "bottom-left": css_text(cover.confidentiality),
        "bottom-right": f"{css_text(label('report.page'))} counter(page) "
        f"{css_text(label('report.of'))} counter(pages)",
    }
    font = f"font:7.5pt Inter,Arial,sans-serif;color:{style.MUTED}"
    boxes = "".join(f"@{place}{{content:{text};{font}}}" for place, text in margins.items())
    blank = "".join(f"@{place}{{content:none}}" for place in margins)
    return (
        f":root{{{root}}}"
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-theme="light"])'
        f"{{{dark}}}}}"
        f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}'
        f"@page{{size:A4;margin:21mm 18mm 18mm 22mm;{boxes}}}"
        f"@page cover{{margin:0;{blank}}}"
    )


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


def _light(colour: str) -> str:
    """Return the brand's colour as it can be read on a dark screen.

    Examples
    --------
    >>> _light("#0B5C6B")
    '#6EADB8'
    """
    own, light = (bytes.fromhex(text[1:]) for text in (colour, DARK_SCREEN_LIGHT))
    mixed = (round(a * 0.45 + b * 0.55) for a, b in zip(own, light, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def css_text(text: str) -> str:
    r"""Return text as a CSS string in which nothing can end the string or the style element.

    Examples
    --------
    >>> css_text('A"</style>')
    '"A\\22 \\3c \\2f style\\3e "'
    """
    safe = (c if c.isalnum() or c in " .,-·" else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(safe)}"'


@cache
def assets() -> dict[str, str]:
    """Return what every page has inside: library, script, styles, fonts and their policy."""
    folder = resource("templates", "audit")
    files = {
        name: (folder / name).read_text(encoding="utf-8")
        for name in (_LIBRARY, *_SCRIPTS, *_STYLES)
    }
    library, script = files[_LIBRARY], "".join(files[name] for name in _SCRIPTS)
    return {
        "chart_library": library,
        "script": script,
        **{name.removesuffix(".css"): files[name] for name in _STYLES},
        "fonts": "\n".join(_font_faces()),
        "security": _security(library, script),
        "chart_type": CHART_TYPE,
    }


def _security(*scripts: str) -> str:
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; font-src data:; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _font_faces() -> Iterable[str]:
    # One file per weight: a browser prints a variable font as drawings of its letters.
    folder = resource("templates", "audit", "fonts")
    for (family, file), weight in product(_FACES.items(), _WEIGHTS):
        for subset, characters in _SUBSETS.items():
            data = (folder / f"{file}-{subset}-{weight}-normal.woff2").read_bytes()
            source = f"data:font/woff2;base64,{base64.b64encode(data).decode()}"
            yield (
                f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:block;'
                f'src:url({source}) format("woff2");unicode-range:{characters}}}'
            )
