package org.surmala.compare;

import org.jspecify.annotations.Nullable;
import org.surmala.metric.Bootstrap.Interval;

/**
 * A representation with a clusterer and a k, over all seeds.
 *
 * @param representation name
 * @param clusterer name
 * @param k number of clusters; 0 when the clusterer finds it
 * @param ari mean over seeds
 * @param ariDeviation standard deviation over seeds; 0 of one seed
 * @param ariInterval 95 %, by bootstrap over songs and seeds
 * @param nmi mean over seeds
 * @param nmiDeviation standard deviation over seeds
 * @param nmiInterval 95 %
 * @param ami mean over seeds
 * @param purity mean over seeds
 * @param silhouette mean over seeds; null when withheld for any
 * @param logistic balanced accuracy of a logistic probe of the representation ({@link Probes}),
 *     mean over seeds; null when there is none for any
 * @param neighbours the same of the 5 nearest neighbours
 * @param precisionAt1 share of the nearest songs with the song's label, mean over seeds; null when
 *     there is none for any
 * @param precisionAt10 likewise, of the 10 nearest
 * @param meanAveragePrecision over the whole ranking, likewise
 * @param chance how often the best of all rows is as good with shuffled labels: the chance already
 *     allows for there being many rows
 * @param baseline the baseline with the highest mean ARI for this clusterer and k; null for a
 *     baseline, and when there is none
 * @param difference ARI less the baseline's; null without one
 * @param differenceInterval 95 %, paired: the same songs drawn for both
 */
public record ComparisonRow(
    String representation,
    String clusterer,
    int k,
    double ari,
    double ariDeviation,
    Interval ariInterval,
    double nmi,
    double nmiDeviation,
    Interval nmiInterval,
    double ami,
    double purity,
    @Nullable Double silhouette,
    @Nullable Double logistic,
    @Nullable Double neighbours,
    @Nullable Double precisionAt1,
    @Nullable Double precisionAt10,
    @Nullable Double meanAveragePrecision,
    double chance,
    @Nullable String baseline,
    @Nullable Double difference,
    @Nullable Interval differenceInterval) {}
