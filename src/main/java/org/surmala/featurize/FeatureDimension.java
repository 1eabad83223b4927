package org.surmala.featurize;

/**
 * One number of the song vector.
 *
 * @param name stable, unique: {@code mfcc_03_mean}
 * @param group what it tells of the sound
 * @param unit of the value; {@code 1} for a bare number
 * @param doc what it is, in one sentence
 */
public record FeatureDimension(String name, FeatureGroup group, String unit, String doc) {}
