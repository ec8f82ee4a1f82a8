"""Values of data tables over HTTP: each row with an outcome of its own."""

from __future__ import annotations

from tests.catalogue.test_round_trip import ALIAS, PACE, bulkops, simulator

__all__ = ["bulkops", "simulator"]

HEADER = "data_table,primary_values,attribute,value\n"


def written(tmp_path, *rows):
    sheet = tmp_path / "values.csv"
    sheet.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return sheet


def there(simulator, table="Tariffs"):
    (instance,) = simulator.world.instances.values()
    table_id = instance.tables["data-table"].named(table)["Id"]
    return {
        record["Name"]: record["Value"]
        for record in instance.tables["data-table-value"].all()
        if record["DataTableId"] == table_id
    }


def run(bulkops, job, sheet, exit_code=0):
    return bulkops("run", job, sheet, "--yes", *PACE, exit_code=exit_code)


def test_one_value_that_is_not_taken_keeps_no_other_from_its_table(bulkops, simulator, tmp_path):
    sheet = written(
        tmp_path,
        "Tariffs,Country=ES,Price,a lot",
        "Tariffs,Country=ES,Note,Evenings",
        "Tariffs,Country=FR,Price,7",
    )
    done = run(bulkops, "create-data-table-values", sheet, exit_code=4)
    assert (done["rows"]["succeeded"], done["rows"]["failed"]) == (2, 1)
    held = there(simulator)
    assert held["Note Country=ES"] == "Evenings"
    assert "Price Country=ES" not in held
    bulkops("undo", "--yes", "--confirm-instance", ALIAS, *PACE)
    assert "Note Country=ES" not in there(simulator)


def test_a_name_that_no_attribute_bears_is_said_with_the_nearest(bulkops, tmp_path):
    sheet = written(tmp_path, "Tariffs,Country=ES,Prise,7")
    told = bulkops("plan", "create-data-table-values", sheet, exit_code=3)
    assert "Price" in str(told["problems"])


def test_a_value_that_is_there_is_changed_or_left_and_put_back(bulkops, simulator, tmp_path):
    sheet = written(tmp_path, "Tickets,Country=IE,Price,77")
    left = bulkops("plan", "create-data-table-values", sheet, "--on-exists", "skip")
    assert left["calls"] == []
    words = ("--on-exists", "update", "--yes", *PACE)
    bulkops("run", "create-data-table-values", sheet, *words)
    assert there(simulator, "Tickets")["Price Country=IE"] == "77"
    bulkops("undo", "--yes", *PACE)
    assert there(simulator, "Tickets")["Price Country=IE"] == "12"


def test_many_values_go_in_few_calls(bulkops, tmp_path):
    rows = [f"Tariffs,Country=C{number:03},Price,{number}" for number in range(60)]
    plan = bulkops("plan", "create-data-table-values", written(tmp_path, *rows))
    assert [(each["operation"], each["calls"]) for each in plan["calls"]] == [
        ("connect:BatchCreateDataTableValue", 3)
    ]
