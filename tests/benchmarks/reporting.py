"""A race's results as a table for a terminal, and as CSV."""

from __future__ import annotations

import csv

COLUMNS = (
    "scenario", "contender", "rows", "least", "seconds", "ratio", "calls", "granted", "throttles",
    "failed", "cpu_ms_per_call", "memory_mb", "speed", "seed",
)  # fmt: skip
SHOWN = COLUMNS[:-2]


def record(result):
    """Return one result as it is shown and kept."""
    return {
        "scenario": result.scenario,
        "contender": result.contender,
        "rows": result.rows,
        "least": f"{result.least:.1f}",
        "seconds": f"{result.seconds:.1f}",
        "ratio": f"{result.ratio:.3f}" if result.least else "-",
        "calls": result.calls,
        "granted": result.granted,
        "throttles": result.throttles,
        "failed": result.failed,
        "cpu_ms_per_call": f"{result.cpu_per_call * 1000:.2f}",
        "memory_mb": f"{result.memory / 1e6:.0f}",
        "speed": f"{result.speed:g}",
        "seed": result.seed,
    }


def table(records, columns):
    """Return records as lines of aligned text."""
    widths = [max(len(str(each[name])) for each in (*records, {name: name})) for name in columns]
    lines = [dict(zip(columns, columns, strict=True)), *records]
    return "\n".join(
        "  ".join(_aligned(line[name], width) for name, width in zip(columns, widths, strict=True))
        for line in lines
    )


def _aligned(value, width):
    text = str(value)
    return text.ljust(width) if text[:1].isalpha() else text.rjust(width)


def write_csv(path, records, columns):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(records)
