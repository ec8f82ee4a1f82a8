"""Names of files for things, and the cells that name them."""

from __future__ import annotations

from bulkops.definition.catalogue import load
from bulkops.planning.export_rows import Exporter
from bulkops.planning.file_names import file_names
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.rows.readers.cell_files import FilePath


def test_files_are_named_so_that_every_system_takes_them_and_each_has_its_own():
    names = ["Main menu", "main menu", "a/b", "a:b", "CON", "..", "é" * 300, " x. "]
    found = file_names([*names, "Main menu"], ".json")
    assert found["Main menu"] == "Main menu.json"
    assert found["main menu"] == "main menu (2).json"
    assert (found["a/b"], found["a:b"]) == ("a_b.json", "a_b (2).json")
    assert (found["CON"], found[".."], found[" x. "]) == ("_CON.json", "_.json", "x.json")
    assert len(found["é" * 300].encode()) < 255
    assert file_names(reversed(names), ".json") == found


def test_a_value_that_is_kept_in_a_file_is_written_as_its_path():
    inventory = Inventory()
    state = {"Name": "Hours", "Content": FilePath("modules/Hours.json")}
    inventory.add("contact-flow-module", [Thing(id="m1", name="Hours", state=state)])
    job = load("create-contact-flow-modules").job
    (row,) = Exporter(job, inventory, None, fixed={}).rows()
    assert "@modules/Hours.json" in row
