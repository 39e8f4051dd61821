"""Which document owns a label that several give. Part of JOIN."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment

    from .model import Facts


def settle_labels(env: BuildEnvironment, facts: Mapping[str, Facts]) -> None:
    """Give each label to the first document that has it, by name.

    Sphinx gives it to the last one that was read, which depends on the number of processes, and to
    none when that one gives it up.
    """
    owners: dict[str, str] = {}
    for docname, item in sorted(facts.items()):
        for target in item.targets:
            owners.setdefault(target.name, docname)
    std = env.domains.standard_domain
    before: set[str] = set()
    while (wrong := _wrong(std, owners)) != before:
        # Sphinx's own rules for what a label is; a document may take labels of an earlier one,
        # which then is wrong in the next round, so that the first comes last.
        for docname in sorted(wrong, reverse=True):
            std.process_doc(env, docname, env.get_doctree(docname))
        before = wrong


def _wrong(std: StandardDomain, owners: Mapping[str, str]) -> set[str]:
    """Documents that do not own a label that should be theirs."""
    return {
        docname for name, docname in owners.items() if std.anonlabels.get(name, ("",))[0] != docname
    }
