"""How an article is cited: as BibTeX. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MARKUP = re.compile(r"(\$[^$]+\$)|[`*]|([#%&_])")


def bibtex(
    key: str, authors: Sequence[str], title: str, date: datetime | None, site: str, url: str
) -> str:
    """An entry for an article; *title* is Markdown, whose formulas are TeX already."""
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{_tex(title)}}}",
        "year": f"{date:%Y}" if date else "",
        "month": _MONTHS[date.month - 1] if date else "",
        "howpublished": _tex(site),
        "url": url,
    }
    # The names of months are macros of BibTeX.
    shown = {name: value if name == "month" else f"{{{value}}}" for name, value in fields.items()
             if value}  # fmt: skip
    lines = (f"  {name} = {value},\n" for name, value in shown.items())
    return f"@misc{{{key},\n{''.join(lines)}}}"


def _tex(markdown: str) -> str:
    """Text for TeX: without code and emphasis, special characters escaped, formulas as they are."""
    return _MARKUP.sub(lambda found: found[1] or (f"\\{found[2]}" if found[2] else ""), markdown)
