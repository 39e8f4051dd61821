"""A site for a test: sources in a temporary folder, built as a person builds them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PROJECT = TESTS.parent
ROOTS = TESTS / "roots"
NODE_MODULES = PROJECT / "node_modules"
CLOCK = "1767225600"  # 2026-01-01 00:00 UTC: what is in the future never changes


@dataclass
class Built:
    """What one run of sphinx-build left behind."""

    code: int
    output: str
    outdir: Path

    @property
    def warnings(self) -> list[str]:
        """Warnings and errors, a line each, with paths relative to the source folder."""
        return [line for line in self.output.splitlines() if "WARNING:" in line or "ERROR:" in line]

    def page(self, name: str) -> str:
        """The HTML of a page, by its file name."""
        return (self.outdir / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, str]:
        """Every file of the output folder, with a hash of its bytes."""
        return {
            path.relative_to(self.outdir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.outdir.rglob("*"))
            if path.is_file() and ".doctrees" not in path.parts
        }


@dataclass
class Site:
    """Sources that a test edits, and ways to build them."""

    srcdir: Path
    env: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: str, srcdir: Path) -> Site:
        """A copy of ``roots/test-<root>``."""
        shutil.copytree(ROOTS / f"test-{root}", srcdir)
        (srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
        return cls(srcdir)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write one source file."""
        path = self.srcdir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def post(self, name: str, body: str = "One paragraph.\n", **front: object) -> Path:
        """Write ``posts/<name>.md``; keywords are its front matter, None leaves a key out."""
        front = {"title": name, "date": "2025-01-01", **front}
        lines = [f"{key}: {value}" for key, value in front.items() if value is not None]
        return self.write(f"posts/{name}.md", "\n".join(["---", *lines, "---", "", body]))

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace *old*, which must occur, in a source file."""
        path = self.srcdir / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def build(
        self, *args: str, out: str = "html", builder: str = "html", doctrees: str = ""
    ) -> Built:
        """Run sphinx-build into ``_build/<out>``."""
        outdir = self.srcdir / "_build" / out
        command = [sys.executable, "-m", "sphinx", "-b", builder, "--no-color"]
        command += ["-d", str(self.srcdir / "_build" / (doctrees or f"doctrees-{out}"))]
        done = subprocess.run(
            [*command, *args, str(self.srcdir), str(outdir)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "NO_COLOR": "1", "SOURCE_DATE_EPOCH": CLOCK, **self.env},
        )
        text = (done.stdout + done.stderr).replace(f"{self.srcdir}/", "")
        return Built(done.returncode, text, outdir)

    def clean_build(self, *args: str, builder: str = "html") -> Built:
        """Build into an empty folder, with nothing left of any other build."""
        for name in ("clean", "doctrees-clean"):
            shutil.rmtree(self.srcdir / "_build" / name, ignore_errors=True)
        return self.build(*args, out="clean", builder=builder)


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Site:
    """A copy of ``roots/test-<name>``: ``@pytest.mark.root("name")``, else ``test-minimal``."""
    marker = request.node.get_closest_marker("root")
    return Site.of(marker.args[0] if marker else "minimal", tmp_path / "site")
