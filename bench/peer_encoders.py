"""The image encoders of bench/peer_network.py: Swin (Liu et al. 2021) and CenterNet on MobileNetV3 (Zhou et al. 2019)."""

import torch
import torch.nn.functional as F
from torch import nn


class WindowAttention(nn.Module):
    def __init__(self, channels, heads, window):
        super().__init__()
        self.heads, self.window = heads, window
        self.relative_position_bias_table = nn.Parameter(torch.zeros((2 * window - 1) ** 2, heads))
        self.qkv = nn.Linear(channels, 3 * channels)
        self.proj = nn.Linear(channels, channels)
        row = torch.arange(window).repeat_interleave(window)
        column = torch.arange(window).repeat(window)
        down, along = row[:, None] - row[None], column[:, None] - column[None]
        index = (down + window - 1) * (2 * window - 1) + along + window - 1
        self.register_buffer("index", index.flatten(), persistent=False)

    def forward(self, x, mask):  # (N*K, L, C), (K, L, L) or None
        count, length, channels = x.shape
        q, k, v = self.qkv(x).view(count, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        bias = self.relative_position_bias_table[self.index].view(length, length, -1).permute(2, 0, 1)[None]
        if mask is not None:
            bias = (bias + mask[:, None]).repeat(count // len(mask), 1, 1, 1)
        x = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        return self.proj(x.transpose(1, 2).reshape(count, length, channels))


class SwinBlock(nn.Module):
    def __init__(self, channels, heads, window, shift, drop):
        super().__init__()
        self.window, self.shift, self.drop = window, shift, drop
        self.norm1, self.norm2 = nn.LayerNorm(channels), nn.LayerNorm(channels)
        self.attn = WindowAttention(channels, heads, window)
        self.mlp = nn.ModuleDict({"fc1": nn.Linear(channels, 4 * channels), "fc2": nn.Linear(4 * channels, channels)})

    def forward(self, x, mask):  # (N, H, W, C)
        n, height, width, channels = x.shape
        w = self.window
        y = F.pad(self.norm1(x), (0, 0, 0, -width % w, 0, -height % w))
        if self.shift:
            y = torch.roll(y, (-self.shift, -self.shift), (1, 2))
        rows, columns = y.shape[1] // w, y.shape[2] // w
        y = y.view(n, rows, w, columns, w, channels).transpose(2, 3).reshape(-1, w * w, channels)
        y = self.attn(y, mask if self.shift else None)
        y = y.view(n, rows, columns, w, w, channels).transpose(2, 3).reshape(n, rows * w, columns * w, channels)
        if self.shift:
            y = torch.roll(y, (self.shift, self.shift), (1, 2))
        x = x + self.branch(y[:, :height, :width])
        return x + self.branch(self.mlp["fc2"](F.gelu(self.mlp["fc1"](self.norm2(x)))))

    def branch(self, x):
        if not self.training or not self.drop:
            return x
        return x * x.new_empty(len(x), 1, 1, 1).bernoulli_(1 - self.drop) / (1 - self.drop)


class SwinStage(nn.Module):
    def __init__(self, channels, heads, window, drops, merges):
        super().__init__()
        self.window = window
        self.blocks = nn.ModuleList(
            SwinBlock(channels, heads, window, i % 2 * (window // 2), drop) for i, drop in enumerate(drops))
        if merges:
            self.downsample = nn.ModuleDict({
                "norm": nn.LayerNorm(4 * channels), "reduction": nn.Linear(4 * channels, 2 * channels, bias=False)})

    def forward(self, x):
        mask = self.mask(x.shape[1], x.shape[2])
        for block in self.blocks:
            x = block(x, mask)
        return x

    def mask(self, height, width):
        """-100 between positions that only the roll brought together."""
        w = self.window
        sides = []
        for size in (height + -height % w, width + -width % w):
            at = torch.arange(size)
            sides.append((at >= size - w).long() + (at >= size - w // 2).long())
        region = 3 * sides[0][:, None] + sides[1][None]
        region = region.view(len(sides[0]) // w, w, len(sides[1]) // w, w).transpose(1, 2).reshape(-1, w * w)
        return -100.0 * (region[:, None] != region[:, :, None]).float()

    def merge(self, x):
        x = F.pad(x, (0, 0, 0, x.shape[2] % 2, 0, x.shape[1] % 2))
        n, height, width, channels = x.shape
        x = x.view(n, height // 2, 2, width // 2, 2, channels).permute(0, 1, 3, 4, 2, 5)
        return self.downsample["reduction"](
            self.downsample["norm"](x.reshape(n, height // 2, width // 2, 4 * channels)))


class Swin(nn.Module):
    channels = (192, 384, 768)

    def __init__(self, width=96, depths=(2, 2, 6, 2), heads=(3, 6, 12, 24), window=7, drop=0.4):
        super().__init__()
        rates = [drop * i / (sum(depths) - 1) for i in range(sum(depths))]
        drops = [rates[sum(depths[:i]):sum(depths[:i + 1])] for i in range(4)]
        self.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(3, width, 4, 4), "norm": nn.LayerNorm(width)})
        self.layers = nn.ModuleList(
            SwinStage(width << i, heads[i], window, drops[i], i < 3) for i in range(4))
        for i in range(1, 4):
            self.add_module(f"norm{i}", nn.LayerNorm(width << i))

    def forward(self, images):
        x = self.patch_embed["norm"](self.patch_embed["proj"](images).permute(0, 2, 3, 1))
        maps = []
        for i, stage in enumerate(self.layers):
            x = stage(x if i == 0 else self.layers[i - 1].merge(x))
            if i > 0:
                maps.append(self.get_submodule(f"norm{i}")(x).permute(0, 3, 1, 2).contiguous())
        return maps


def convolution(into, out, kernel=1, stride=1, depthwise=False, bias=True):
    return nn.Conv2d(into, out, kernel, stride, kernel // 2 if stride == 1 else 0,
                     groups=into if depthwise else 1, bias=bias)


def halved(layer, x):
    """A convolution of stride 2, padded as TensorFlow does."""
    spare = layer.kernel_size[0] - 2
    before = spare // 2
    return layer(F.pad(x, (before, spare - before, before, spare - before)))


class InvertedResidual(nn.Module):
    def __init__(self, into, wide, out, kernel, stride, squeezed, hard):
        super().__init__()
        self.act = F.hardswish if hard else F.relu
        self.added = stride == 1 and into == out
        self.expand = convolution(into, wide) if wide != into else None
        self.depthwise = convolution(wide, wide, kernel, stride, depthwise=True)
        self.squeeze_excite = nn.ModuleDict(
            {"reduce": convolution(wide, squeezed), "expand": convolution(squeezed, wide)}) if squeezed else None
        self.project = convolution(wide, out)

    def forward(self, x):
        wide = self.act(self.expand(x)) if self.expand else x
        y = self.act(self.depthwise(wide) if self.depthwise.stride[0] == 1 else halved(self.depthwise, wide))
        if self.squeeze_excite:
            squeezed = F.relu(self.squeeze_excite["reduce"](y.mean((2, 3), keepdim=True)))
            y = y * F.hardsigmoid(self.squeeze_excite["expand"](squeezed))
        y = self.project(y)
        return wide, x + y if self.added else y


class MobileNet(nn.Module):
    BLOCKS = (
        (16, 16, 16, 3, 1, 0, False), (16, 64, 24, 3, 2, 0, False), (24, 72, 24, 3, 1, 0, False),
        (24, 72, 32, 5, 2, 24, False), (32, 96, 32, 5, 1, 24, False), (32, 96, 32, 5, 1, 24, False),
        (32, 192, 64, 3, 2, 0, True), (64, 160, 64, 3, 1, 0, True), (64, 144, 64, 3, 1, 0, True),
        (64, 144, 64, 3, 1, 0, True), (64, 384, 88, 3, 1, 96, True), (88, 528, 88, 3, 1, 136, True),
        (88, 528, 120, 5, 2, 136, True), (120, 720, 120, 5, 1, 184, True), (120, 720, 120, 5, 1, 184, True))

    def __init__(self):
        super().__init__()
        self.stem = convolution(3, 16, 3, 2)
        self.blocks = nn.ModuleList(InvertedResidual(*block) for block in self.BLOCKS)
        self.last = convolution(120, 480)

    def forward(self, x):
        x = F.hardswish(halved(self.stem, x))
        taken = {}
        for i, block in enumerate(self.blocks):
            taken[i], x = block(x)
            if i == 11:
                at16 = x
        return taken[3], taken[5], at16, F.hardswish(self.last(x))


class CenterNet(nn.Module):
    """The nano's: its own path at three strides, and at each what the heatmap says there (see the Java encoder)."""

    channels = (276, 340, 564)

    def __init__(self):
        super().__init__()
        self.backbone = MobileNet()
        for stride, into, wide, of in ((32, 480, 128, 88), (16, 256, 96, 96), (8, 192, 64, 72)):
            self.add_module(f"from{stride}", nn.ModuleDict({
                "small_filter": convolution(into, into, 3, depthwise=True, bias=False), "small": convolution(into, wide),
                "large_filter": convolution(into, into, 5, depthwise=True, bias=False),
                "large": convolution(into, wide)}))
            self.add_module(f"lateral{stride // 2}", nn.ModuleDict({
                "narrow": convolution(of, of // 4),
                "filter": convolution(of // 4, of // 4, 5, depthwise=True, bias=False),
                "widen": convolution(of // 4, wide)}))
        self.gate = nn.ModuleDict({"reduce": convolution(128, 32), "expand": convolution(32, 128, bias=False)})
        for name, out in (("classes", 80), ("sides", 4)):
            self.add_module(name, nn.ModuleDict({
                "filter": convolution(128, 128, 3, depthwise=True, bias=False), "predict": convolution(128, out)}))

    def forward(self, images):
        deviation = torch.tensor([57.375, 57.120, 58.395]).view(1, 3, 1, 1)
        mean = torch.tensor([103.530, 116.280, 123.675]).view(1, 3, 1, 1)
        at4, at8, at16, at32 = self.backbone((images * deviation + mean).flip(1))
        at16 = self.join(16, at16, 32, at32)
        at8 = self.join(8, at8, 16, at16)
        at4 = self.join(4, at4, 8, at8)
        squeezed = F.relu(self.gate["reduce"](at4.mean((2, 3), keepdim=True)))
        at4 = at4 * torch.sigmoid(self.gate["expand"](squeezed))
        logits, sides = (head["predict"](head["filter"](at4)) for head in (self.classes, self.sides))
        evidence = peaks(logits, 16 * sides)
        return [torch.cat(pair, 1) for pair in zip((at8, at16, at32), evidence)]

    def join(self, to, lateral, stride, x):
        layers, up = self.get_submodule(f"lateral{to}"), self.get_submodule(f"from{stride}")
        lateral = layers["widen"](layers["filter"](F.relu(layers["narrow"](lateral))))
        x = up["small"](up["small_filter"](x)) + up["large"](up["large_filter"](x))
        size = (2 * x.shape[2] - 1, 2 * x.shape[3] - 1)
        x = F.pad(F.interpolate(x, size, mode="bilinear", align_corners=True), (0, 1, 0, 1), mode="replicate")
        return F.relu(torch.cat((lateral, x), 1))


def peaks(logits, sides):
    width, height = sides[:, 0:1] + sides[:, 2:3], sides[:, 1:2] + sides[:, 3:4]
    octaves = (width.clamp(min=1) * height.clamp(min=1)).sqrt().div(64).log2()
    wrong = (F.relu(octaves - 0.5), F.relu(octaves - 1.5) + F.relu(0.5 - octaves), F.relu(1.5 - octaves))
    pooled = [peaks_at(logits - 10 * off, sides, 2 << i) for i, off in enumerate(wrong)]
    return [fine - F.interpolate(coarse, fine.shape[2:]) for fine, coarse in zip(pooled, pooled[1:])] + pooled[2:]


def peaks_at(fitting, sides, factor):
    evidence = 0.5 * F.relu(F.max_pool2d(fitting, factor) + 5)
    _, at = F.max_pool2d(fitting.amax(1, keepdim=True), factor, return_indices=True)
    n, _, height, width = at.shape
    picked = sides.flatten(2).gather(2, at.flatten(2).expand(n, 4, -1)).view(n, 4, height, width)
    left, top, right, bottom = picked.split(1, 1)
    stride = 4 * factor
    columns, rows = ((torch.arange(size) + 0.5) * stride for size in (width, height))
    dx = (4 * (at % sides.shape[3]) + (right - left) / 2 - columns) / stride
    dy = (4 * (at // sides.shape[3]) + (bottom - top) / 2 - rows[:, None]) / stride
    sizes = [((a + b).clamp(min=1) / (8 * stride)).log() for a, b in ((left, right), (top, bottom))]
    return torch.cat((evidence, torch.cat((dx, dy, *sizes), 1).clamp(-3, 3)), 1)
