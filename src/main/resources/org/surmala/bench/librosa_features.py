"""Extracts with librosa the features that Surmala extracts by default.

Reads paths of songs on standard input, one a line. The argument is the number of processes.
Prints one JSON object: version, songs, failed, seconds (from the first file to the last feature).
"""

import json
import multiprocessing
import os
import sys
import time
import warnings

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import librosa
import numpy as np

RATE = 22050
SECONDS = 30.0


def statistics(values):
    values = np.atleast_2d(values)
    slopes = librosa.feature.delta(values)
    return np.concatenate([values.mean(axis=1), values.std(axis=1), slopes.std(axis=1)])


def features(path):
    offset = max(0.0, (librosa.get_duration(path=path) - SECONDS) / 2)
    samples, _ = librosa.load(
        path, sr=RATE, mono=True, offset=offset, duration=SECONDS, res_type="soxr_hq"
    )
    magnitude = np.abs(librosa.stft(samples))
    power = magnitude**2
    log_mel = librosa.power_to_db(librosa.feature.melspectrogram(S=power, sr=RATE))
    chroma = librosa.feature.chroma_stft(S=power, sr=RATE, tuning=0)
    onsets = librosa.onset.onset_strength(S=log_mel, sr=RATE)
    frames = [
        librosa.feature.mfcc(S=log_mel, n_mfcc=20),
        chroma,
        librosa.feature.spectral_centroid(S=magnitude, sr=RATE),
        librosa.feature.spectral_bandwidth(S=magnitude, sr=RATE),
        librosa.feature.spectral_rolloff(S=magnitude, sr=RATE),
        librosa.feature.spectral_flatness(S=magnitude),
        librosa.feature.spectral_contrast(S=magnitude, sr=RATE),
        librosa.feature.zero_crossing_rate(samples),
        librosa.feature.rms(y=samples),
        onsets,
        librosa.feature.tonnetz(chroma=chroma, sr=RATE),
    ]
    tempo = librosa.feature.tempo(onset_envelope=onsets, sr=RATE)
    rate = len(librosa.onset.onset_detect(onset_envelope=onsets, sr=RATE)) * RATE / len(samples)
    return np.concatenate([statistics(values) for values in frames] + [tempo, [rate]])


def succeeds(path):
    warnings.simplefilter("ignore")
    try:
        return bool(np.isfinite(features(path)).all())
    except Exception as problem:  # A song that fails is counted, whatever is wrong with it.
        print(f"{path}: {problem!r}", file=sys.stderr)
        return False


def main():
    paths = [line.rstrip("\n") for line in sys.stdin]
    start = time.perf_counter()
    with multiprocessing.Pool(int(sys.argv[1])) as pool:
        outcomes = pool.map(succeeds, paths, chunksize=1)
    answer = {
        "version": librosa.__version__,
        "songs": len(paths),
        "failed": outcomes.count(False),
        "seconds": time.perf_counter() - start,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
