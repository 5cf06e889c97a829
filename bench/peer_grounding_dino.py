"""A peer for bench/speed: transformers' GroundingDINO-T with random weights, in eager PyTorch on the CPU.

Reads a line, runs one forward pass, prints its seconds; ends at the end of its input.
Usage: peer_grounding_dino.py HEIGHT WIDTH TOKENS THREADS   (needs: pip install torch transformers timm)
"""

import sys
import time

import torch
from transformers import GroundingDinoConfig, GroundingDinoForObjectDetection, SwinConfig

FULL_STOP = 1012
FIRST_WORD = 2000


def main():
    height, width, tokens, threads = map(int, sys.argv[1:5])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    backbone = SwinConfig(
        embed_dim=96, depths=[2, 2, 6, 2], num_heads=[3, 6, 12, 24], window_size=7, out_indices=[2, 3, 4]
    )
    model = GroundingDinoForObjectDetection(GroundingDinoConfig(backbone_config=backbone)).eval()
    pixels = torch.randn(1, 3, height, width)
    ids = torch.tensor([[101] + [FIRST_WORD + i if i % 3 else FULL_STOP for i in range(1, tokens - 1)] + [102]])
    mask = torch.ones_like(ids)
    print("ready", torch.__version__, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        with torch.no_grad():
            model(pixel_values=pixels, input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids))
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
