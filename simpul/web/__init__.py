"""Pages that cross domains: the start page, Today, a number opened to its rows, the journal, the PWA shell,
and the look of the house (components, styles).

Rules
1. This app has no tables and makes no change of its own.
2. Components live in templates/cotton, styles in static/simpul; every page uses them.
3. A figure on a page is a link to its rows.
"""
