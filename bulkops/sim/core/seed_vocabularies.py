"""What the first world understands by name."""

from __future__ import annotations

from bulkops.sim.state.world import WorldSession

WORDS = "Phrase\tSoundsLike\tIPA\tDisplayAs\nDun-Laoghaire\tdun-leary\t\tDún Laoghaire"


def plant_vocabularies(session: WorldSession) -> None:
    """Make one vocabulary."""
    session.create("vocabulary", {"Name": "Place-names", "LanguageCode": "en-IE", "Content": WORDS})
