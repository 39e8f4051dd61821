import os

project = "Theme"
author = "Someone"
copyright = "2025, Someone"
extensions = ["myst_parser", "sphinx.ext.todo", "sphinx_formulary"]
exclude_patterns = ["_build", "node_modules"]
myst_enable_extensions = ["dollarmath", "colon_fence", "deflist", "fieldlist", "tasklist"]
myst_heading_anchors = 4
blog_post_pattern = ["posts/*"]
todo_include_todos = True
html_theme = os.environ.get("THEME", "sphinx_book_theme")
html_title = "Theme"
html_favicon = "figure.svg"
html_context = {"default_mode": "auto"}
html_domain_indices = False
html_theme_options = {
    "navbar_persistent": [],
    "icon_links": [{"name": "Work", "url": "https://example.org", "icon": "fa-solid fa-hammer"}],
    "announcement": "Something is announced.",
}
if html_theme == "sphinx_book_theme":
    html_theme_options |= {
        "repository_url": "https://github.com/someone/theme",
        "use_repository_button": True,
        "use_issues_button": True,
    }
fontawesome_included = True
nitpicky = False


def setup(app):
    # The stylesheets as the theme has them, to compare with.
    if os.environ.get("WHOLE_CSS"):
        from sphinx_formulary import stylesheets

        stylesheets.slim = lambda sheets, *_: {sheet.name: sheet.css for sheet in sheets}
