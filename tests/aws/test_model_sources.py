"""Models found in files, folders, archives and packages, whatever else these hold."""

from __future__ import annotations

import gzip
import io
import json
import stat
import tarfile
import zipfile

import pytest

from bulkops.aws import model_sources
from bulkops.aws.model_sources import ModelError, models_in
from bulkops.aws.own_models import put, remove
from tests.definition.test_model_differences import MODEL

WHERE = "botocore/data/connect/2017-08-08"
TEXT = json.dumps(MODEL).encode()
FILES = {
    f"{WHERE}/service-2.json.gz": gzip.compress(TEXT, mtime=0),
    f"{WHERE}/paginators-1.json": b'{"pagination": {}}',
    f"{WHERE}/examples-1.json": b"{}",
    "botocore/data/connect/2016-01-01/service-2.json": b"older, and never read as a model",
    "botocore/data/iam/2010-05-08/service-2.json": TEXT.replace(b"2017-08-08", b"2010-05-08"),
    "botocore/session.py": b"import this",
}


def zipped(path, files, links=()):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in files.items():
            archive.writestr(name, octets)
        for name in links:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, "/etc/passwd")
    return path


def tarred(path, files, links=(), size=None):
    with tarfile.open(path, "w:gz") as archive:
        for name in links:
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(entry)
        for name, octets in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(octets)
            archive.addfile(entry, io.BytesIO(octets))
        if size is not None:
            entry = tarfile.TarInfo("huge")
            entry.size = size
            archive.fileobj.write(entry.tobuf())
    return path


def unfolded(path, files):
    for name, octets in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(octets)
    return path


@pytest.fixture(params=["zip", "tar", "folder", "data folder"])
def source(request, tmp_path):
    match request.param:
        case "zip":
            return zipped(tmp_path / "botocore-9.whl", FILES)
        case "tar":
            return tarred(tmp_path / "botocore-9.tar.gz", FILES)
        case "folder":
            return unfolded(tmp_path / "site", FILES)
    return unfolded(tmp_path / "site", FILES) / "botocore" / "data"


def test_the_newest_model_of_each_wanted_service_is_found_with_what_belongs_to_it(source):
    (found,) = models_in(str(source))
    assert (found.service, found.version) == ("connect", "2017-08-08")
    assert sorted(found.files) == ["paginators-1", "service-2"]
    assert json.loads(gzip.decompress(found.files["service-2"])) == MODEL == found.description
    assert [each.service for each in models_in(str(source), ["iam"])] == ["iam"]
    with pytest.raises(ModelError, match="holds no model of sqs"):
        models_in(str(source), ["sqs"])


def test_a_single_file_says_its_service_by_where_it_lies_or_is_told(tmp_path):
    folder = unfolded(tmp_path, FILES) / WHERE
    (found,) = models_in(str(folder / "service-2.json.gz"))
    assert (found.service, sorted(found.files)) == ("connect", ["paginators-1", "service-2"])
    alone = tmp_path / "model.json"
    alone.write_bytes(TEXT)
    with pytest.raises(ModelError, match="give one --service"):
        models_in(str(alone))
    with pytest.raises(ModelError, match="no name of a service"):
        models_in(str(alone), ["../.."])
    (found,) = models_in(str(alone), ["connect"])
    assert (found.service, sorted(found.files)) == ("connect", ["service-2"])


def test_an_installed_package_is_looked_into():
    assert "connect" in {each.service for each in models_in("botocore", ["connect"])}
    for name in ("no_such_package", "no such", "json.decoder.x", "os"):
        with pytest.raises(ModelError, match="no file, folder or installed package"):
            models_in(name)


