"""GLIP in plain PyTorch for bench/peer_training.py, with the parameters' published names.

Text encoder: transformers' BertModel; deformable convolution: torchvision's; attention within windows and within texts:
torch's own scaled_dot_product_attention. The rest is written out as the public GLIP code has it.
"""

import torch
import torch.nn.functional as F
from peer_encoders import CenterNet, Swin
from torch import nn
from torchvision.ops import deform_conv2d
from transformers import BertConfig, BertModel

LIMIT = 50_000


class Pyramid(nn.Module):
    def __init__(self, sources, channels):
        super().__init__()
        for i, source in enumerate(sources, 2):
            self.add_module(f"fpn_inner{i}", nn.Conv2d(source, channels, 1))
            self.add_module(f"fpn_layer{i}", nn.Conv2d(channels, channels, 3, padding=1))
        self.top_blocks = nn.ModuleDict({p: nn.Conv2d(channels, channels, 3, 2, 1) for p in ("p6", "p7")})

    def forward(self, maps):
        merged5 = self.fpn_inner4(maps[2])
        merged4 = self.fpn_inner3(maps[1])
        merged4 = merged4 + F.interpolate(merged5, merged4.shape[2:])
        merged3 = self.fpn_inner2(maps[0])
        merged3 = merged3 + F.interpolate(merged4, merged3.shape[2:])
        p5 = self.fpn_layer4(merged5)
        p6 = self.top_blocks["p6"](p5)
        return [self.fpn_layer2(merged3), self.fpn_layer3(merged4), p5, p6, self.top_blocks["p7"](F.relu(p6))]


def heads(x, count):
    return x.view(x.shape[0], x.shape[1], count, -1).transpose(1, 2)


def merged(x):
    return x.transpose(1, 2).flatten(2)


class BiAttention(nn.Module):
    def __init__(self, channels, text, width, count, blocks, dropout):
        super().__init__()
        self.count, self.dropout, self.scale = count, dropout, (count / width) ** 0.5
        self.gamma_v = nn.Parameter(torch.full((channels,), 1 / blocks))
        self.gamma_l = nn.Parameter(torch.full((text,), 1 / blocks))
        self.layer_norm_v, self.layer_norm_l = nn.LayerNorm(channels), nn.LayerNorm(text)
        self.attn = nn.ModuleDict({
            "v_proj": nn.Linear(channels, width), "l_proj": nn.Linear(text, width),
            "values_v_proj": nn.Linear(channels, width), "values_l_proj": nn.Linear(text, width),
            "out_v_proj": nn.Linear(width, channels), "out_l_proj": nn.Linear(width, text)})

    def forward(self, levels, text, bias):
        image = self.layer_norm_v(torch.cat([level.flatten(2).transpose(1, 2) for level in levels], 1))
        text = self.layer_norm_l(text)
        attn = self.attn
        query = heads(attn["v_proj"](image) * self.scale, self.count)
        key = heads(attn["l_proj"](text), self.count)
        scores = (query @ key.transpose(2, 3)).clamp(-LIMIT, LIMIT)  # (N, H, P, T)
        to_text = F.dropout((scores + bias).softmax(3), self.dropout, self.training)
        to_image = F.dropout(scores.softmax(2), self.dropout, self.training).transpose(2, 3)
        from_text = merged(to_text @ heads(attn["values_l_proj"](text), self.count))
        from_image = merged(to_image @ heads(attn["values_v_proj"](image), self.count))
        image = image + self.gamma_v * attn["out_v_proj"](from_text)
        text = text + self.gamma_l * attn["out_l_proj"](from_image)
        parts = image.split([level.shape[2] * level.shape[3] for level in levels], 1)
        return [part.transpose(1, 2).view(level.shape) for part, level in zip(parts, levels)], text


class TextLayer(nn.Module):
    """BERT's layer with the values kept in range, as the fusion encoder has it."""

    def __init__(self, width, count, inside):
        super().__init__()
        self.count = count
        self.attention = nn.ModuleDict({
            "self": nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")}),
            "output": nn.ModuleDict({"dense": nn.Linear(width, width), "LayerNorm": nn.LayerNorm(width, 1e-12)})})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, inside)})
        self.output = nn.ModuleDict({"dense": nn.Linear(inside, width), "LayerNorm": nn.LayerNorm(width, 1e-12)})

    def forward(self, x, bias):
        q, k, v = (heads(self.attention["self"][name](x), self.count) for name in ("query", "key", "value"))
        scores = (q @ k.transpose(2, 3) * q.shape[3] ** -0.5).clamp(-LIMIT, LIMIT)
        attended = merged((scores + bias).softmax(3) @ v)
        out = self.attention["output"]
        x = out["LayerNorm"](out["dense"](attended) + x)
        inside = F.gelu(self.intermediate["dense"](x).clamp(-LIMIT, LIMIT)).clamp(-LIMIT, LIMIT)
        inside = self.output["dense"](inside).clamp(-LIMIT, LIMIT)
        return self.output["LayerNorm"](inside + x).clamp(-LIMIT, LIMIT)


class Deformation(nn.Module):
    def __init__(self, channels, stride):
        super().__init__()
        self.stride = stride
        self.conv = nn.Conv2d(channels, channels, 3)  # holds the weights
        self.bn = nn.GroupNorm(16, channels)

    def forward(self, x, offsets, masks):
        return self.bn(deform_conv2d(
            x, offsets, self.conv.weight, self.conv.bias, stride=self.stride, padding=1, mask=masks))


