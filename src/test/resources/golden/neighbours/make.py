"""Neighbour scores by their definitions, in NumPy: songs.csv and expected.csv."""
import csv
from math import erfc, sqrt

import numpy as np

random = np.random.default_rng(20)
n = 60
labels = np.arange(n) % 3
groups = np.arange(n)
groups[1::10] = groups[0::10]  # Each tenth song and the next are copies.
points = np.round(random.normal(size=(n, 4)) + 0.9 * labels[:, None], 3)
# The nearer to the mean, the more often a neighbour: hubs.
points[:6] *= 0.2

with open("songs.csv", "w", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["label", "group", "x0", "x1", "x2", "x3"])
    for i in range(n):
        rows.writerow([labels[i], groups[i], *points[i]])

euclidean = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
others = ~np.eye(n, dtype=bool)
mean = np.array([euclidean[i][others[i]].mean() for i in range(n)])
deviation = np.array([euclidean[i][others[i]].std() for i in range(n)])
proximity = np.empty((n, n))
for i in range(n):
    for j in range(n):
        farther = [0.5 * erfc((euclidean[i, j] - mean[s]) / deviation[s] / sqrt(2)) for s in (i, j)]
        proximity[i, j] = 1 - farther[0] * farther[1]


def scores(distance):
    found = []
    lists = np.zeros(n)
    for q in range(n):
        allowed = np.flatnonzero(groups != groups[q])
        ranked = allowed[np.argsort(distance[q, allowed], kind="stable")]
        lists[ranked[:10]] += 1
        right = labels[ranked] == labels[q]
        precision = np.cumsum(right) / np.arange(1, len(ranked) + 1)
        found.append([right.mean(), precision[0], precision[4], precision[9], precision[right].mean()])
    centred = lists - lists.mean()
    skewness = (centred**3).mean() / (centred**2).mean() ** 1.5
    return [*np.mean(found, axis=0), skewness, (lists == 0).mean()]


with open("expected.csv", "w", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["distance", "chance", "precision_1", "precision_5", "precision_10", "map", "hubness", "anti_hubs"])
    rows.writerow(["euclidean", *scores(euclidean)])
    rows.writerow(["mutual_proximity", *scores(proximity)])
