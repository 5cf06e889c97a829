#!/bin/bash
# Makes the nano: words first, then pictures, then scenes, then masks, questions and descriptions. Goes on where it was
# interrupted.
# usage: recipes/nano.sh DATA PHOTOGRAPHS ART OUT
#   DATA         folder with coco128, bccd and raccoon, each with annotations/ and images/
#   PHOTOGRAPHS  folder of photographs that the CenterNet labels (the repository imagenet-sample-images)
#   ART          folder with the icon sets noto, fluent-emoji-flat, noto-v1, emojione, fxemoji and streamline-emojis,
#                unpacked npm packages of @iconify-json
#   OUT          folder for all that is made; the model is OUT/reading/model.safetensors
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
drawn() { # KIND COUNT SEED [OPTIONS]
    printf '%s\n' --data "$1"
    for style in noto fluent-emoji-flat noto-v1 emojione fxemoji streamline-emojis; do
        printf '%s\n' --art "$art/$style"
    done
    printf '%s\n' --photographs "$out/backdrops" --count "$2" --scene-seed "$3" "${@:4}"
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
{ drawn scenes 30000 10 --names common; drawn scenes 8000 11; boxes 80 16 16 10; } |
    continued "$out/larger/model.safetensors" "$out/styles" 31 2300 1e-3 "$frozen" \
        --batch 8 --sizes 256,288 --rate-of "$body=0.3"
{ drawn scenes 22000 60 --names common; boxes 240 36 12 8; } |
    continued "$out/styles/model.safetensors" "$out/both" 61 860 6e-4 "$frozen" \
        --batch 6 --sizes 320,384 --rate-of "$body=0.3" --average 0.985 --warmup 15
# Class names alone tell names apart.
{ drawn scenes-names 32000 110 --names common; drawn scenes 5000 111 --names common; drawn scenes-names 4000 112
  boxes 200 30 10 6; } |
    continued "$out/both/model.safetensors" "$out/names" 111 1350 5e-4 "$frozen" \
        --batch 6 --sizes 288,320,352,384 --rate-of "$body=0.4" --average 0.985 --warmup 20
# Between the two it knows unseen styles better than either.
averaged=$out/averaged.safetensors
[ -e "$averaged" ] || python3 "$here/../tools/average_models.py" "$out/both/model.safetensors" \
    "$out/names/model.safetensors" 0.67 "$averaged"
{
    printf '%s\n' --data coco-masks --annotations "$out/coco-train.json" --images "$data/coco128/images" --repeat 12
    drawn scenes 1100 6 --names common
} | continued "$averaged" "$out/masks" 24 450 1e-3 backbone.,language_backbone.,rpn. \
    --batch 4 --sizes 288 --average 0.98 --warmup 20 --losses masks

# Questions and descriptions are read off the finished network, by heads and reading blocks of their own.
narrate() { # FORMAT NAME BOXES IMAGES
    [ -e "$out/words-$2" ] || "$glip" narrate --data "$1" --annotations "$3" --images "$4" --out "$out/words-$2"
}
narrate coco-json coco "$out/coco-train.json" "$data/coco128/images"
narrate lvis-json photographs "$out/photographs-40.json" "$photographs"
narrate coco-json raccoon "$data/raccoon/annotations/train.json" "$data/raccoon/images"
asked() { # NAME IMAGES REPEAT
    printf '%s\n' --data vqa-json --questions "$out/words-$1/questions.json" --annotations "$out/words-$1/answers.json" \
        --images "$2" --repeat "$3"
}
said() { # NAME IMAGES REPEAT
    printf '%s\n' --data captions-json --annotations "$out/words-$1/captions.json" --images "$2" --repeat "$3"
}
{
    drawn scenes-questions 20000 4 --names common --most-objects 4
    asked photographs "$photographs" 6; asked coco "$data/coco128/images" 6; asked raccoon "$data/raccoon/images" 1
    drawn scenes-captions 12000 5 --names common --most-objects 4
    said photographs "$photographs" 6; said coco "$data/coco128/images" 10; said raccoon "$data/raccoon/images" 1
} | continued "$out/masks/model.safetensors" "$out/reading" 41 1050 1.1e-3 \
    language_backbone.,backbone.,rpn.head.dyhead_tower.,rpn.head.dot_,rpn.head.bias,rpn.head.log_,rpn.head.cls_,rpn.head.bbox,rpn.head.centerness,rpn.head.scales,roi_heads. \
    --batch 16 --sizes 256,288 --answers "$here/nano-answers.json" --average 0.99 --warmup 50
