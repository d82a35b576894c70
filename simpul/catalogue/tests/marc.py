"""Writing MARC records for tests."""

Fieldish = tuple[str, str] | tuple[str, str, list[tuple[str, str]]]


def field(tag: str, indicators: str = "  ", **subfields: str) -> tuple[str, str, list[tuple[str, str]]]:
    return tag, indicators, list(subfields.items())


def record(*fields: Fieldish, leader: str = "00000nam a2200000 a 4500", encoding: str = "utf-8") -> bytes:
    """A correct ISO 2709 record of these fields."""
    directory, body = b"", b""
    for f in fields:
        if len(f) == 2:
            data = f[1].encode(encoding)
        else:
            data = f[1].encode() + b"".join(b"\x1f" + c.encode() + v.encode(encoding) for c, v in f[2])
        data += b"\x1e"
        directory += f"{f[0]}{len(data):04}{len(body) % 100_000:05}".encode()
        body += data
    base = 24 + len(directory) + 1
    length = min(base + len(body) + 1, 99_999)
    head = f"{length:05}{leader[5:12]}{base:05}{leader[17:24]}".encode()
    return head + directory + b"\x1e" + body + b"\x1d"
