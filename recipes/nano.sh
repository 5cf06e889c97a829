#!/bin/bash
# Makes the nano: words first, then pictures, then scenes, then masks. Goes on where it was interrupted.
# usage: recipes/nano.sh DATA PHOTOGRAPHS ART OUT
#   DATA         folder with coco128, bccd and raccoon, each with annotations/ and images/
#   PHOTOGRAPHS  folder of photographs that the CenterNet labels (the repository imagenet-sample-images)
#   ART          folder with the icon sets noto, fluent-emoji-flat, noto-v1 and emojione, unpacked npm packages of
#                @iconify-json
#   OUT          folder for all that is made; the model is OUT/masks/model.safetensors
set -euo pipefail
data=${1:?usage: recipes/nano.sh DATA PHOTOGRAPHS ART OUT}
photographs=${2:?usage: recipes/nano.sh DATA PHOTOGRAPHS ART OUT}
art=${3:?usage: recipes/nano.sh DATA PHOTOGRAPHS ART OUT}
out=${4:?usage: recipes/nano.sh DATA PHOTOGRAPHS ART OUT}
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

# Scenes are drawn on photographs that nothing else uses.
mkdir -p "$out/backdrops"
for picture in "$photographs"/*.JPEG; do
    name=$(basename "$picture")
    grep -qxF "$name" "$here/photographs.txt" || grep -qF "$name" "$here/held-out-photographs.json" ||
        ln -sf "$(realpath "$picture")" "$out/backdrops/$name"
done
drawn() { # COUNT SEED [OPTIONS]
    printf '%s\n' --data scenes --art "$art/noto" --art "$art/fluent-emoji-flat" --art "$art/noto-v1" \
        --art "$art/emojione" --photographs "$out/backdrops" --count "$1" --scene-seed "$2" "${@:3}"
}
boxes() { # COCO PHOTOGRAPHS BCCD RACCOON
    printf '%s\n' \
        --data coco-json --annotations "$out/coco-train.json" --images "$data/coco128/images" --repeat "$1" \
        --data coco-json --annotations "$out/photographs-40.json" --images "$photographs" --repeat "$2" \
        --data coco-json --annotations "$data/bccd/annotations/train.json" --images "$data/bccd/images" --repeat "$3" \
        --data coco-json --annotations "$data/raccoon/annotations/train.json" --images "$data/raccoon/images" --repeat "$4"
}
body=backbone.body.
# What finds COCO's objects stays as it was published; beside it a path of the same kind is learned (LearnedPath).
frozen=language_backbone.,rpn.head.dyhead_tower.1.
frozen=$frozen,${body}backbone.,${body}from,${body}lateral,${body}gate.,${body}classes.,${body}sides.
continued() { # FROM TO SEED STEPS RATE FROZEN [OPTIONS], data on standard input, a word a line
    mapfile -t sets
    "$glip" train --model "$1" --out "$2" --seed "$3" --steps "$4" --rate "$5" --freeze "$6" --threads "$threads" \
        --other-words "$here/coco-words.json" --checkpoint-every 100 "${@:7}" "${sets[@]}"
}
{ drawn 30000 10 --names common; drawn 8000 11; boxes 80 16 16 10; } |
    continued "$out/larger/model.safetensors" "$out/styles" 31 2300 1e-3 "$frozen" \
        --batch 8 --sizes 256,288 --rate-of "$body=0.3"
{ drawn 22000 60 --names common; boxes 240 36 12 8; } |
    continued "$out/styles/model.safetensors" "$out/both" 61 860 6e-4 "$frozen" \
        --batch 6 --sizes 320,384 --rate-of "$body=0.3" --average 0.985 --warmup 15
# Between the two it knows unseen styles better than either.
averaged=$out/averaged.safetensors
[ -e "$averaged" ] || python3 "$here/../tools/average_models.py" "$out/styles/model.safetensors" \
    "$out/both/model.safetensors" 0.67 "$averaged"
{
    printf '%s\n' --data coco-masks --annotations "$out/coco-train.json" --images "$data/coco128/images" --repeat 12
    drawn 1100 6 --names common
} | continued "$averaged" "$out/masks" 24 450 1e-3 backbone.,language_backbone.,rpn. \
    --batch 4 --sizes 288 --average 0.98 --warmup 20 --losses masks
