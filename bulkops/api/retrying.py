"""stub"""


async def retry(*a, **k): ...
