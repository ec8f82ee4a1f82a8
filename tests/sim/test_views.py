"""Views: those that AWS manages, and those of one's own."""

from __future__ import annotations

CONTENT = {"Template": "{}", "Actions": ["Next"]}
OTHER = {"Template": "[]", "Actions": ["Next"]}


def made(centre, **more):
    given = {"Name": "Steps", "Status": "PUBLISHED", "Content": CONTENT, **more}
    return centre.ask("CreateView", **given)["View"]["Id"]


def shown(centre, view):
    return centre.ask("DescribeView", ViewId=view)["View"]


def test_views_that_aws_manages_are_there_and_stay_as_they_are(centre):
    (first, *others) = centre.ask("ListViews", Type="AWS_MANAGED")["ViewsSummaryList"]
    assert first["Arn"] == f"arn:aws:connect:{centre.instance.region}:aws:view/after-contact-work"
    assert {each["Id"] for each in others} >= {"form", "detail", "cards"}
    assert shown(centre, f"{first['Arn']}:1")["Version"] == 1
    assert centre.code("DescribeView", ViewId=f"{first['Arn']}:2") == "ResourceNotFoundException"
    assert centre.code("DescribeView", ViewId="form") == "ResourceNotFoundException"
    elsewhere = first["Arn"].replace(centre.instance.region, "eu-west-1")
    assert centre.code("DescribeView", ViewId=elsewhere) == "ResourceNotFoundException"
    kept = {"ViewId": first["Arn"], "Status": "SAVED", "Content": CONTENT}
    assert centre.code("UpdateViewContent", **kept) == "AccessDeniedException"
    assert centre.code("DeleteView", ViewId=first["Arn"]) == "AccessDeniedException"


def test_a_draft_shows_only_behind_its_qualifier(centre):
    view = made(centre, Status="SAVED")
    assert centre.code("DescribeView", ViewId=view) == "ResourceNotFoundException"
    assert shown(centre, f"{view}:$SAVED")["Status"] == "SAVED"
    centre.ask("UpdateViewContent", ViewId=view, Status="PUBLISHED", Content=OTHER)
    assert shown(centre, f"{view}:$LATEST")["Content"]["Template"] == "[]"
    centre.ask("UpdateViewContent", ViewId=view, Status="SAVED", Content=CONTENT)
    assert shown(centre, view)["Content"]["Template"] == "[]"
    assert shown(centre, f"{view}:$SAVED")["Content"]["Template"] == "{}"


def test_names_and_numbers_of_views_are_limited(centre):
    view = made(centre)
    again = {"Name": "steps", "Status": "SAVED", "Content": CONTENT}
    assert centre.code("CreateView", **again) == "DuplicateResourceException"
    taken = centre.code("UpdateViewMetadata", ViewId=view, Name="form")
    assert taken == "DuplicateResourceException"
    assert centre.code("UpdateViewMetadata", ViewId=view) == "InvalidRequestException"
    centre.world.limits = {"view": 1}
    more = centre.code("CreateView", **{**again, "Name": "Two"})
    assert more == "ServiceQuotaExceededException"
    found = centre.ask("SearchViews", SearchCriteria={"ViewTypeCondition": "CUSTOMER_MANAGED"})
    assert [each["Id"] for each in found["Views"]] == [view]


def test_a_flow_may_show_a_view_of_the_instance(centre):
    from tests.sim.test_flows import VALUE, action, error, problems  # noqa: PLC0415  # only here

    errors = [error(each) for each in ("NoMatchingCondition", "NoMatchingError")]
    errors = [*errors, error("TimeLimitExceeded")]
    own = f"{centre.instance.arn}/view/{made(centre)}:$LATEST"
    managed = f"arn:aws:connect:{centre.instance.region}:aws:view/cards:1"

    def found(view):
        return problems(centre, action("ShowView", {"ViewResource": {"Id": view}}, Errors=errors))

    assert [found(each) for each in ("form", own, managed)] == [[], [], []]
    for view in ("nothing", managed.replace("us-east-1", "eu-west-1"), f"{own[:-9]}0"):
        assert found(view) == [f"{VALUE}.Parameters.ViewResource.Id"], view
