#!/bin/bash
# Makes the nano: words first, then pictures. Goes on where it was interrupted.
# usage: recipes/nano.sh DATA PHOTOGRAPHS OUT
#   DATA         folder with coco128, bccd and raccoon, each with annotations/ and images/
#   PHOTOGRAPHS  folder of photographs that the CenterNet labels (the repository imagenet-sample-images)
#   OUT          folder for all that is made; the model is OUT/larger/model.safetensors
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
label() { # LEAST-SCORE FILE
    [ -e "$2" ] || "$glip" pseudo-label --images "$photographs" --list "$here/photographs.txt" --out "$2" \
        --threshold "$1" --threads "$threads"
}
label 0.3 "$out/photographs-30.json"
label 0.4 "$out/photographs-40.json"
[ -e "$out/words.safetensors" ] || "$glip" align-words --words "$here/coco-words.json" --other-nouns "$here/other-nouns.txt" \
    --images "$photographs" --list "$here/photographs.txt" --steps 2000 --seed 7 --threads "$threads" \
    --out "$out/words.safetensors"
train() { # FROM TO SEED STEPS COCO LABELS RACCOON [OPTIONS]
    from=$1 to=$2 seed=$3 steps=$4 coco=$5 labels=$6 raccoon=$7
    shift 7
    "$glip" train --model "$from" --out "$to" --seed "$seed" --steps "$steps" --rate 6e-4 --threads "$threads" \
        --freeze language_backbone.,backbone.body.,rpn.head.dyhead_tower.1. \
        --other-words "$here/coco-words.json" --checkpoint-every 100 "$@" \
        --data coco-json --annotations "$out/coco-train.json" --images "$data/coco128/images" --repeat "$coco" \
        --data coco-json --annotations "$labels" --images "$photographs" --repeat 1 \
        --data coco-json --annotations "$data/bccd/annotations/train.json" --images "$data/bccd/images" --repeat 2.5 \
        --data coco-json --annotations "$data/raccoon/annotations/train.json" --images "$data/raccoon/images" \
        --repeat "$raccoon"
}
train "$out/words.safetensors" "$out/pictures" 11 "${STEPS:-1300}" 4.4 "$out/photographs-30.json" 0.8
train "$out/pictures/model.safetensors" "$out/larger" 12 "${STEPS:-1500}" 6 "$out/photographs-40.json" 0.4 \
    --sizes 288,320,352,384
