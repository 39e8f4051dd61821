"""What this site is."""

import os

project = "INCOMING TRANSMISSION"
author = "Formulary"
copyright = "2026, Formulary"
language = "zh_CN"

extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_formulary"]
exclude_patterns = [
    ".*", "_build", "node_modules", "src", "tests", "benchmarks", "docs-dev",
    "README.md", "CHANGELOG.md", "LICENSE-articles.md",
]  # fmt: skip
templates_path = ["_templates"]
nitpicky = True

# Markdown
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4
myst_footnote_sort = False  # works stay under their heading

# The blog
blog_title = project
blog_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
blog_post_pattern = ["posts/*.md"]
blog_authors = {"Formulary": ("Formulary", None)}
blog_default_author = ["Formulary"]
post_date_format = "%Y-%m-%d"
post_date_format_short = "%m-%d"

# The engine
formulary_timezone = "Asia/Shanghai"
formulary_required = ["title", "date", "category", "tags", "description"]
formulary_preview = os.environ.get("READTHEDOCS_VERSION_TYPE") == "external"
formulary_labels = "labels.txt"
repository = os.environ.get("READTHEDOCS_GIT_CLONE_URL", "").removesuffix(".git")
if repository.startswith("https://"):
    branch = os.environ.get("READTHEDOCS_GIT_IDENTIFIER", "main")
    formulary_edit_url = f"{repository}/edit/{branch}/{{path}}"
formulary_macros = {
    r"\R": r"\mathbb{R}",
    r"\E": r"\mathbb{E}",
    r"\KL": r"\operatorname{KL}",
    r"\T": r"\top",
    r"\softmax": r"\operatorname{softmax}",
    r"\diag": r"\operatorname{diag}",
    r"\tr": r"\operatorname{tr}",
    r"\rank": r"\operatorname{rank}",
    r"\argmin": r"\operatorname*{arg\,min}",
    r"\argmax": r"\operatorname*{arg\,max}",
    r"\norm": r"\left\lVert #1\right\rVert",
    r"\abs": r"\left\lvert #1\right\rvert",
    r"\bigO": r"\mathcal{O}",
}

# Works
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "author_year"

# The theme
html_theme = "sphinx_book_theme"
html_title = project
html_favicon = "_static/favicon.svg"
html_baseurl = blog_baseurl
html_static_path = ["_static"]
html_css_files = ["tokens.css", "site.css"]
html_use_index = False
html_domain_indices = False
html_context = {"default_mode": "auto"}
html_sidebars = {
    "**": ["formulary/sidebar.html"],
}
html_theme_options = {
    # Else the theme adds a second, hidden header, and its drawers do not open.
    "navbar_persistent": [],
    "disable_search": True,
    "show_prev_next": False,
    "use_download_button": False,
    "use_fullscreen_button": False,
}
# The theme sets this while it runs; without it here, every build reads every file again.
fontawesome_included = True
