#!/bin/bash
# Makes the nano: words first, then pictures. Goes on where it was interrupted.
# usage: recipes/nano.sh DATA PHOTOGRAPHS OUT
#   DATA         folder with coco128, bccd and raccoon, each with annotations/ and images/
#   PHOTOGRAPHS  folder of photographs that the CenterNet labels (the repository imagenet-sample-images)
#   OUT          folder for all that is made; the model is OUT/pictures/model.safetensors
set -euo pipefail
data=${1:?usage: recipes/nano.sh DATA PHOTOGRAPHS OUT}
photographs=${2:?usage: recipes/nano.sh DATA PHOTOGRAPHS OUT}
out=${3:?usage: recipes/nano.sh DATA PHOTOGRAPHS OUT}
here=$(cd "$(dirname "$0")" && pwd)
glip=$here/../glip
threads=${THREADS:-1}
mkdir -p "$out"

# Half of coco128 is kept for measuring, and so are the photographs that are marked in held-out-photographs.json.
python3 "$here/../tools/coco_halves.py" "$data/coco128/annotations/instances.json" "$out/coco-train.json" "$out/coco-held-out.json"
labels=$out/photographs.json
[ -e "$labels" ] || "$glip" pseudo-label --images "$photographs" --list "$here/photographs.txt" --out "$labels" \
    --threshold 0.3 --threads "$threads"
[ -e "$out/words.safetensors" ] || "$glip" align-words --words "$here/coco-words.json" --other-nouns "$here/other-nouns.txt" \
    --images "$photographs" --list "$here/photographs.txt" --steps 2000 --seed 7 --threads "$threads" \
    --out "$out/words.safetensors"
"$glip" train --model "$out/words.safetensors" --seed 11 --steps "${STEPS:-1300}" --rate 6e-4 --threads "$threads" \
    --freeze language_backbone.,backbone.body.,rpn.head.dyhead_tower.1. \
    --other-words "$here/coco-words.json" --out "$out/pictures" --checkpoint-every 100 \
    --data coco-json --annotations "$out/coco-train.json" --images "$data/coco128/images" --repeat 4.4 \
    --data coco-json --annotations "$labels" --images "$photographs" --repeat 1 \
    --data coco-json --annotations "$data/bccd/annotations/train.json" --images "$data/bccd/images" --repeat 2.5 \
    --data coco-json --annotations "$data/raccoon/annotations/train.json" --images "$data/raccoon/images" --repeat 0.8
