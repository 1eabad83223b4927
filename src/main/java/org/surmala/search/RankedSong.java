package org.surmala.search;

/**
 * A song near a place.
 *
 * @param song its number among the {@link EmbeddingIndex}
 * @param distance Euclidean, in the latent's units
 */
public record RankedSong(int song, double distance) {}
