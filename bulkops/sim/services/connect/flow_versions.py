"""Versions of flows and modules, and the aliases that lead to one of them.

A version is a copy that never changes, and its number is not given again. An alias that leads to a
version keeps it from being deleted; that is taken for granted, as nothing tells otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bulkops.sim.services.connect.listing import STAMPS, Handler, Members, same, shown
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.state.refusals import duplicate, in_use, not_found, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

FLOW_VERSION, FLOW_ALIAS = "contact-flow-version", "contact-flow-alias"
MODULE_VERSION, MODULE_ALIAS = "contact-flow-module-version", "contact-flow-module-alias"


def drop_versions(session: WorldSession, thing_id: str, *kinds: str) -> None:
    """Ask for the versions and aliases of what is deleted to go with it."""
    for kind in kinds:
        for record in session.all(kind):
            if record["Of"] == thing_id:
                session.delete(kind, record["Id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The operations on versions and aliases of one kind, by the members of the model."""

    kind: str
    word: str
    """How the operations and members begin."""
    digest: str
    """The member that says which content is meant."""

    @property
    def version(self) -> str:
        """The kind of the versions."""
        return f"{self.kind}-version"

    @property
    def alias(self) -> str:
        """The kind of the aliases."""
        return f"{self.kind}-alias"

    def operations(self) -> Mapping[str, Handler]:
        """Return the handlers."""
        return {
            f"Create{self.word}Version": self.create,
            f"List{self.word}Versions": self.list_all,
            f"Delete{self.word}Version": self.delete,
            f"Create{self.word}Alias": self.create_alias,
            f"Update{self.word}Alias": self.update_alias,
            f"Describe{self.word}Alias": self.describe_alias,
            f"List{self.word}Aliases": self.list_aliases,
            f"Delete{self.word}Alias": self.delete_alias,
        }

    def create(self, session: WorldSession, params: Members) -> Members:
        """Keep what is published as the next version."""
        thing = self._thing(session, params)
        if thing["Status"] != "PUBLISHED":
            raise refused("Only what is published can be made a version.")
        wanted = params.get(self.digest)
        content = str(thing["Content"])
        if wanted not in {None, hashlib.sha256(content.encode()).hexdigest()}:
            raise refused(f"{self.digest} is not that of what is published.")
        number = int(thing.get("LastVersion", 0)) + 1
        session.update(self.kind, thing, LastVersion=number)
        said = {"VersionDescription": params["Description"]} if "Description" in params else {}
        kept = {"Of": thing["Id"], "Version": number, "Content": content, **said}
        session.put_named(self.version, f"{thing['Id']}:{number}", kept)
        return {self._arn: thing["Arn"], "Version": number}

    def list_all(self, session: WorldSession, params: Members) -> Members:
        """Return the versions, page by page."""
        thing = session.see(self.kind, self._id(session, params))
        numbered = [pair for pair in session.see_all(self.version) if pair[1]["Of"] == thing["Id"]]
        page = page_of(numbered, session.operation, params, session.now)
        members = same("Version", "VersionDescription")
        items = [
            {"Arn": f"{thing['Arn']}:{each['Version']}", **shown(each, members)}
            for each in page.items
        ]
        return page.reply(f"{self.word}VersionSummaryList", items)

    def delete(self, session: WorldSession, params: Members) -> Members:
        """Delete a version that no alias leads to."""
        thing = self._thing(session, params)
        number = params[f"{self.word}Version"]
        version = self._version(session, thing, number)
        if any(each["Version"] == number for each in self._aliases(session, thing)):
            raise in_use("version")
        session.delete(self.version, version["Id"])
        return {}

    def create_alias(self, session: WorldSession, params: Members) -> Members:
        """Make an alias that leads to a version."""
        thing = self._thing(session, params)
        number = params[f"{self.word}Version"]
        self._version(session, thing, number)
        if session.table(self.alias).named(params["AliasName"], thing["Id"]) is not None:
            raise duplicate()
        alias = session.create(
            self.alias,
            {
                "Of": thing["Id"],
                "ParentGroupId": thing["Id"],
                "Name": params["AliasName"],
                "Description": params.get("Description"),
                "Version": number,
            },
        )
        return {self._arn: thing["Arn"], "Id": alias["Id"]}

    def update_alias(self, session: WorldSession, params: Members) -> Members:
        """Give an alias another name, description or version."""
        thing = self._thing(session, params)
        alias = self._alias(session, thing, params["AliasId"])
        given = {name: params[name] for name in ("Name", "Description") if name in params}
        taken = session.table(self.alias).named(str(given.get("Name", alias["Name"])), thing["Id"])
        if taken is not None and taken["Id"] != alias["Id"]:
            raise duplicate()
        if f"{self.word}Version" in params:
            given["Version"] = params[f"{self.word}Version"]
            self._version(session, thing, given["Version"])
        session.update(self.alias, alias, **given)
        return {}

    def describe_alias(self, session: WorldSession, params: Members) -> Members:
        """Return an alias."""
        thing = session.see(self.kind, self._id(session, params))
        alias = self._alias(session, thing, params["AliasId"])
        about = {f"{self.word}Id": thing["Id"], self._arn: thing["Arn"], "AliasId": alias["Id"]}
        return {
            f"{self.word}Alias": about
            | shown(alias, {**same("Name", "Description", "Version"), **STAMPS})
        }

    def list_aliases(self, session: WorldSession, params: Members) -> Members:
        """Return the aliases, page by page."""
        thing = session.see(self.kind, self._id(session, params))
        numbered = [pair for pair in session.see_all(self.alias) if pair[1]["Of"] == thing["Id"]]
        page = page_of(numbered, session.operation, params, session.now)
        names = {
            "AliasId": "Id",
            "AliasName": "Name",
            "AliasDescription": "Description",
            **same("Version", "LastModifiedTime"),
        }
        items = [{"Arn": thing["Arn"], **shown(each, names)} for each in page.items]
        return page.reply(f"{self.word}AliasSummaryList", items)

    def delete_alias(self, session: WorldSession, params: Members) -> Members:
        """Delete an alias; the version that it led to stays."""
        thing = self._thing(session, params)
        session.delete(self.alias, self._alias(session, thing, params["AliasId"])["Id"])
        return {}

    @property
    def _arn(self) -> str:
        return f"{self.word}Arn"

    def _id(self, session: WorldSession, params: Members) -> str:
        segment = "contact-flow" if self.kind == "contact-flow" else "flow-module"
        return str(params[f"{self.word}Id"]).removeprefix(f"{session.instance.arn}/{segment}/")

    def _thing(self, session: WorldSession, params: Members) -> StoredThing:
        return session.need(self.kind, self._id(session, params))

    def _version(self, session: WorldSession, thing: StoredThing, number: int) -> StoredThing:
        found = session.table(self.version).get(f"{thing['Id']}:{number}")
        if found is None:
            raise not_found("version")
        return found

    def _aliases(self, session: WorldSession, thing: StoredThing) -> list[StoredThing]:
        return [each for each in session.all(self.alias) if each["Of"] == thing["Id"]]

    def _alias(self, session: WorldSession, thing: StoredThing, alias_id: str) -> StoredThing:
        found = session.table(self.alias).get(alias_id)
        if found is None or found["Of"] != thing["Id"]:
            raise not_found("alias")
        return found


OPERATIONS: Mapping[str, Handler] = {
    **Versions(kind="contact-flow", word="ContactFlow", digest="FlowContentSha256").operations(),
    **Versions(
        kind="contact-flow-module", word="ContactFlowModule", digest="FlowModuleContentSha256"
    ).operations(),
}
