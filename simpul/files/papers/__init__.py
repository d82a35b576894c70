"""Papers as PDF: a template of ours plus values, never markup.

A template is a `.typ` file in an app's folder `papers/`. It gets `values` as JSON, so whatever somebody typed comes
out letter by letter, and may import the house's own parts from `house.typ` (letterhead, table, place to sign).
"""

from simpul.files.papers.pdf import code_picture, page_picture, pdf
from simpul.files.papers.response import pdf_response

__all__ = ["code_picture", "page_picture", "pdf", "pdf_response"]
