"""Tags that save fetching again what has not changed (RFC 9110, If-None-Match).

Responsible for: reading the header.
Not responsible for: making tags, which each answer does from its content.
"""

from fastapi import Request


def tags_of(request: Request) -> set[str]:
    """Return the tags that the caller has already."""
    header = request.headers.get("if-none-match", "")
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
