#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What others would say of degraded speech, beside the score of `callclient judge`.

    ./callclient judge --pairs pairs
    python3 .ci/outside-opinion.py pairs          # needs numpy (Debian: python3-numpy)

Prints Spearman's rank correlation of the score with two measures that were published and share no code with it: STOI (C. H. Taal et al.,
IEEE Transactions on Audio, Speech, and Language Processing 19(7), 2011) and the similarity of ViSQOL (A. Hines et al., EURASIP Journal on
Audio, Speech, and Music Processing, 2015:13), both written from the papers.
"""
import csv
import os
import sys
import wave

import numpy as np

RATE = 16000


def read(path):
    with wave.open(path) as file:
        assert file.getframerate() == RATE and file.getnchannels() == 1 and file.getsampwidth() == 2
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)


def aligned(said, heard):
    """What was heard, earlier by the delay at which the two are most alike as a whole."""
    size = 1 << (len(said) + len(heard)).bit_length()
    cross = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)
    delay = int(np.argmax(np.abs(cross[: RATE])))
    later = heard[delay:]
    return np.pad(later, (0, max(0, len(said) - len(later))))[: len(said)]


def resampled(samples, rate):
    count = int(len(samples) * rate / RATE)
    spectrum = np.fft.rfft(samples)
    return np.fft.irfft(spectrum[: count // 2 + 1], count) * count / len(samples)


def frames(samples, length, step, window):
    count = 1 + (len(samples) - length) // step
    index = np.arange(length)[None, :] + step * np.arange(count)[:, None]
    return samples[index] * window


def stoi(said, heard):
    rate, length, step, size = 10000, 256, 128, 512
    one, other = resampled(said, rate), resampled(heard, rate)
    window = np.hanning(length + 2)[1:-1]
    x, y = frames(one, length, step, window), frames(other, length, step, window)
    energy = 20 * np.log10(np.linalg.norm(x, axis=1) + 1e-9)
    speech = energy > energy.max() - 40
    x, y = np.abs(np.fft.rfft(x[speech], size)) ** 2, np.abs(np.fft.rfft(y[speech], size)) ** 2
    hertz = np.arange(size // 2 + 1) * rate / size
    bands = np.zeros((15, len(hertz)))
    for k in range(15):
        centre = 150 * 2 ** (k / 3)
        bands[k] = (hertz >= centre * 2 ** (-1 / 6)) & (hertz < centre * 2 ** (1 / 6))
    x, y = np.sqrt(x @ bands.T), np.sqrt(y @ bands.T)
    least = 10 ** (15 / 20)
    scores = []
    for end in range(30, len(x) + 1):
        a, b = x[end - 30 : end], y[end - 30 : end]
        b = b * np.linalg.norm(a, axis=0) / (np.linalg.norm(b, axis=0) + 1e-9)
        b = np.minimum(b, a * (1 + least))
        a, b = a - a.mean(axis=0), b - b.mean(axis=0)
        scores.append((np.sum(a * b, axis=0) / (np.linalg.norm(a, axis=0) * np.linalg.norm(b, axis=0) + 1e-9)).mean())
    return float(np.mean(scores))


def gammatones(size):
    """Of 21 bands from 50 Hz to 8 kHz, as wide as an ear's (B. C. J. Moore, B. R. Glasberg, 1983), how much of each bin is heard."""
    erb = lambda hertz: 24.7 * (4.37 * hertz / 1000 + 1)
    scale = lambda hertz: 21.4 * np.log10(4.37 * hertz / 1000 + 1)
    centres = (10 ** (np.linspace(scale(50), scale(7500), 21) / 21.4) - 1) / 4.37 * 1000
    hertz = np.arange(size // 2 + 1) * RATE / size
    return np.array([(1 + ((hertz - f) / (1.019 * erb(f))) ** 2) ** -4 for f in centres])


def smoothed(image):
    kernel = np.array([[0.0113, 0.0838, 0.0113], [0.0838, 0.6193, 0.0838], [0.0113, 0.0838, 0.0113]])
    padded = np.pad(image, 1, mode="edge")
    rows, columns = image.shape
    return sum(kernel[i, k] * padded[i : i + rows, k : k + columns] for i in range(3) for k in range(3))


def nsim(a, b, most):
    c1, c3 = (0.01 * most) ** 2, (0.03 * most) ** 2 / 2
    ma, mb = smoothed(a), smoothed(b)
    sa = np.sqrt(np.maximum(0, smoothed(a * a) - ma * ma))
    sb = np.sqrt(np.maximum(0, smoothed(b * b) - mb * mb))
    sab = smoothed(a * b) - ma * mb
    return float(np.mean((2 * ma * mb + c1) / (ma * ma + mb * mb + c1) * (sab + c3) / (sa * sb + c3)))


def visqol(said, heard):
    size, step, patch = 512, 256, 30
    window = np.hamming(size)
    heard = heard * np.sqrt(np.mean(said**2) / (np.mean(heard**2) + 1e-9))
    weights = gammatones(size)
    spectra = [np.abs(np.fft.rfft(frames(s, size, step, window))) ** 2 @ weights.T for s in (said, heard)]
    x, y = (10 * np.log10(s + 1e-9) for s in spectra)
    floor = x.max() - 60
    x, y = np.maximum(x, floor) - floor, np.maximum(y, floor) - floor
    loud = x.mean(axis=1)
    scores = []
    for at in range(0, len(x) - patch + 1, patch):
        if loud[at : at + patch].mean() < loud.mean() / 2:
            continue
        near = range(max(0, at - 8), min(len(y) - patch, at + 8) + 1)
        scores.append(max(nsim(x[at : at + patch].T, y[k : k + patch].T, x.max()) for k in near))
    return float(np.mean(scores))


def ranks(values):
    values = np.asarray(values)
    return np.array([(values < v).sum() + ((values == v).sum() - 1) / 2 for v in values])


def spearman(one, other):
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "scores.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    measures = {"STOI": [], "similarity of ViSQOL": []}
    for row in rows:
        said, heard = read(os.path.join(folder, row["said"])), read(os.path.join(folder, row["heard"]))
        heard = aligned(said, heard)
        measures["STOI"].append(stoi(said, heard))
        measures["similarity of ViSQOL"].append(visqol(said, heard))
    scores = [float(row["similarity"]) for row in rows]
    print(f"{len(rows)} pairs; Spearman's rank correlation of the score with")
    for name, values in measures.items():
        print(f"  {name:22} {spearman(scores, values):.2f}")
    with open(os.path.join(folder, "opinions.csv"), "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["heard", "degradation", "level", "similarity", *measures])
        for i, row in enumerate(rows):
            writer.writerow([row["heard"], row["degradation"], row["level"], row["similarity"], *(v[i] for v in measures.values())])


main()
