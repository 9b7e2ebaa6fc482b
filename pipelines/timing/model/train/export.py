"""Writes the graph that takes raw sound. usage: export.py FOLDER [TO [NET.pt]]; gives viseme15.onnx and viseme15.json in TO (the
folder above this): how often the model answers what, and a sound made by a formula with the answers that any runtime must give."""
import json
import os
import sys

import numpy as np
import onnx
import torch

import net as model
import phones
from mix import read

HERE = os.path.dirname(os.path.abspath(__file__))
LARGE = 1000  # numbers


def formula(count=16000):
    """A sound that every language can make: three gliding partials that swell four times, in 32-bit floats."""
    time = np.arange(count, dtype=np.float64) / 16000
    glide = 2 * np.pi * (140 * time + 60 * time * time)
    swell = .5 - .5 * np.cos(2 * np.pi * 4 * time)
    return (swell * (.2 * np.sin(glide) + .1 * np.sin(5 * glide) + .05 * np.sin(13 * glide))).astype(np.float32)


def habits(net, folder):
    """Mean answer over sentences that were not trained on: what a text's shapes are weighed against."""
    total, count = np.zeros(model.CLASSES), 0
    with torch.no_grad():
        for _, mel, visemes, _ in read(folder)[2][::4]:
            even = len(visemes) // 2 * 2
            out = torch.softmax(net(model.levels(torch.tensor(mel[:even].astype(np.float32).T[None])))[0, :model.CLASSES], 0)
            total += out.sum(1).numpy()
            count += even
    return total / count


def rounded(hearing):
    """The model as the file has it: norms folded into what they follow, and what is large in 16 bits."""
    fold, none = torch.nn.utils.fuse_conv_bn_eval, torch.nn.Identity()
    net = hearing.net
    for pair in (net.ears, net.down):
        pair[0], pair[1] = fold(pair[0], pair[1]), none
    for block in (*net.blocks, net.last):
        block.conv, block.norm = fold(block.conv, block.norm), none
    with torch.no_grad():
        for tensor in hearing.state_dict().values():
            if tensor.numel() > LARGE:
                tensor.copy_(tensor.half())
    return hearing


def halved(path):
    """Keeps the weights in half as many bytes: they are made 32-bit floats again when the graph is loaded."""
    model = onnx.load(path)
    graph = model.graph
    for weight in [weight for weight in graph.initializer if np.prod(weight.dims) > LARGE and weight.data_type == onnx.TensorProto.FLOAT]:
        rows = onnx.numpy_helper.to_array(weight).astype(np.float16)
        graph.node.insert(0, onnx.helper.make_node('Cast', [weight.name + '.half'], [weight.name], to=onnx.TensorProto.FLOAT))
        graph.initializer.remove(weight)
        graph.initializer.append(onnx.numpy_helper.from_array(rows, weight.name + '.half'))
    onnx.checker.check_model(model)
    onnx.save(model, path)


def main(folder, to=os.path.join(HERE, '..'), kept=None):
    torch.set_num_threads(1)
    net = model.load(kept or os.path.join(folder, 'net.pt'))
    priors = habits(net, folder)
    hearing = rounded(model.Hearing(net).eval())
    path = os.path.join(to, 'viseme15.onnx')
    sound = torch.tensor(formula())[None]
    torch.onnx.export(hearing, (sound,), path, dynamo=False, input_names=['sound'], output_names=['shapes', 'openness'], opset_version=17,
                      dynamic_axes={'sound': {1: 'samples'}, 'shapes': {1: 'frames'}, 'openness': {1: 'frames'}},
                      do_constant_folding=False)
    halved(path)
    with torch.no_grad():
        shapes, openness = hearing(sound)
    rows = list(range(0, shapes.shape[1], 9))
    about = {
        'visemes': phones.VISEMES + ['breath'],
        'priors': [round(float(value), 5) for value in priors],
        'golden': {'rows': rows, 'shapes': [[round(float(v), 6) for v in shapes[0, row]] for row in rows],
                   'openness': [round(float(openness[0, row]), 6) for row in rows]},
    }
    with open(os.path.join(to, 'viseme15.json'), 'w') as file:
        json.dump(about, file)
        file.write('\n')
    print(os.path.getsize(path), 'bytes', about['priors'])


if __name__ == '__main__':
    main(*sys.argv[1:])
