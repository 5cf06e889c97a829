"""Box and mask AP of glip4j and of pycocotools on the same made files, in one run on one machine.

    python3 -m venv VENV && VENV/bin/pip install pycocotools==2.0.11
    VENV/bin/python bench/against_pycocotools.py [--pictures 5000] [--folder bench/target/coco]

Makes (seeded) pictures of 640 x 480 with 7 objects and 100 detections each, 80 categories, in the folder, times
pycocotools there, runs CocoEvaluationBenchmark on the same files and prints a table. --pictures 50 is a quick check.
"""
import argparse
import contextlib
import io
import json
import pathlib
import resource
import subprocess
import time

import numpy
from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

HEIGHT, WIDTH, CATEGORIES, OBJECTS, DETECTIONS, CORNERS = 480, 640, 80, 7, 100, 12
HERE = pathlib.Path(__file__).resolve().parent


def outline(box):
    x, y, w, h = box
    angle = numpy.linspace(0, 2 * numpy.pi, CORNERS, endpoint=False)
    points = numpy.stack([x + w / 2 * (1 + numpy.cos(angle)), y + h / 2 * (1 + numpy.sin(angle))], 1)
    return [round(float(v), 2) for v in points.ravel()]


def clipped(x, y, w, h):
    x, y = min(max(x, 0), WIDTH - 2), min(max(y, 0), HEIGHT - 2)
    return [round(float(v), 2) for v in (x, y, min(max(w, 1), WIDTH - x), min(max(h, 1), HEIGHT - y))]


def make(folder, pictures):
    random = numpy.random.default_rng(7)
    annotations, detections = [], []
    for image in range(1, pictures + 1):
        objects = []
        for _ in range(OBJECTS):
            w, h = numpy.exp(random.uniform(numpy.log(10), numpy.log(300), 2))
            box = clipped(random.uniform(0, WIDTH - w), random.uniform(0, HEIGHT - h), w, h)
            objects.append((box, int(random.integers(1, CATEGORIES + 1))))
            annotations.append({
                "id": len(annotations) + 1, "image_id": image, "category_id": objects[-1][1], "bbox": box,
                "area": round(box[2] * box[3] * 0.75, 2), "iscrowd": int(random.random() < 0.01),
                "segmentation": [outline(box)]})
            if annotations[-1]["iscrowd"]:
                annotations[-1]["segmentation"] = coded(mask.merge(mask.frPyObjects([outline(box)], HEIGHT, WIDTH)))
        boxes, labels = [], []
        for _ in range(DETECTIONS):
            (x, y, w, h), label = objects[int(random.integers(OBJECTS))]
            shift = random.normal(0, 0.2, 4)
            boxes.append(clipped(x + shift[0] * w, y + shift[1] * h, w * numpy.exp(shift[2]), h * numpy.exp(shift[3])))
            labels.append(label if random.random() < 0.7 else int(random.integers(1, CATEGORIES + 1)))
        masks = mask.frPyObjects([outline(box) for box in boxes], HEIGHT, WIDTH)
        for box, label, found in zip(boxes, labels, masks):
            detections.append({"image_id": image, "category_id": label, "bbox": box,
                               "score": round(float(random.random()), 4), "segmentation": coded(found)})
    truth = {"images": [{"id": i, "height": HEIGHT, "width": WIDTH} for i in range(1, pictures + 1)],
             "categories": [{"id": i, "name": f"c{i}"} for i in range(1, CATEGORIES + 1)], "annotations": annotations}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gt.json").write_text(json.dumps(truth))
    (folder / "boxes.json").write_text(json.dumps([{k: d[k] for k in d if k != "segmentation"} for d in detections]))
    (folder / "masks.json").write_text(json.dumps([{k: d[k] for k in d if k != "bbox"} for d in detections]))


def coded(run_lengths):
    return {"size": run_lengths["size"], "counts": run_lengths["counts"].decode()}


def pycocotools(folder, kind, results):
    with contextlib.redirect_stdout(io.StringIO()):
        start = time.perf_counter()
        truth = COCO(str(folder / "gt.json"))
        found = truth.loadRes(str(folder / results))
        read = time.perf_counter()
        evaluation = COCOeval(truth, found, kind)
        evaluation.evaluate()
        evaluation.accumulate()
        end = time.perf_counter()
        evaluation.summarize()
    return {"read": read - start, "evaluate": end - read, "AP": evaluation.stats[0]}


def glip4j(folder):
    report = folder / "jmh.json"
    subprocess.run([str(HERE / "run"), "CocoEvaluationBenchmark", "-p", f"folder={folder}", "-rf", "json",
                    "-rff", str(report)], check=True)
    rows = {}
    for row in json.loads(report.read_text()):
        name = row["benchmark"].rsplit(".", 1)[1]
        rows[(row["params"]["kind"], name)] = row["primaryMetric"]["score"]
    return rows


def main():
    options = argparse.ArgumentParser(description="COCO AP of glip4j and pycocotools, timed on the same files")
    options.add_argument("--pictures", type=int, default=5000)
    options.add_argument("--folder", type=pathlib.Path, default=HERE / "target" / "coco")
    asked = options.parse_args()
    folder, pictures = asked.folder.resolve(), asked.pictures
    make(folder, pictures)
    theirs = {"BOX": pycocotools(folder, "bbox", "boxes.json"), "MASK": pycocotools(folder, "segm", "masks.json")}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ours = glip4j(folder)
    print(f"pictures {pictures}, detections {pictures * DETECTIONS}; pycocotools' peak memory {memory:.0f} MiB")
    for kind, row in theirs.items():
        print(f"{kind}: AP {row['AP']:.6f}")
        for step, seconds in (("evaluate", row["evaluate"]), ("readAndEvaluate", row["read"] + row["evaluate"])):
            own = ours[(kind, step)]
            print(f"  {step:16} pycocotools {seconds:7.2f} s   glip4j {own:7.2f} s   {seconds / own:5.2f} times as fast")


if __name__ == "__main__":
    main()
