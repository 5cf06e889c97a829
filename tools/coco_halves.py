"""Splits a COCO annotation file into two halves, every other picture by id: coco_halves.py ANNOTATIONS FIRST SECOND."""

import json
import sys


def half(dataset, remainder):
    images = sorted(dataset["images"], key=lambda image: image["id"])[remainder::2]
    ids = {image["id"] for image in images}
    annotations = [one for one in dataset["annotations"] if one["image_id"] in ids]
    return {**dataset, "images": images, "annotations": annotations}


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as source:
        dataset = json.load(source)
    for remainder, path in enumerate(sys.argv[2:]):
        with open(path, "w", encoding="utf-8") as target:
            json.dump(half(dataset, remainder), target)


main()
