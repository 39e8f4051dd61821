"""The options of the engine: name, default, check and help in one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from .schema import KEYS
from .warnings import Kind, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def _timezone(value: object) -> bool:
    try:
        ZoneInfo(str(value))
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError, but OSError for a folder
        return False
    except KeyError:
        return False
    return True


def _positive(value: object) -> bool:
    return isinstance(value, int) and value > 0


def _keys(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(item in list(KEYS) for item in value)


def _patterns(value: object) -> bool:
    try:
        return isinstance(value, list) and all(re.compile(item) for item in value)
    except (re.error, TypeError):
        return False


def _texts(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) for item in value.items() for text in item
    )


def _groups(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(
        isinstance(group, str) and group.count("=") and all(map(str.strip, group.split("=")))
        for group in value
    )


def _option(
    default: Any, expected: str, check: Callable[[object], bool], help: str, rebuild: str = "env"
) -> Any:
    metadata = {"expected": expected, "check": check, "help": help, "rebuild": rebuild}
    if isinstance(default, (dict, list)):
        return field(default_factory=default.copy, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Options:
    """Every ``formulary_*`` option; a wrong value is reported and replaced by the default."""

    timezone: str = _option(
        "UTC",
        "the name of a time zone, such as 'Asia/Shanghai'",
        _timezone,
        "Zone of the dates in front matter, and of the clock that decides what is in the future.",
    )
    required: list[str] = _option(
        ["title", "date"],
        "a list of front matter keys",
        _keys,
        "Keys that every post must have.",
    )
    excerpt_length: int = _option(
        140,
        "a positive number",
        _positive,
        "Length of an excerpt in CJK characters; a word of another script counts as two.",
    )
    page_size: int = _option(
        12, "a positive number", _positive, "Posts on one page of a collection.", "html"
    )
    preview: bool = _option(
        False,
        "True or False",
        lambda value: value in (True, False, "0", "1"),
        "Show drafts and future posts, marked, as for a pull request's preview.",
        "",  # the gate compares what takes part; a re-reading of everything is not needed
    )
    edit_url: str = _option(
        "",
        "an address with '{path}', such as 'https://github.com/me/site/edit/main/{path}'",
        lambda value: isinstance(value, str) and (not value or "{path}" in value),
        "Where readers can mend an article: its file, relative to conf.py, is put in.",
        "html",
    )
    macros: dict[str, str] = _option(
        {},
        r"a dictionary of TeX macros, such as {'\\R': r'\mathbb{R}'}",
        _texts,
        "TeX macros, the same in every output format.",
    )
    cache: str = _option(
        ".cache",
        "a path",
        lambda value: isinstance(value, str),
        "Folder of figures, formulas and stylesheets that have been made, relative to conf.py.",
    )
    css_keep: list[str] = _option(
        [],
        "a list of regular expressions, such as ['^btn-']",
        _patterns,
        "Classes, ids and tags whose rules stay in the theme's CSS though no template names them.",
        "html",
    )
    synonyms: list[str] = _option(
        [],
        "a list of texts such as '投机解码 = speculative decoding'",
        _groups,
        "What goes by several names, for the search; terms of glossaries are known anyway.",
        "",  # the index compares what it was made from
    )
    labels: str = _option(
        "",
        "a path",
        lambda value: isinstance(value, str),
        "File that records the labels that have been published, relative to conf.py.",
        "",
    )
    record_labels: bool = _option(
        False,
        "True or False",
        lambda value: value in (True, False, "0", "1"),
        "Add the labels of this build to the record.",
        "",
    )
    node_modules: str = _option(
        "node_modules",
        "a path",
        lambda value: isinstance(value, str),
        "Folder with the npm packages of the engine, relative to conf.py.",
        "html",
    )


def options(config: Config) -> Options:
    """The options of this build, as one value."""
    values = {item.name: getattr(config, f"formulary_{item.name}") for item in fields(Options)}
    for switch in ("preview", "record_labels"):  # on the command line they are texts
        values[switch] = values[switch] in (True, "1")
    return Options(**values)


def author_name(config: Config, label: str) -> str:
    """How ablog's ``blog_authors`` names an author; one that it does not know goes by the label."""
    return str(config.blog_authors.get(label, (label, None))[0])


def line_of_key(source: str, key: str) -> int | None:
    """The line of conf.py on which a dictionary has *key*."""
    written = {key, repr(key)[1:-1]}  # in a raw string, and with its backslashes doubled
    quoted = [f"{quote}{name}{quote}" for name in written for quote in "'\""]
    lines = enumerate(source.splitlines(), 1)
    return next((line for line, text in lines if any(name in text for name in quoted)), None)


def _check(app: Sphinx, config: Config) -> None:
    for item in fields(Options):
        name = f"formulary_{item.name}"
        value = getattr(config, name)
        if not item.metadata["check"](value):
            default = _default(item)
            expected = item.metadata["expected"]
            message = f"conf.py: {name} is {value!r}; expected {expected}. {default!r} is used"
            warn(Kind.OPTION, message)
            setattr(config, name, default)


def _default(item: Any) -> Any:
    return item.default if item.default is not MISSING else item.default_factory()


def setup_config(app: Sphinx) -> None:
    """Register each option as ``formulary_<name>``."""
    for item in fields(Options):
        app.add_config_value(
            f"formulary_{item.name}",
            _default(item),
            item.metadata["rebuild"],
            description=item.metadata["help"],
        )
    app.connect("config-inited", _check)
