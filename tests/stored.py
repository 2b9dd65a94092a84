"""A stored film, read back."""

import json


def opened(film):
    """Its frames, on which other each lies, and all that else is said in its first line."""
    line, _, rest = film.partition(b"\n")
    head, frames = json.loads(line), []
    for _, _, size in head["layers"]:
        frames.append(rest[:size])
        rest = rest[size:]
    assert rest == b""
    return frames, [under for _, under, _ in head["layers"]], head
