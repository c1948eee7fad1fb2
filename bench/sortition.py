"""What sortition-algorithms takes for a pool: `python -P bench/sortition.py DIR SIZE`, with the Python of its own
environment (script/setup-sortition). Prints one JSON object: seconds of its leximin, and the least chance."""

import csv
import json
import sys
from pathlib import Path
from time import perf_counter

from sortition_algorithms.committee_generation import find_distribution_leximin
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings


def main(folder: Path, size: int) -> None:
    with (folder / "categories.csv").open(newline="", encoding="utf-8-sig") as source:
        named = {"category": "feature", "feature": "value"}  # its own names for the columns
        rows = [{named.get(name, name): cell for name, cell in row.items()} for row in csv.DictReader(source)]
        features, *_rest = read_in_features(list(rows[0]), rows, size)
    with (folder / "respondents.csv").open(newline="", encoding="utf-8-sig") as source:
        rows = csv.DictReader(source)
        heads = [*(rows.fieldnames or []), "number of the row"]
        body = [row | {"number of the row": str(number)} for number, row in enumerate(rows)]
    people, _report = read_in_people(heads, body, features, Settings(id_column="number of the row", columns_to_keep=[]))
    start = perf_counter()
    committees, parts, _report = find_distribution_leximin(features, people, size, [])
    seconds = perf_counter() - start
    chances = dict.fromkeys((row["number of the row"] for row in body), 0.0)
    for committee, part in zip(committees, parts, strict=True):
        for person in committee:
            chances[person] += part
    print(json.dumps({"seconds": seconds, "least": min(chances.values())}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
