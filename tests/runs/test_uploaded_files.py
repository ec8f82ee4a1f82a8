"""A document beside the sheet, put octet by octet, and kept nowhere with its address."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest

from bulkops.ledger.states import RowStatus
from bulkops.problems import ProblemsFoundError
from tests.runs.standing_by import hands

PDF = b"%PDF-1.7\n\xff\xfe\x00"
SHEET = "content,file,format\nFees,@fees.pdf,pdf\n"


async def test_a_document_arrives_octet_by_octet_and_its_address_is_kept_nowhere(office):
    (office.folder / "fees.pdf").write_bytes(PDF)
    done = await office.run("create-contents", office.sheet(SHEET))
    assert done.counts == {RowStatus.SUCCEEDED: 1}
    with hands(office) as somebody:
        made = somebody.instance.tables["content"].named("Fees")
    assert made["Sha256"] == b64encode(hashlib.sha256(PDF).digest()).decode()
    assert made["contentType"] == "application/pdf"
    for path in done.folder.rglob("*"):
        assert b"X-Amz-Signature" not in path.read_bytes(), path
    assert "X-Amz-Signature" not in repr(office.events)


async def test_a_document_that_is_not_there_is_said_by_its_cell(office):
    with pytest.raises(ProblemsFoundError) as caught:
        await office.run("create-contents", office.sheet(SHEET))
    (problem,) = caught.value.problems
    assert (problem.code, problem.address.header) == ("no-file", "file")
