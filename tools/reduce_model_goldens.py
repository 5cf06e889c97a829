#!/usr/bin/env python3
"""Makes the reduced copies of the recorded model cases that the test suite carries.

    tools/reduce_model_goldens.py RECORDED_CASES core/src/test/resources/golden/model

What is dropped, and why nothing is lost:
- rows of the word table that no recorded token uses become zeros (which compress to nothing);
- weights that another case has bit by bit are taken from there (`shared_weights` in case.json);
- values at padding tokens, which have no meaning, become zeros; so do training targets there;
- stages that nothing compares, that repeat the layer before, or that another copy pins already are left out.
Needs torch (to read .pth) and numpy.
"""

import gzip
import json
import shutil
import struct
import sys
from pathlib import Path

import numpy as np
import torch

BASE = "glip_tiny"
CASES = [BASE, "glip_window", "glip_clip", "glip_swinv2", "glip_mlm", "glip_mask"]
UNUSED = ("swin.0",)
AS_IN_BASE = {  # stages with the weights and inputs of BASE
    "glip_clip": ("swin.", "fpn."),
    "glip_mlm": ("swin.", "fpn.", "language.", "targets."),
    "glip_mask": ("swin.", "fpn.", "language."),
}
WORD_TABLES = (
    "language_backbone.body.model.embeddings.word_embeddings.weight",
    "language_backbone.body.token_embedding.weight",
)
NO_WEIGHTS = ("relative_position_index", "cell_anchors")
TYPES = {"float32": "F32", "int64": "I64", "int32": "I32", "uint8": "U8", "bool": "BOOL"}
NAMES = {code: name for name, code in TYPES.items()}


def read(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            raw = np.frombuffer(data[8 + length + begin : 8 + length + end], NAMES[entry["dtype"]])
            tensors[name] = raw.reshape(entry["shape"]).copy()
    return tensors


def write(path, tensors):
    header, blobs, at = {}, [], 0
    for name, value in sorted(tensors.items()):
        blob = np.ascontiguousarray(value).tobytes()
        header[name] = {
            "dtype": TYPES[str(value.dtype)],
            "shape": list(value.shape),
            "data_offsets": [at, at + len(blob)],
        }
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    content = struct.pack("<Q", len(text)) + text + b"".join(blobs)
    with open(path, "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", compresslevel=9, mtime=0, filename="") as out:
        out.write(content)


def weights_of(folder):
    stored = torch.load(folder / "model.pth", weights_only=True)["model"]
    return {
        name.removeprefix("module."): value.numpy()
        for name, value in stored.items()
        if not any(part in name for part in NO_WEIGHTS)
    }


def zero_unused_rows(weights, expected):
    ids = [v for k, v in expected.items() if k in ("input.input_ids", "input.mlm_input_ids")]
    used = np.unique(np.concatenate([i.ravel() for i in ids]))
    for name in WORD_TABLES:
        if name in weights:
            kept = np.zeros_like(weights[name])
            kept[used] = weights[name][used]
            weights[name] = kept


def zero_padding(expected):
    mask = expected["input.attention_mask"]
    for name, value in expected.items():
        if name.startswith("language.") and value.ndim == 3 or name.endswith(".hidden"):
            value *= mask[:, :, None].astype(value.dtype)
        if name.startswith("dot_product_logits"):
            value *= mask[:, None, :].astype(value.dtype)


def pinned(name, layers, case):
    """Whether a copy needs this stage."""
    if name.startswith(UNUSED + AS_IN_BASE.get(case, ())):
        return False
    if name.startswith("tower."):
        _, layer, side = name.split(".")[:3]
        layer = int(layer)
        repeats = layer % 3 == (1 if side == "visual" else 2)  # text layers leave the picture alone, and vice versa
        first_block = case == BASE and layer < 3
        return layer == layers - 1 or first_block and not repeats
    return True


def main(source, target):
    base = weights_of(source / BASE)
    base_expected = read(source / BASE / "expected.safetensors")
    zero_unused_rows(base, base_expected)
    for case in CASES:
        folder = target / case
        folder.mkdir(parents=True, exist_ok=True)
        description = json.loads((source / case / "case.json").read_text())
        weights = weights_of(source / case)
        expected = read(source / case / "expected.safetensors")
        zero_unused_rows(weights, expected)
        zero_padding(expected)
        if case != BASE:
            shared = sorted(n for n, v in weights.items() if n in base and np.array_equal(v, base[n]))
            if len(shared) > 100:
                weights = {n: v for n, v in weights.items() if n not in shared}
                description["shared_weights"] = {"case": BASE, "names": shared}
        layers = 1 + max(int(n.split(".")[1]) for n in expected if n.startswith("tower."))
        expected = {n: v for n, v in expected.items() if pinned(n, layers, case)}
        write(folder / "model.safetensors.gz", weights)
        write(folder / "expected.safetensors.gz", expected)
        (folder / "case.json").write_text(json.dumps(description, separators=(",", ":")) + "\n")
        for name in ("config.yaml", "trajectory.json"):
            if (source / case / name).exists():
                shutil.copyfile(source / case / name, folder / name)
        if (source / case / "trajectory.safetensors").exists():
            shutil.copyfile(source / case / "trajectory.safetensors", folder / "trajectory.safetensors")
        sizes = {f.name: f.stat().st_size for f in sorted(folder.iterdir())}
        print(case, sum(sizes.values()), sizes)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
