"""Whether an annotation file of the size of COCO train2017 (118,287 pictures, 860,001 objects) fits in 2 GB of heap.

    python3 bench/big_annotations.py [FOLDER]

Makes the file (seeded, hundreds of MB) and 36,000 mask results in FOLDER (default: bench/target/big), then scores boxes
and masks with `./glip score` under -Xmx2g and prints size, seconds and peak memory of the process.
"""
import json
import math
import os
import pathlib
import random
import resource
import subprocess
import sys
import time

PICTURES, OBJECTS, RESULTS, CATEGORIES, CORNERS = 118_287, 860_001, 36_000, 80, 32
ROOT = pathlib.Path(__file__).resolve().parent.parent


def make(folder):
    draw = random.Random(7)
    circle = [(math.cos(2 * math.pi * i / CORNERS), math.sin(2 * math.pi * i / CORNERS)) for i in range(CORNERS)]
    folder.mkdir(parents=True, exist_ok=True)
    results = []
    with open(folder / "gt.json", "w") as out:
        out.write('{"images":[')
        out.write(",".join(f'{{"id":{i},"width":640,"height":480,"file_name":"{i:012}.jpg","date_captured":'
                           f'"2013-11-14 11:18:45"}}' for i in range(1, PICTURES + 1)))
        out.write('],"categories":[')
        out.write(",".join(f'{{"id":{i},"name":"c{i}"}}' for i in range(1, CATEGORIES + 1)))
        out.write('],"annotations":[')
        for i in range(1, OBJECTS + 1):
            w, h = draw.uniform(8, 250), draw.uniform(8, 200)
            x, y = draw.uniform(0, 640 - w), draw.uniform(0, 480 - h)
            points = ",".join(f"{x + w / 2 * (1 + c):.2f},{y + h / 2 * (1 + s):.2f}" for c, s in circle)
            box = f"[{x:.2f},{y:.2f},{w:.2f},{h:.2f}]"
            image, category = draw.randint(1, PICTURES), draw.randint(1, CATEGORIES)
            out.write(("," if i > 1 else "") + f'{{"segmentation":[[{points}]],"area":{w * h * 0.78:.4f},"iscrowd":0,'
                      f'"image_id":{image},"bbox":{box},"category_id":{category},"id":{i}}}')
            if len(results) < RESULTS:
                results.append({"image_id": image, "category_id": category, "bbox": json.loads(box),
                                "score": round(draw.random(), 3)})
        out.write("]}")
    (folder / "dt.json").write_text(json.dumps(results))


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "bench" / "target" / "big").resolve()
    make(folder)
    print(f"annotations: {(folder / 'gt.json').stat().st_size / 1e6:.0f} MB")
    for metric in ("coco_bbox", "coco_segm"):
        start = time.perf_counter()
        subprocess.run([str(ROOT / "glip"), "score", metric, "--annotations", str(folder / "gt.json"), "--results",
                        str(folder / "dt.json")], check=True, env=dict(os.environ, GLIP_JAVA_OPTIONS="-Xmx2g"))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{metric}: {time.perf_counter() - start:.1f} s, peak of any process so far {peak:.0f} MiB")


if __name__ == "__main__":
    main()
