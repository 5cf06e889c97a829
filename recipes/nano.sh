#!/bin/bash
# Makes the nano: words first, then pictures, then scenes and the other tasks. Goes on where it was interrupted.
# usage: recipes/nano.sh DATA PHOTOGRAPHS ART OUT
#   DATA         folder with coco128, bccd and raccoon, each with annotations/ and images/
#   PHOTOGRAPHS  folder of photographs that the CenterNet labels (the repository imagenet-sample-images)
#   ART          folder with the icon sets noto and fluent-emoji-flat, unpacked npm packages of @iconify-json
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
narrate() { # FORMAT ANNOTATIONS IMAGES NAME
    [ -e "$out/words/$4" ] || "$glip" narrate --data "$1" --annotations "$2" --images "$3" --out "$out/words/$4"
}
mkdir -p "$out/words"
narrate coco-json "$out/coco-train.json" "$data/coco128/images" coco
narrate lvis-json "$out/photographs-40.json" "$photographs" photographs
narrate coco-json "$data/raccoon/annotations/train.json" "$data/raccoon/images" raccoon

drawn() { # FORMAT COUNT SEED [OPTIONS]
    printf '%s\n' --data "$1" --art "$art/noto" --art "$art/fluent-emoji-flat" --count "$2" --scene-seed "$3" "${@:4}"
}
boxes() { # COCO PHOTOGRAPHS BCCD RACCOON
    printf '%s\n' \
        --data coco-json --annotations "$out/coco-train.json" --images "$data/coco128/images" --repeat "$1" \
        --data coco-json --annotations "$out/photographs-40.json" --images "$photographs" --repeat "$2" \
        --data coco-json --annotations "$data/bccd/annotations/train.json" --images "$data/bccd/images" --repeat "$3" \
        --data coco-json --annotations "$data/raccoon/annotations/train.json" --images "$data/raccoon/images" --repeat "$4"
}
asked() { # NAME IMAGES REPEAT
    printf '%s\n' --data vqa-json --questions "$out/words/$1/questions.json" \
        --annotations "$out/words/$1/answers.json" --images "$2" --repeat "$3"
}
said() { # NAME IMAGES REPEAT
    printf '%s\n' --data captions-json --annotations "$out/words/$1/captions.json" --images "$2" --repeat "$3"
}
on=(--photographs "$out/backdrops")
common=(--names common "${on[@]}")
body=backbone.body.
# Of the image encoder the last blocks learn; what finds COCO's objects, and all before stride 16, stays as it is.
shallow=${body}lateral4.,${body}gate.,${body}classes.,${body}sides.,${body}backbone.stem.
for block in 0 1 2 3 4 5 6 7 8 9; do shallow=$shallow,${body}backbone.blocks.$block.; done
text_layer=rpn.head.dyhead_tower.1.
continued() { # FROM TO SEED STEPS RATE FROZEN [OPTIONS], data on standard input, a word a line
    mapfile -t sets
    "$glip" train --model "$1" --out "$2" --seed "$3" --steps "$4" --rate "$5" --freeze "$6" --threads "$threads" \
        --other-words "$here/coco-words.json" --checkpoint-every 100 "${@:7}" "${sets[@]}"
}
{ drawn scenes 26000 0 "${on[@]}"; boxes 60 10 12 8; } |
    continued "$out/larger/model.safetensors" "$out/scenes" 21 450 1e-3 "language_backbone.,$body,$text_layer" \
        --batch 8 --sizes 256,320
{ drawn scenes 26000 0 "${common[@]}"; drawn scenes 12000 1; boxes 80 16 16 10; } |
    continued "$out/scenes/model.safetensors" "$out/deeper" 22 760 1e-3 "language_backbone.,$text_layer,$shallow" \
        --batch 8 --sizes 256,288 --rate-of "$body=0.3"
{
    drawn scenes 20000 2 "${common[@]}"; drawn scenes 8000 3; boxes 80 16 14 8
    drawn scenes-questions 14000 4 "${common[@]}"
    asked photographs "$photographs" 2; asked coco "$data/coco128/images" 4; asked raccoon "$data/raccoon/images" 0.5
    drawn scenes-captions 8000 5 "${common[@]}"
    said photographs "$photographs" 3; said coco "$data/coco128/images" 12; said raccoon "$data/raccoon/images" 0.5
} | continued "$out/deeper/model.safetensors" "$out/tasks" 23 740 8e-4 "language_backbone.,$shallow" \
    --batch 12 --sizes 256,288 --rate-of "$body=0.2,$text_layer=0.3" --answers "$here/nano-answers.json"
# Halfway between the two it knows photographs better than either, and keeps most of what the scenes taught.
averaged=$out/averaged.safetensors
[ -e "$averaged" ] || python3 "$here/../tools/average_models.py" "$out/scenes/model.safetensors" \
    "$out/tasks/model.safetensors" 0.5 "$averaged"
{
    printf '%s\n' --data coco-masks --annotations "$out/coco-train.json" --images "$data/coco128/images" --repeat 12
    drawn scenes 1100 6 "${common[@]}"
} | continued "$averaged" "$out/masks" 24 450 1e-3 backbone.,language_backbone.,rpn. \
    --batch 4 --sizes 288 --average 0.98 --warmup 20 --losses masks
