"""What sheets about contents of a knowledge base have in common: their columns, and their file.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from bulkops.definition.expressions import Saved
from bulkops.definition.file_uploads import Upload
from bulkops.definition.job import Column, Polling
from bulkops.definition.kinds.found_things import Col, Find

CONTENT = Find("content", Col("content"))
FILE_PUT = Upload(
    operation="StartContentUpload",
    args={"contentType": Col("format")},
    file=Col("file"),
    most=1_000_000,  # administrator guide, quotas of Q in Connect: 1 MB a document
)
MADE = Polling(
    operation="GetContent",
    args={"contentId": Saved("content_id")},
    path="content.status",
    done=("ACTIVE",),
    failed=("CREATE_FAILED",),
)

NAME = Column(
    name="content",
    required=True,
    aliases=("content name", "name", "article", "document"),
    help="The name of the content.",
    example="Returns",
)
TITLE = Column(
    name="title",
    help="The title that agents see; blank for a new one: its name.",
    example="How to send a parcel back",
)
FILE = Column(
    name="file",
    file=True,
    aliases=("document file", "path"),
    help="The document: @returns.html names a file beside the sheet; or the text itself.",
    example="@articles/returns.html",
)
FORMAT = Column(
    name="format",
    aliases=("content type", "file type"),
    spellings={
        "text/plain": ("text", "txt", "plain"),
        "text/html": ("html", "htm"),
        "text/csv": ("csv",),
        "application/pdf": ("pdf",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
            *("docx", "word"),
        ),
    },
    help="What kind of file it is: text, html, csv, pdf or docx.",
    example="html",
)
LINK = Column(
    name="link",
    aliases=("link out uri", "url"),
    help="Where agents can read the article itself, in place of what the knowledge base says.",
    example="https://help.example.com/returns",
)
METADATA = Column(
    name="metadata",
    kind="map",
    aliases=("attributes",),
    help="Values of your own as key=value, separated by semicolons, such as a version.",
    example="version=4",
)
