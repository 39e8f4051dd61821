"""Sites to search in: generated ones of any size, and the repository's without the engine."""

import json
import random
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]


def sphinx(folder: Path, out: Path, *options: str) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-j", "2", *options, folder, out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the build failed:\n{done.stderr[-3000:]}")


PLAIN = """
project = "Benchmark"
language = "zh_CN"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_title_to_header = True
bibtex_bibfiles = ["references.bib"]
suppress_warnings = ["toc", "myst", "ref", "bibtex"]
html_theme = "basic"
html_search_language = "zh"
"""


def plain_site(folder: Path) -> None:
    """The same texts without the engine: what its directives would show is missing."""
    for name in ("posts", "guide"):
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("index.md", "about.md", "terms.md", "bibliography.md", "references.bib"):
        shutil.copy(PROJECT / name, folder / name)
    (folder / "conf.py").write_text(PLAIN, encoding="utf-8")


CONF = """
import json, resource, time
import sphinx_formulary.search as room

project = "Benchmark"
language = "zh_CN"
extensions = ["myst_parser", "sphinx_formulary"]
exclude_patterns = ["_build", "node_modules", ".cache"]
myst_enable_extensions = ["amsmath", "dollarmath"]
html_theme = "basic"
blog_post_pattern = ["posts/*.md"]
formulary_macros = {macros!r}
told = {{}}

def counted(items):
    for item in items:
        told["job"] += len(json.dumps(item))
        yield item

def measured(script, job, *more, run=room.run_node):
    told["job"] = len(json.dumps(job))
    begin = time.monotonic()
    answer = run(script, job, *map(counted, more))
    told["node"] = time.monotonic() - begin
    told["memory"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return answer

def written(*given, write=room.write_index):
    begin = time.monotonic()
    write(*given)
    told["index"] = time.monotonic() - begin
    with open({told!r}, "w") as file:
        json.dump(told, file)

room.run_node, room.write_index = measured, written
"""
LINK = re.compile(r"\{[\w:-]+\}`[^`]*`|\[[^\]]*\]\([^)]*\)|\[\^|`|<|\*\*")
HAN = re.compile(r"[\u4e00-\u9fff]+")
SMALL = re.compile(r"[的是在与和了就把为也而对从一个这那不只有可以每再要用被它时中上下到]+")
LETTER = re.compile(r"(\\[A-Za-z]+|\\.|[A-Za-z]{2,})|([A-Za-z])")
SYLLABLES = [
    "ba", "co", "di", "fer", "gu", "hol", "im", "jan", "ka", "lu", "mor", "net", "or",
    "pri", "qua", "ret", "so", "tan", "ul", "ver", "wix", "yo", "zen",
]  # fmt: skip


class Material:
    """Sentences, displayed formulas and words of this repository's posts."""

    def __init__(self) -> None:
        texts = [
            path.read_text(encoding="utf-8") for path in sorted((PROJECT / "posts").glob("*.md"))
        ]
        bodies = [text.split("\n---\n", 1)[1] for text in texts]
        prose = [re.sub(r"(?s)```.*?\n```|\$\$.*?\$\$(?: \([^)]*\))?", "", body) for body in bodies]
        lines = [line for body in prose for line in body.splitlines() if line[:1].isalnum()]
        pieces = [piece for line in lines for piece in re.split(r"(?<=[。；？])", line)]
        self.sentences = [piece for piece in pieces if 12 <= len(piece) <= 160 and fit(piece)]
        found = [tex for body in bodies for tex in re.findall(r"(?s)\$\$\n(.*?)\n\$\$", body)]
        self.formulas = [tex for tex in found if len(tex) < 400 and "array" not in tex]
        runs = [run for text in self.sentences for run in HAN.findall(text)]
        self.words = [word for run in runs for word in SMALL.split(run) if 2 <= len(word) <= 5]
        self.characters = "".join(self.words)
        self.tags = sorted(set(self.words))[:: max(1, len(set(self.words)) // 300)][:300]


def fit(sentence: str) -> bool:
    """Whether a sentence can stand anywhere."""
    return not LINK.search(sentence) and sentence.count("$") % 2 == 0 and "$$" not in sentence


def changed(tex: str, chance: random.Random) -> str:
    """The formula with other letters, as another author would write it."""
    if chance.random() < 0.3:
        return tex
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    mixed = dict(zip(letters, chance.sample(letters, 26), strict=True))
    mixed |= {one.upper(): other.upper() for one, other in mixed.items()}
    return LETTER.sub(lambda match: match[1] or mixed[match[2]], tex)


def sentence(material: Material, own: list[str], chance: random.Random) -> str:
    """A sentence, in which the things of the article may have taken the place of others."""
    text = chance.choice(material.sentences)
    parts = text.split("$")
    parts[1::2] = [changed(tex, chance) for tex in parts[1::2]]
    if chance.random() < 0.2:
        word = chance.choice([word for word in SMALL.split(parts[0]) if word] or [""])
        parts[0] = (
            parts[0].replace(word, chance.choice(own), 1) if HAN.fullmatch(word) else parts[0]
        )
    return "$".join(parts)


def names(number: int, material: Material) -> list[str]:
    """What only one post is about: the vocabulary of a site grows with it."""
    chance = random.Random(f"names {number}")
    chinese = ["".join(chance.choices(material.characters, k=size)) for size in (3, 4)]
    return [*chinese, "".join(chance.choices(SYLLABLES, k=3)).capitalize()]


def front(number: int, own: list[str], material: Material, chance: random.Random) -> str:
    weights = [1 / (rank + 3) for rank in range(len(material.tags))]
    tags = sorted(set(chance.choices(material.tags, weights, k=3)))
    last = chance.choice([*own, *chance.sample(material.words, 3)])
    title = f"{''.join(chance.sample(material.words, 2))}与{last}"
    date = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    rows = [f"title: {title}", f"date: {date}", f"category: 类{number % 9}"]
    rows.append(f"tags: {json.dumps(tags, ensure_ascii=False)}")
    return "\n".join(["---", *rows, "---\n"])


def post(number: int, material: Material) -> str:
    """About 1,500 characters with some twenty formulas."""
    chance, own = random.Random(number), names(number, material)
    paragraphs = [front(number, own, material, chance)]
    for part in range(6):
        if part:
            paragraphs.append(f"\n## {''.join(chance.sample(material.words, 2))}\n")
        for _ in range(2):
            paragraphs.append("".join(sentence(material, own, chance) for _ in range(3)) + "\n")
        label = f" (p{number}-{chance.choice(SYLLABLES)}{part})" if chance.random() < 0.5 else ""
        paragraphs.append(f"$$\n{changed(chance.choice(material.formulas), chance)}\n$${label}\n")
    return "\n".join(paragraphs)


def generate(folder: Path, posts: int, told: Path) -> None:
    (folder / "posts").mkdir(parents=True)
    macros = runpy.run_path(str(PROJECT / "conf.py"))["formulary_macros"]
    conf = CONF.format(macros=macros, told=str(told))
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    (folder / "index.md").write_text("# Home\n\n```{postlist}\n:paginate: 12\n```\n", "utf-8")
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    material = Material()
    for number in range(posts):
        (folder / f"posts/p{number}.md").write_text(post(number, material), encoding="utf-8")
