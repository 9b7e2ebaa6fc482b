"""Trains. usage: train.py FOLDER MINUTES [THREADS] [FROM.pt]; keeps the running mean of the weights in FOLDER/net.pt."""
import multiprocessing
import os
import sys
import time

import numpy as np
import torch

import mix
import net as model
import phones


def soft(visemes):
    """One-hot targets that give a tenth to each neighbour in time: where a sound begins nobody knows to 10 ms."""
    hot = torch.nn.functional.one_hot(visemes, model.CLASSES).float()
    return .8 * hot + .1 * torch.roll(hot, 1, 1) + .1 * torch.roll(hot, -1, 1)


def watch(net, rows):
    """Share of frames right on voices trained on, in sentences that were not."""
    net.eval()
    right = count = 0
    with torch.no_grad():
        for _, mel, visemes, _ in rows:
            even = len(visemes) // 2 * 2
            out = net(model.levels(torch.tensor(mel[:even].astype(np.float32).T[None])))[0, :model.CLASSES].argmax(0).numpy()
            right += (out == visemes[:even]).sum()
            count += even
    net.train()
    return right / count


def main(folder, minutes, threads=2, start=None):
    torch.manual_seed(0)
    torch.set_num_threads(threads)
    rows, _, watched = mix.read(folder)
    mix.banks(folder)
    every = np.concatenate([row[2] for row in rows])
    shares = np.bincount(every, minlength=model.CLASSES) / len(every)
    shares[phones.BREATH] = .03
    weight = 1 / np.sqrt(shares + .01)
    weight[phones.INDEX['PP']] *= 1.15
    weight = torch.tensor(weight / weight.mean(), dtype=torch.float32)
    queue = multiprocessing.Queue(6)
    worker = multiprocessing.Process(target=mix.fill, args=(folder, int(time.time()) if start else 1, queue), daemon=True)
    worker.start()
    net = model.Net()
    if start:
        net.load_state_dict(torch.load(start)['state'])
    mean = {key: value.clone() for key, value in net.state_dict().items()}
    print(f'{len(rows)} utterances, {len(every) / 360000:.2f} h, {sum(p.numel() for p in net.parameters())} numbers', flush=True)
    optimizer = torch.optim.AdamW(net.parameters(), 2.5e-3, weight_decay=1e-2)
    began, saved, steps, losses = time.time(), 0., 0, []

    def keep():
        torch.save({'shape': {}, 'state': mean, 'steps': steps, 'minutes': (time.time() - began) / 60}, os.path.join(folder, 'part.pt'))
        os.replace(os.path.join(folder, 'part.pt'), os.path.join(folder, 'net.pt'))

    while (gone := (time.time() - began) / 60) < minutes:
        rate = (8e-4 if start else 2.5e-3) * min(1, (steps + 1) / 100) * max(.01, .5 * (1 + np.cos(np.pi * gone / minutes)))
        for group in optimizer.param_groups:
            group['lr'] = rate
        mel, visemes, openness = (torch.from_numpy(column) for column in queue.get())
        visemes, openness = visemes.long(), openness.float() / 255
        with torch.autocast('cpu', torch.bfloat16):
            out = net(model.levels(mel))
        out = out.float()
        target = soft(visemes)
        scores = torch.log_softmax(out[:, :model.CLASSES], 1).transpose(1, 2)
        each = weight[visemes]
        loss = -(each * (target * scores).sum(2)).sum() / each.sum()
        loss = loss + .7 * torch.nn.functional.binary_cross_entropy_with_logits(out[:, model.CLASSES], openness)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.)
        optimizer.step()
        steps += 1
        slow = min(.998, steps / (steps + 20))
        for key, value in net.state_dict().items():
            mean[key] = slow * mean[key] + (1 - slow) * value if value.dtype.is_floating_point else value
        losses.append(loss.item())
        if gone - saved > 2.5:
            saved = gone
            other = model.Net()
            other.load_state_dict(mean)
            keep()
            print(f'{gone:5.1f} min, step {steps}, loss {np.mean(losses[-300:]):.3f}, right {watch(other, watched[::3]):.3f}', flush=True)
    keep()
    worker.terminate()
    print('done', steps, flush=True)


if __name__ == '__main__':
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2, sys.argv[4] if len(sys.argv) > 4 else None)
