project = "Signals"
language = "zh_CN"
extensions = ["myst_parser", "sphinx_formulary"]
exclude_patterns = ["_build", "node_modules", ".cache"]
myst_enable_extensions = ["dollarmath"]
blog_post_pattern = ["posts/*.md"]
html_theme = "sphinx_book_theme"
html_theme_options = {"navbar_persistent": []}
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["formulary/sidebar.html"]}
fontawesome_included = True
formulary_macros = {r"\R": r"\mathbb{R}", r"\norm": r"\left\lVert #1\right\rVert"}
formulary_synonyms = ["采样频率 = 取样率 = sampling rate"]
