"""An empty workbook for a whole centre, and how the sheets of a full one help who edits them."""

from __future__ import annotations

import openpyxl
import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.workbook_sheets import SHEETS
from bulkops.errors import SheetError
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.input.worksheet import GUIDE
from bulkops.sheets.output.template_workbook import LISTS, TEMPLATE_PROPERTY
from bulkops.targets.request import PaceChoice, TargetChoice
from bulkops.transfer.centre_export import export_centre
from bulkops.transfer.centre_template import centre_template
from bulkops.transfer.mapping_rows import MAPPING


async def made(office, name="centre.xlsx", *, target=None, only=()):
    path = office.folder / name
    targets = await centre_template(
        path, target=target, pace=PaceChoice(), world=office.world, only=only
    )
    return openpyxl.load_workbook(path), targets


def drop_downs(book, name):
    """Return header → (formula, what is done about another value) of a sheet."""
    heads = {cell.column_letter: cell.value for cell in book[name][1]}
    rules = book[name].data_validations.dataValidation
    found = {str(rule.sqref).split("2:")[0]: (rule.formula1, rule.errorStyle) for rule in rules}
    return {heads[letter]: said for letter, said in found.items()}


def choices(book, formula):
    reference = book.defined_names[formula].attr_text.replace("$", "")
    cells = book[LISTS][reference.partition("!")[2]]
    return [row[0].value for row in cells]


async def test_each_kind_has_an_empty_sheet_that_is_read_as_its_jobs(office):
    book, targets = await made(office)
    assert targets == ()
    assert book.sheetnames == [*(sheet.name for sheet in SHEETS), MAPPING, GUIDE, LISTS]
    assert book[LISTS].sheet_state == "hidden"
    for sheet in SHEETS:
        columns = [column.name for column in load(sheet.job).job.columns]
        table = read_table(office.folder / "centre.xlsx", sheet=sheet.name)
        assert (list(table.headers), len(table)) == ([*columns, "action"], 0)
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert properties[TEMPLATE_PROPERTY].startswith("workbook/")
    with pytest.raises(SheetError, match=r"\.xlsx"):
        await made(office, "centre.csv")


async def test_headers_say_what_a_column_is_and_whether_it_must_be_given(office):
    book, _ = await made(office)
    page = book["Users"]
    assert page["A1"].comment.text.startswith("Required. ")
    colours = {cell.value: cell.fill.fgColor.rgb[2:] for cell in page[1]}
    assert (colours["username"], colours["password"], colours["action"]) == (
        "1F3864",
        "2F75B5",
        "7F7F7F",
    )
    (note,) = (cell.comment.text for cell in page[1] if cell.value == "action")
    assert note.endswith("Allowed: create, update, skip, none, delete.")
    assert page.column_dimensions["B"].number_format == "@"
    guide = [[cell or "" for cell in row] for row in book[GUIDE].iter_rows(values_only=True)]
    assert ["Users", "", "", load("create-users").job.summary, "", ""] in guide
    assert ["Users", "action", "Optional", "", "create, update, skip, none, delete", ""] in guide


async def test_names_are_chosen_from_the_sheet_of_their_kind_as_far_as_it_is_filled(office):
    book, _ = await made(office)
    rules = drop_downs(book, "Users")
    filled = "MAX(COUNTA('Routing profiles'!$A:$A)-1,1)"
    names = f"OFFSET('Routing profiles'!$A$2,0,0,{filled},1)"
    assert rules["routing_profile"] == (names, "warning")
    assert choices(book, rules["phone_type"][0]) == ["SOFT_PHONE", "DESK_PHONE"]
    assert choices(book, rules["action"][0]) == ["create", "update", "skip", "none", "delete"]
    assert choices(book, drop_downs(book, "Hours")["action"][0]) == ["delete"]
    assert "hours_of_operation" not in drop_downs(book, "Queues")  # each has several rows
    assert "delete" not in choices(book, drop_downs(book, "Agent statuses")["action"][0])
    few, _ = await made(office, "few.xlsx", only=("users",))
    assert MAPPING not in few.sheetnames
    assert book[MAPPING]["D1"].comment.text.startswith("What stands for it in the target")
    assert "routing_profile" not in drop_downs(few, "Users")


async def test_with_a_target_the_names_are_its_own(office):
    there = TargetChoice(simulate=office.runs_dir / "simulated")
    book, (target,) = await made(office, target=there, only=("users", "queues"))
    assert target.alias == "bulkops-demo"
    rules = drop_downs(book, "Users")
    assert choices(book, rules["routing_profile"][0])[:2] == ["Basic Routing Profile", "Billing"]
    assert rules["routing_profile"][1] == "warning"  # a workbook may make others
    assert "Basic Hours" in choices(book, drop_downs(book, "Queues")["hours_of_operation"][0])


async def test_an_export_has_the_drop_downs_of_a_template(office):
    there = TargetChoice(simulate=office.runs_dir / "simulated")
    path = office.folder / "full.xlsx"
    await export_centre(path, target=there, pace=PaceChoice(), world=office.world)
    full, (empty, _) = openpyxl.load_workbook(path), await made(office)
    users = drop_downs(full, "Users")
    assert users.keys() == drop_downs(empty, "Users").keys()
    assert users["routing_profile"][0].startswith("OFFSET('Routing profiles'!$A$2")
    assert choices(full, drop_downs(full, "Queues")["hours_of_operation"][0]) == [
        "Around the clock",
        "Basic Hours",
    ]
    assert full["Users"]["A1"].comment.text == empty["Users"]["A1"].comment.text
