package org.surmala.featurize;

/**
 * A dimension of the song vector.
 *
 * @param name stable, unique name: {@code mfcc_03_mean}
 * @param unit unit of the value; {@code 1} for a plain number
 * @param doc meaning, in one sentence
 */
public record FeatureDimension(String name, FeatureGroup group, String unit, String doc) {}
