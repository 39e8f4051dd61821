"""Names of images in ``_images``. Part of JOIN."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def image_name(source: str) -> str:
    """The name of an image: of its own path alone."""
    path = Path(source)
    digest = hashlib.sha256(path.as_posix().encode()).hexdigest()[:8]
    return f"{path.stem}-{digest}{path.suffix}"


def settle_images(env: BuildEnvironment) -> None:
    """Name every image: Sphinx numbers those of one base name in the order of reading."""
    for source, (docnames, _) in list(env.images.items()):
        env.images[source] = (docnames, image_name(source))
