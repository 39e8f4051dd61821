import os

project = "Rebuild"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_formulary"]
exclude_patterns = ["_build", ".cache", "node_modules", "shared", "extra", "_templates"]
myst_enable_extensions = ["dollarmath"]
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "author_year"
numfig = True
blog_baseurl = "https://example.org/"
blog_post_pattern = ["posts/**"]
formulary_macros = {r"\one": "1"}
formulary_page_size = 2
templates_path = ["_templates"]
html_theme = "basic"
html_title = "Rebuild"
html_copy_source = True
html_extra_path = ["extra"]
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_sidebars = {
    "guide/*": ["globaltoc.html"],
    "posts/**": ["formulary/categories.html"],
}
html_domain_indices = False
html_use_index = False
nitpicky = True


def setup(app):
    def die(app, pagename, *_):
        if pagename == os.environ.get("DIE_AT"):
            os._exit(1)

    app.connect("html-page-context", die)
