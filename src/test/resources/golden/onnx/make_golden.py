"""The front ends of the presets by their definitions, in NumPy and float64.

Makes the .npy files of this folder: `python3 make_golden.py`. yamnet_samples.npy and
yamnet_log_mel.npy are not from here: they are three frames of the reference values of the published
YAMNet, 16 kHz samples and the log-mel frames of them.
"""
import numpy as np


def signal(rate, seconds):
    """A tone of 440 Hz, a chirp from 50 Hz up to 7 kHz and a click; the tests make the same."""
    n = np.arange(int(rate * seconds))
    t = n / rate
    x = 0.4 * np.sin(2 * np.pi * 440 * t)
    x += 0.2 * np.sin(2 * np.pi * (50 * t + 6950 / 2 * t * t / seconds))
    x[len(n) // 3] += 0.5
    return x.astype(np.float32).astype(np.float64)


def to_mel(f, scale):
    if scale == "htk":
        return 2595 * np.log10(1 + f / 700)
    return np.where(f < 1000, f * 3 / 200, 15 + 27 * np.log(np.maximum(f, 1) / 1000) / np.log(6.4))


def to_hz(m, scale):
    if scale == "htk":
        return 700 * (10 ** (m / 2595) - 1)
    return np.where(m < 15, m * 200 / 3, 1000 * np.exp(np.log(6.4) / 27 * (m - 15)))


def filters(rate, fft, bands, scale, norm, low, high):
    bins = np.arange(fft // 2 + 1) * rate / fft
    edges = to_hz(np.linspace(to_mel(np.array(low), scale), to_mel(np.array(high), scale), bands + 2), scale)
    rows = []
    for b in range(bands):
        left, centre, right = edges[b : b + 3]
        row = np.maximum(0, np.minimum((bins - left) / (centre - left), (right - bins) / (right - centre)))
        rows.append(row * (2 / (right - left) if norm == "slaney" else 1))
    return np.array(rows)


def log_mel(x, rate, fft, window, hop, edges, power, bands, scale, norm, low, high, log):
    if edges != "none":
        x = np.pad(x, fft // 2, mode="reflect" if edges == "reflect" else "constant")
    size = fft if edges != "none" else len(window)
    left = (size - len(window)) // 2
    spectra = []
    for start in range(0, len(x) - size + 1, hop):
        spectra.append(np.abs(np.fft.rfft(x[start + left : start + left + len(window)] * window, fft)) ** power)
    return log(np.array(spectra) @ filters(rate, fft, bands, scale, norm, low, high).T)


def periodic(size):
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)


def musicnn_log(v):
    return np.log10(1 + 10000 * v)


PRESETS = {
    "yamnet": (16000, 512, periodic(400), 160, "none", 1, 64, "htk", None, 125, 7500, lambda v: np.log(v + 0.001)),
    "vggish": (16000, 512, periodic(400), 160, "none", 1, 64, "htk", None, 125, 7500, lambda v: np.log(v + 0.01)),
    "musicnn": (16000, 512, periodic(512), 256, "zero", 2, 96, "slaney", "slaney", 0, 8000, musicnn_log),
    "effnet": (16000, 512, np.hanning(512), 256, "zero", 2, 96, "slaney", "slaney", 0, 8000, musicnn_log),
    "clap": (48000, 1024, periodic(1024), 480, "reflect", 2, 64, "slaney", "slaney", 50, 14000,
             lambda v: 10 * np.log10(np.maximum(1e-10, v))),
}
SECONDS = {"yamnet": 1, "vggish": 1, "musicnn": 3, "effnet": 3, "clap": 10}

if __name__ == "__main__":
    for name, (rate, *rest) in PRESETS.items():
        frames = log_mel(signal(rate, SECONDS[name]), rate, *rest)
        # The first, the last and two between; how many there are is the first row.
        picked = [0, 1, len(frames) // 2, len(frames) - 1]
        count = np.full(frames.shape[1], len(frames))
        np.save(name + ".npy", np.vstack([count, frames[picked]]).astype("<f4"))
