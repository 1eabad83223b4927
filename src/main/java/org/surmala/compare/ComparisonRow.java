package org.surmala.compare;

import org.jspecify.annotations.Nullable;
import org.surmala.metric.Bootstrap.Interval;

/**
 * A representation with a clusterer and a k, over all seeds.
 *
 * @param k number of clusters; 0 if the clusterer finds it
 * @param ari mean over seeds
 * @param ariDeviation standard deviation over seeds; 0 for one seed
 * @param ariInterval 95 % confidence interval, by bootstrap over songs and seeds
 * @param nmi mean over seeds
 * @param nmiInterval 95 %
 * @param ami mean over seeds
 * @param purity mean over seeds
 * @param silhouette mean over seeds; null if withheld for any seed
 * @param logistic balanced accuracy of a logistic probe of the representation ({@link Probes}),
 *     mean over seeds; null if any seed lacks it
 * @param neighbours the same for the 5 nearest neighbours
 * @param precisionAt1 precision at 1, mean over seeds; null if any seed lacks it
 * @param precisionAt10 precision at 10, mean over seeds; null if any seed lacks it
 * @param meanAveragePrecision mean average precision, mean over seeds; null if any seed lacks it
 * @param chance p-value: share of label permutations whose best row scores at least as high, which
 *     accounts for the number of rows
 * @param baseline the baseline with the highest mean ARI for this clusterer and k; null for a
 *     baseline, and if there is none
 * @param difference ARI minus the baseline's; null without a baseline
 * @param differenceInterval paired 95 % confidence interval: the same songs are drawn for both
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
