"""Images: their files, and their names in ``_images``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docutils import nodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx
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


class ImagePaths(SphinxTransform):
    """Finds images whose names are not ASCII: MyST leaves their paths as a URL writes them."""

    default_priority = 10

    def apply(self) -> None:
        for image in self.document.findall(nodes.image):
            path = unquote(image["uri"])
            if Path(self.env.relfn2path(path)[1]).is_file():
                image["uri"] = path


def setup_images(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(ImagePaths)
