"""Giving a kept file to somebody who may see the row it belongs to."""

from django.http import FileResponse, Http404

from simpul.files import storage
from simpul.files.models import StoredFile

ENDINGS = {"image/jpeg": "jpg", "image/webp": "webp", "application/pdf": "pdf"}


def file_response(stored: StoredFile) -> FileResponse:
    """The file, harmless to the browser: a picture (whose bytes this house wrote) is shown, everything else is only
    downloaded. The caller has checked that the reader may see the row the file belongs to; there is no address
    that takes a file's id alone. Raises Http404 where the file is gone."""
    try:
        content = storage.read(stored.pk)
    except FileNotFoundError:
        raise Http404 from None
    is_ours = stored.kind == StoredFile.Kind.PICTURE
    name = f"{stored.given_name.rsplit('.', 1)[0] or 'file'}.{ENDINGS.get(stored.media_type, 'bin')}"
    response = FileResponse(
        content, as_attachment=not is_ours, filename=name,
        content_type=stored.media_type if is_ours else "application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"  # signatures and faces stay on no shared computer
    return response
