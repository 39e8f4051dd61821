"""A work is cited by author and year, and no two works of a list share a label."""

import pytest
from pybtex.database import parse_string

from sphinx_formulary.bibliography import author_year, labels

WORKS = parse_string(
    r"""
@article{one, author = {Tri Dao}, year = 2022}
@article{two, author = {Dao, Tri and Gu, Albert}, year = 2023}
@article{many, author = {Hu, Edward and Shen, Yelong and Wallis, Phillip}, year = 2022}
@article{others, author = {Hu, Edward and others}, year = 2021}
@article{von, author = {van der Maaten, Laurens}, year = 2008}
@article{team, author = {{OpenAI}}, year = 2023}
@book{edited, editor = {Rasmussen, Carl}, year = 2006}
@misc{nobody, year = 2020}
@misc{undated, author = {Knuth, Donald}}
@article{chinese, author = {王, 小明}, year = 2024}
""",
    "bibtex",
).entries


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("one", "Dao, 2022"),
        ("two", "Dao & Gu, 2023"),
        ("many", "Hu et al., 2022"),
        ("others", "Hu et al., 2021"),
        ("von", "van der Maaten, 2008"),
        ("team", "OpenAI, 2023"),
        ("edited", "Rasmussen, 2006"),
        ("nobody", "nobody, 2020"),
        ("undated", "Knuth, n.d."),
        ("chinese", "王, 2024"),
    ],
)
def test_a_work_is_named_by_author_and_year(key: str, label: str) -> None:
    assert author_year(WORKS[key]) == label


def test_works_of_one_author_and_year_get_letters() -> None:
    keys = ["one", "many", "one", "two", "one"]
    assert list(labels(WORKS[key] for key in keys)) == [
        "Dao, 2022a",
        "Hu et al., 2022",
        "Dao, 2022b",
        "Dao & Gu, 2023",
        "Dao, 2022c",
    ]
