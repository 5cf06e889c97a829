"""A peer for bench/train: the training step of GLIP in eager PyTorch on the CPU, on the network of bench/peer_network.py.

Reads a line, takes one step, prints the seconds of its parts; ends at the end of its input.
Usage: peer_training.py PRESET WEIGHTS TASK THREADS FROZEN   (needs: pip install torch torchvision transformers)
Weights and task are safetensors files of bench/train; FROZEN are prefixes of parameters that stay, parted by commas.
Which anchors answer for which boxes is read, not found anew in every step as glip4j does.
"""

import math
import sys
import time

import torch
import torch.nn.functional as F
from peer_network import Glip
from safetensors.torch import load_file

RATE, LANGUAGE, LANGUAGE_FACTOR, DECAY, CLIP, EMA = 1e-6, "language_backbone", 0.1, 1e-4, 1, 0.999


def decode(deltas, anchors):
    size = anchors[:, 2:] - anchors[:, :2] + 1
    centre = deltas[:, :2] / 10 * size + (anchors[:, 2:] + anchors[:, :2]) / 2
    half = 0.5 * ((deltas[:, 2:] / 5).clamp(max=math.log(1000 / 16)).exp() * size - 1)
    return torch.cat((centre - half, centre + half), 1)


def generalized_iou(boxes, wanted):
    def area(low, high):
        return (high - low).prod(1)

    low, high = boxes[:, :2], torch.max(boxes[:, :2], boxes[:, 2:])
    inner = torch.max(low, wanted[:, :2])
    shared = area(inner, torch.min(high, wanted[:, 2:]).max(inner))
    around = area(torch.min(low, wanted[:, :2]), torch.max(high, wanted[:, 2:])) + 1e-7
    union = area(low, high) + area(wanted[:, :2], wanted[:, 2:]) - shared + 1e-7
    return shared / union - (around - union) / around


def losses(predicted, task):
    deltas, centres, logits = (x.flatten(0, 1) for x in predicted)
    rows, centerness = task["rows"], task["centerness"]
    apart = 1 - generalized_iou(decode(deltas[rows], task["anchors"]), task["boxes"])
    localization = 2 * (apart * centerness).sum() / centerness.sum()
    central = F.binary_cross_entropy_with_logits(centres[rows, 0], centerness, reduction="sum") / len(rows)
    target = torch.zeros_like(logits)
    target[rows] = task["wanted"]
    chance = logits.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    miss = chance * (1 - target) + (1 - chance) * target
    share = 0.25 * target + 0.75 * (1 - target)
    return localization + central + (share * miss**2 * entropy).sum() / len(rows)


def solver(model, frozen):
    groups = {}
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not name.startswith(frozen))
        if parameter.requires_grad:
            groups.setdefault((name.startswith(LANGUAGE), "bias" in name), []).append(parameter)
    return torch.optim.AdamW([
        {"params": parameters, "lr": RATE * (LANGUAGE_FACTOR if language else 1) * (2 if bias else 1),
         "weight_decay": 0 if bias else DECAY}
        for (language, bias), parameters in groups.items()])


def main():
    preset, weights, task, threads, frozen = sys.argv[1:6]
    torch.set_num_threads(int(threads))
    model = Glip(preset)
    model.load_state_dict(load_file(weights))  # strict: the same parameters by name and shape
    task = load_file(task)
    mask = torch.ones_like(task["ids"])
    head = model.rpn["head"]
    adam = solver(model, tuple(filter(None, frozen.split(","))))
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    averages = [parameter.detach().clone() for parameter in trained]
    with torch.no_grad():
        model.eval()
        levels = model.encode_images(task["images"])
        loss = losses(head.predict(*head.fuse(levels, model.encode_text(task["ids"], mask), mask)), task)
        model.train()
    count = sum(parameter.numel() for parameter in model.parameters())
    print(f"{count:,} | {sum(parameter.numel() for parameter in trained):,} | {loss:.5f}", flush=True)
    for _ in sys.stdin:
        laps = [time.perf_counter()]
        levels = model.encode_images(task["images"])
        laps.append(time.perf_counter())
        text = model.encode_text(task["ids"], mask)
        laps.append(time.perf_counter())
        fused = head.fuse(levels, text, mask)
        laps.append(time.perf_counter())
        loss = losses(head.predict(*fused), task)
        laps.append(time.perf_counter())
        loss.backward()
        laps.append(time.perf_counter())
        torch.nn.utils.clip_grad_norm_(trained, CLIP)
        adam.step()
        adam.zero_grad()
        with torch.no_grad():
            torch._foreach_lerp_(averages, trained, 1 - EMA)
        laps.append(time.perf_counter())
        del levels, text, fused, loss
        print(*(after - before for before, after in zip(laps, laps[1:])), flush=True)


if __name__ == "__main__":
    main()
