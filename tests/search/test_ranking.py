"""How near the top the right answer is: readers' queries over the whole site."""

from statistics import mean

import pytest
import yaml
from conftest import TESTS
from whole_site import build_once

from .asked import ask

QUERIES = yaml.safe_load((TESTS / "search/queries.yml").read_text(encoding="utf-8"))
LEAST = {"words": 0.95, "tex": 0.9}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, worker_id):
    return build_once(tmp_path_factory, worker_id).outdir / "_search"


@pytest.mark.parametrize("name", ["tuning", "kept"])
def test_the_right_answer_is_near_the_top(folder, name, record_property) -> None:
    rows = QUERIES[name]
    answers = ask(*(["search", row["query"], {}] for row in rows), folder=folder)
    ranks: dict[str, list[float]] = {"words": [], "tex": []}
    for row, answer in zip(rows, answers, strict=True):
        places = [
            url.removesuffix(".html") + (f"#{id}" if group == "formulas" else "")
            for group, url, id in answer["order"]
        ]
        right = [rank for rank, place in enumerate(places, 1) if place in row["expect"]]
        ranks["tex" if row["kind"] == "tex" else "words"].append(1 / right[0] if right else 0)
    found = {kind: round(mean(values), 4) for kind, values in ranks.items()}
    for kind, value in found.items():
        record_property(f"mrr-{name}-{kind}", value)
    assert all(found[kind] >= LEAST[kind] for kind in LEAST), found