def relaid(x, smaller):
    """The finer level's memory read as if it were laid out for the smaller output, as the public kernel does."""
    n, channels, (height, width) = len(x), x.shape[1], smaller.shape[2:]
    return x.reshape(n, -1)[:, :channels * height * width].reshape(n, channels, height, width)


class DynamicHead(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.DyConv = nn.ModuleList(Deformation(channels, stride) for stride in (1, 1, 2))
        self.AttnConv = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(channels, 1, 1), nn.ReLU())
        self.relu = nn.ModuleDict({"fc": nn.Sequential(
            nn.Linear(channels, channels // 4), nn.ReLU(), nn.Linear(channels // 4, 4 * channels), nn.Hardsigmoid())})
        self.offset = nn.Conv2d(channels, 27, 3, padding=1)

    def forward(self, levels):
        return [self.level(levels, i) for i in range(len(levels))]

    def level(self, levels, i):
        own = levels[i]
        chosen = self.offset(own)
        offsets, masks = chosen[:, :18], chosen[:, 18:].sigmoid()
        seen = [self.DyConv[1](own, offsets, masks)]
        if i > 0:
            seen.append(self.DyConv[2](levels[i - 1], offsets, masks))
        if i < len(levels) - 1:
            coarser = levels[i + 1]
            small = self.DyConv[0](coarser, relaid(offsets, coarser), relaid(masks, coarser))
            seen.append(F.interpolate(small, own.shape[2:], mode="bilinear", align_corners=True))
        x = sum(map_ * F.hardsigmoid(self.AttnConv(map_)) for map_ in seen) / len(seen)
        lines = self.relu["fc"](x.mean((2, 3))).view(len(x), 4, -1, 1, 1) - 0.5
        return torch.maximum(x * (2 * lines[:, 0] + 1) + lines[:, 1], x * (2 * lines[:, 2]) + lines[:, 3])


class Head(nn.Module):
    def __init__(self, channels, text, width, count, inside, attention, attention_heads, blocks, dropout):
        super().__init__()
        self.dyhead_tower = nn.ModuleList()
        for _ in range(blocks):
            self.dyhead_tower.append(nn.ModuleDict({
                "b_attn": BiAttention(channels, text, attention, attention_heads, blocks, dropout)}))
            self.dyhead_tower.append(TextLayer(width, count, inside))
            self.dyhead_tower.append(DynamicHead(channels))
        self.cls_logits = nn.Conv2d(channels, 80, 1)  # in every checkpoint, never used
        self.bbox_pred, self.centerness = nn.Conv2d(channels, 4, 1), nn.Conv2d(channels, 1, 1)
        self.scales = nn.ModuleList(nn.ParameterDict({"scale": torch.ones(1)}) for _ in range(5))
        self.dot_product_projection_text = nn.Linear(text, channels)
        self.log_scale, self.bias0 = nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))
        self.bias_lang = nn.Parameter(torch.zeros(text))

    def fuse(self, levels, text, mask):
        bias = (mask == 0).float()[:, None, None] * torch.finfo(torch.float32).min
        for i in range(0, len(self.dyhead_tower), 3):
            levels, text = self.dyhead_tower[i]["b_attn"](levels, text, bias)
            text = self.dyhead_tower[i + 1](text, bias)
            levels = self.dyhead_tower[i + 2](levels)
        return levels, text

    def predict(self, levels, text):
        """Box differences (N, A, 4), centerness (N, A, 1) and word logits (N, A, T) of all levels' anchors."""
        words = F.normalize(text, dim=2)
        bias = words @ self.bias_lang + self.bias0
        words = self.dot_product_projection_text(words / 2).transpose(1, 2)
        boxes, centres, logits = [], [], []
        for level, scale in zip(levels, self.scales):
            boxes.append((self.bbox_pred(level) * scale["scale"]).flatten(2).transpose(1, 2))
            centres.append(self.centerness(level).flatten(2).transpose(1, 2))
            visual = level.flatten(2).transpose(1, 2)
            logits.append((visual @ words / self.log_scale.exp() + bias[:, None]).clamp(-LIMIT, LIMIT))
        return torch.cat(boxes, 1), torch.cat(centres, 1), torch.cat(logits, 1)


PRESETS = {
    "tiny": (Swin, dict(width=768, layers=12, inside=3072), dict(
        channels=256, attention=2048, attention_heads=8, blocks=6, dropout=0.1)),
    "nano": (CenterNet, dict(width=384, layers=6, inside=1536), dict(
        channels=128, attention=256, attention_heads=4, blocks=1, dropout=0.0))}


class Glip(nn.Module):
    def __init__(self, preset):
        super().__init__()
        encoder, text, fusion = PRESETS[preset]
        body = encoder()
        self.backbone = nn.ModuleDict({"body": body, "fpn": Pyramid(body.channels, fusion["channels"])})
        bert = BertConfig(
            hidden_size=text["width"], num_hidden_layers=text["layers"], num_attention_heads=12,
            intermediate_size=text["inside"], hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        self.language_backbone = nn.ModuleDict(
            {"body": nn.ModuleDict({"model": BertModel(bert, add_pooling_layer=False)})})
        head = Head(text=text["width"], width=text["width"], count=12, inside=text["inside"], **fusion)
        self.rpn = nn.ModuleDict({"head": head})

    def encode_images(self, images):
        return self.backbone["fpn"](self.backbone["body"](images))

    def encode_text(self, ids, mask):
        return self.language_backbone["body"]["model"](ids, attention_mask=mask).last_hidden_state
