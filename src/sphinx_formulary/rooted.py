"""A page that is shown at any address: its links begin at the root of the host. Pure."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

NOT_FOUND = "404"  # hosts show this page at addresses that lead nowhere

_RELATIVE = re.compile(r'\b(href|src|data-content_root)="(?!#|/|[a-z][a-z+.-]*:)([^"]+)"')


def rooted(html: str, uri: str, site: str) -> str:
    """The page that stands at *uri* below the address *site*, with links from the host's root."""
    place = urljoin(f"{urlsplit(site).path.rstrip('/')}/", uri)
    return _RELATIVE.sub(lambda link: f'{link[1]}="{urljoin(place, link[2])}"', html)
