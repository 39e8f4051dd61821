"""The colours of code, for light and for dark in one rule. Pure.

The theme writes all rules twice. In one they are half as long, and hold where no script has chosen.
"""

from __future__ import annotations

import re

_RULE = re.compile(
    r'^html\[data-theme="(light|dark)"\] ([^{]+?) *\{ *([^}]*?) *\}.*$', re.MULTILINE
)
_COLOURS = {"color", "background-color", "background"}

Declarations = dict[str, str]


def both(css: str) -> str:
    """Rules for ``html[data-theme="light"]`` and ``"dark"`` as rules for either."""
    schemes: dict[str, dict[str, Declarations]] = {"light": {}, "dark": {}}
    for scheme, selector, body in _RULE.findall(css):
        pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
        found = schemes[scheme].setdefault(selector, {})
        found.update({name.strip(): value.strip() for name, value in pairs})
    light, dark = schemes["light"], schemes["dark"]
    merged = [_merged(selector, light.get(selector, {}), dark.get(selector, {}))
              for selector in {**light, **dark}]  # fmt: skip
    return _RULE.sub("", css).strip() + "\n".join(merged)


def _merged(selector: str, light: Declarations, dark: Declarations) -> str:
    together = {name: value for name, value in light.items() if dark.get(name) == value}
    for name in light.keys() & dark.keys() & _COLOURS - together.keys():
        together[name] = f"light-dark({light[name]}, {dark[name]})"
    rules = [_rule("html[data-theme]", selector, together)]
    for scheme, own in (("light", light), ("dark", dark)):
        rest = {name: value for name, value in own.items() if name not in together}
        rules.append(_rule(f'html[data-theme="{scheme}"]', selector, rest))
    return "".join(rules)


def _rule(prefix: str, selector: str, declarations: Declarations) -> str:
    if not declarations:
        return ""
    body = "; ".join(f"{name}: {declarations[name]}" for name in sorted(declarations))
    return f"{prefix} {selector} {{ {body} }}\n"
