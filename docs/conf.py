"""How the documentation is built: `make docs`; a warning is an error."""

import naqi

project = "naqi"
author = "The naqi authors"
copyright = "2026, The naqi authors"
release = version = naqi.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # the tests run the notebook; it is committed with what it showed
default_role = "code"
nitpicky = True
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the signatures of compiled functions hold none; the types are for editors
autodoc_mock_imports = ["datatrove", "sklearn", "spacy"]
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"naqi {release}"
html_static_path = ["_static"]
html_css_files = ["naqi.css"]
html_show_sphinx = False
html_copy_source = False