@pytest.mark.parametrize("make", [zipped, tarred])
def test_links_and_names_that_lead_elsewhere_bring_nothing(make, tmp_path):
    evil = {
        "data/../../connect/2017-08-08/../../../x.json": TEXT,
        "data/connect/2017-08-08/service-2.json/more": TEXT,
        "data/con/nect/2017-08-08x/service-2.json": TEXT,
    }
    path = make(tmp_path / "evil", evil, links=["data/connect/2017-08-08/service-2.json"])
    with pytest.raises(ModelError, match="holds no model"):
        models_in(str(path))
    climbing = make(tmp_path / "up", {"../../../connect/2017-08-08/service-2.json": TEXT})
    (found,) = models_in(str(climbing))
    placed = put_anyway(found, tmp_path / "models")
    assert placed == tmp_path / "models" / "connect" / "2017-08-08"


def put_anyway(found, folder):
    """Put a small model in place as if the SDK had none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bulkops.aws.own_models.sdk_model_description", lambda _: None)
        return put(found, folder)


def test_what_unpacks_beyond_all_bounds_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(model_sources, "MOST_OCTETS", 1000)
    for octets in (b" " * 1001, gzip.compress(b" " * 100_000, mtime=0)):
        path = zipped(tmp_path / "bomb.zip", {f"{WHERE}/service-2.json": octets})
        with pytest.raises(ModelError, match="that is no model"):
            models_in(str(path))
    path = tarred(tmp_path / "bomb.tgz", {}, size=1 << 40)
    with pytest.raises(ModelError, match="unpacks to more than"):
        models_in(str(path))


@pytest.mark.parametrize(
    "octets",
    [b"", b"not JSON", b"[" * 100_000, b"{}", gzip.compress(TEXT, mtime=0)[:40], b"\xff\xfe"],
)
def test_what_is_no_model_is_refused_in_a_sentence(tmp_path, octets):
    path = zipped(tmp_path / "x.zip", {f"{WHERE}/service-2.json": octets})
    with pytest.raises(ModelError, match=r"is not JSON|holds no model"):
        models_in(str(path))


def test_a_torn_archive_is_refused_in_a_sentence(tmp_path):
    whole = tarred(tmp_path / "whole.tgz", {f"{WHERE}/service-2.json": TEXT * 50}).read_bytes()
    torn = tmp_path / "torn.tgz"
    torn.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError):
        models_in(str(torn), ["connect"])


def test_a_model_takes_the_place_of_an_earlier_one_whole(tmp_path):
    source, folder = zipped(tmp_path / "a.whl", FILES), tmp_path / "models"
    (found,) = models_in(str(source))
    place = put_anyway(found, folder)
    (place / "left over").write_text("of the earlier one")
    assert put_anyway(found, folder) == place
    there = sorted(each.name for each in place.iterdir())
    assert there == ["bulkops.json", "paginators-1.json.gz", "service-2.json.gz"]
    assert [each.name for each in place.parent.iterdir()] == ["2017-08-08"]
    assert remove("connect", folder) == [place]
    assert list(folder.iterdir()) == []
    with pytest.raises(ModelError, match="has put no model of connect"):
        remove("connect", folder)


def test_what_bulkops_did_not_put_there_stays(tmp_path):
    (found,) = models_in(str(zipped(tmp_path / "a.whl", FILES)))
    place = tmp_path / "models" / "connect" / "2017-08-08"
    place.mkdir(parents=True)
    (place / "service-2.json").write_text("{}")
    with pytest.raises(ModelError, match="was not put there by bulkops"):
        put_anyway(found, tmp_path / "models")
    with pytest.raises(ModelError, match="was not put there by bulkops"):
        remove("connect", tmp_path / "models")
    assert (place / "service-2.json").read_text() == "{}"


def test_an_older_model_than_the_sdks_is_refused(tmp_path):
    (found,) = models_in(str(zipped(tmp_path / "a.whl", FILES)))
    with pytest.raises(ModelError, match="it is older, and is not put in its place"):
        put(found, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_a_folder_that_can_not_be_written_is_said(tmp_path):
    (found,) = models_in(str(zipped(tmp_path / "a.whl", FILES)))
    (tmp_path / "models").write_text("a file")
    with pytest.raises(ModelError, match="can't be written"):
        put_anyway(found, tmp_path / "models")
