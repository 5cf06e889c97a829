"""Averages the weights of two models of one network: average_models.py FIRST SECOND SHARE-OF-SECOND OUT.

A network that was tuned further and the one it came from lie close enough that weights between theirs keep much of what
both know (Wortsman et al., Robust fine-tuning of zero-shot models, 2022). Heads that only the second has are left out.
"""

import json
import struct
import sys

import numpy

TYPES = {"F16": numpy.float16, "F32": numpy.float32}


def read(path):
    with open(path, "rb") as source:
        (length,) = struct.unpack("<Q", source.read(8))
        return json.loads(source.read(length)), source.read()


def weights(header, data, name):
    entry = header[name]
    begin, end = entry["data_offsets"]
    return numpy.frombuffer(data[begin:end], TYPES[entry["dtype"]]).astype(numpy.float32)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    first, first_data = read(sys.argv[1])
    second, second_data = read(sys.argv[2])
    share = float(sys.argv[3])
    averaged = {"__metadata__": first["__metadata__"]}
    parts = []
    at = 0
    for name in first:
        if name == "__metadata__":
            continue
        if first[name]["shape"] != second[name]["shape"]:
            sys.exit(f"wanted {name} of one shape, got {first[name]['shape']} and {second[name]['shape']}")
        mean = (1 - share) * weights(first, first_data, name) + share * weights(second, second_data, name)
        part = mean.astype(TYPES[first[name]["dtype"]]).tobytes()
        averaged[name] = {**first[name], "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    header = json.dumps(averaged).encode()
    header += b" " * (-len(header) % 8)
    with open(sys.argv[4], "wb") as target:
        target.write(struct.pack("<Q", len(header)) + header + b"".join(parts))


main()
