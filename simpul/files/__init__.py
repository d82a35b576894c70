"""Uploads: kept outside the web root, re-encoded, named by their contents.

Words: a *stored file* is bytes with a kind and a library.

Rules
1. An uploaded picture is decoded and written anew: no EXIF, no GPS, no second file type inside.
2. Nothing uploaded is served with its own media type unless we made the bytes.
3. The name people gave is kept for showing, never for a path.
4. A file is fetched through the permission of the row it belongs to.
5. A file that nothing refers to is removed by the schedule.
"""
