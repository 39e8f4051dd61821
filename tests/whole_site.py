"""The repository's own site, built once in a test run, and what its pages link to."""

import fcntl
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from conftest import PROJECT, Built
from lxml import html
from lxml.html import HtmlElement


def build_once(tmp_path_factory, worker_id: str) -> Built:
    """Build the site, warnings as errors; workers, who wait for it, share the result."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    outdir, report = folder / "whole-site", folder / "whole-site.txt"
    with (folder / "whole-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not report.exists():
            command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-n"]
            command += ["-j", "4", "--no-color"]
            command += ["-d", str(folder / "whole-site-doctrees"), ".", str(outdir)]
            environment = {**os.environ}
            environment.pop("SOURCE_DATE_EPOCH", None)
            done = subprocess.run(
                command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
            )
            report.write_text(f"{done.returncode}\n{done.stdout}{done.stderr}", encoding="utf-8")
    code, _, output = report.read_text(encoding="utf-8").partition("\n")
    return Built(int(code), output, outdir)


def pages(outdir: Path) -> Iterator[Path]:
    """Every page of the output; themes keep templates among their static files."""
    for path in sorted(outdir.rglob("*.html")):
        if not {"_static", ".doctrees"} & set(path.relative_to(outdir).parts):
            yield path


@cache
def tree(path: Path) -> HtmlElement:
    """The parsed page."""
    return html.fromstring(path.read_bytes())


@cache
def ids(path: Path) -> list[str]:
    return [str(value) for value in tree(path).xpath("//@id")]


def addresses(path: Path) -> list[str]:
    """Everything that the page links to or loads, without repetition."""
    return sorted({str(value).strip() for value in tree(path).xpath("//@href | //@src")})


def broken_links(outdir: Path) -> list[str]:
    """Relative links that lead to no file, or to a file without that anchor."""
    return [
        f"{path.relative_to(outdir)}: {address}"
        for path in pages(outdir)
        for address in addresses(path)
        if not _leads_somewhere(outdir, path, address)
    ]


def _leads_somewhere(outdir: Path, path: Path, address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    target = path
    if parts.path:
        # The page for missing addresses names all from the root of its host.
        start = f"{outdir}/" if path.name == "404.html" else path.parent
        target = Path(os.path.normpath(f"{start}/{unquote(parts.path)}"))
        if target.is_dir():
            target /= "index.html"
    if not target.is_file():
        return False
    return not parts.fragment or unquote(parts.fragment) in ids(target)


def repeated_ids(outdir: Path) -> dict[str, list[str]]:
    """Ids that stand twice on a page, by page."""
    counts = {path: Counter(ids(path)) for path in pages(outdir)}
    twice = {path: [name for name, n in count.items() if n > 1] for path, count in counts.items()}
    return {path.relative_to(outdir).as_posix(): names for path, names in twice.items() if names}
