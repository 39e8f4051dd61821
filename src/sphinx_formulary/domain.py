"""STORE: the facts of every document by its name, and the math domain that asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.domains.math import MathDomain
from sphinx.util.nodes import make_refnode

from .formulas import anchor, labels, reference_parts
from .model import Facts, Fault, Formula, Site
from .warnings import WarnedDocuments

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


_FAULTS = "formulary_faults"


def note_fault(env: BuildEnvironment, fault: Fault) -> None:
    """Note a mistake in the document that is being parsed; READ makes it one of its facts."""
    env.current_document[_FAULTS] = [*noted_faults(env), fault]


def noted_faults(env: BuildEnvironment) -> tuple[Fault, ...]:
    """The mistakes noted in the document that was parsed."""
    return tuple(env.current_document.get(_FAULTS) or ())


class FormularyDomain(Domain):
    """Keeps the facts. What a build derives from them is an attribute, and is never pickled."""

    name = "formulary"
    label = "Formulary"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"facts": {}, "warned": set()}

    site: Site
    held: dict[str, str]  # docname -> "draft" or "future"
    unreadable: dict[str, Fault]
    removed: set[str]  # documents that are gone since the last build
    warned: WarnedDocuments
    resolved: dict[str, list[nodes.Node]]  # docname -> excerpt, references resolved

    @classmethod
    def of(cls, env: BuildEnvironment) -> FormularyDomain:
        """The domain of an environment."""
        domain = env.domains[cls.name]
        assert isinstance(domain, cls)
        return domain

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.begin()

    def begin(self) -> None:
        """Forget what the last build derived: one environment may serve several."""
        self.site, self.held, self.unreadable = Site(), {}, {}
        self.removed, self.resolved = set(), {}

    @property
    def facts(self) -> dict[str, Facts]:
        """The facts of each document that was read."""
        facts: dict[str, Facts] = self.data["facts"]
        return facts

    def clear_doc(self, docname: str) -> None:
        self.facts.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for docname in docnames:
            if docname in otherdata["facts"]:
                self.facts[docname] = otherdata["facts"][docname]

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        # Pages that are no documents: listings, the index of formulas.
        page = target.lstrip("/")
        if page not in FormularyDomain.of(env).site.pages:
            return []
        # A format that has no such pages raises NoUri; then the words stay.
        uri = builder.get_relative_uri(fromdocname, page)
        return [("formulary:page", nodes.reference("", "", contnode, refuri=uri, internal=True))]


class FormulaDomain(MathDomain):
    """Sphinx's math domain, which asks the facts and keeps nothing.

    Numbers are given when a document is read (``equations.py``). A label used twice or not at all
    is told by JOIN, which sees all documents, in every build and also when they are read in
    parallel.
    """

    data_version = 2
    dangling_warnings: ClassVar[dict[str, str]] = {}
    object_types: ClassVar[dict[str, ObjType]] = {"equation": ObjType("equation", "eq")}

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every labelled formula, for the inventory that other projects read."""
        site = FormularyDomain.of(self.env).site
        for label, formula in site.formulas.items():
            shown = "".join(text for text, _ in reference_parts(site, [label], ""))
            yield label, shown, "equation", formula.docname, anchor(label), 1

    def note_equation(self, docname: str, labelid: str, location: Any = None) -> None:
        pass

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        site = FormularyDomain.of(env).site
        # In an excerpt the reader is elsewhere, though the reference is resolved from its post.
        place = "" if "excerpt" in node else fromdocname
        parts = list(reference_parts(site, labels(target), place))
        first = next((formula for _, formula in parts if formula), None)
        if first is None:
            # JOIN has reported it; the label stays readable in its place.
            return contnode  # type: ignore[return-value]
        if node.get("refexplicit") and contnode.astext():
            # The author's own words, which the role would show as code.
            words = contnode.astext() if isinstance(contnode, nodes.literal) else ""
            text = nodes.Text(words) if words else contnode
            return _link(builder, fromdocname, first, text)
        found = nodes.inline()
        for name, formula in parts:
            shown = nodes.Text(name)
            found += _link(builder, fromdocname, formula, shown) if formula else shown
        only = found.children[0]
        return only if len(found.children) == 1 else found  # type: ignore[return-value]

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        if target not in FormularyDomain.of(env).site.formulas:
            return []
        found = self.resolve_xref(env, fromdocname, builder, "eq", target, node, contnode)
        return [("eq", found)] if found is not None else []


def _link(
    builder: Builder, fromdocname: str, formula: Formula, text: nodes.Node
) -> nodes.reference:
    link = make_refnode(builder, fromdocname, formula.docname, anchor(formula.label), text)
    link["classes"].append("formula-reference")
    return link


def setup_domain(app: Sphinx) -> None:
    """Register both domains."""
    app.add_domain(FormularyDomain)
    app.add_domain(FormulaDomain, override=True)
