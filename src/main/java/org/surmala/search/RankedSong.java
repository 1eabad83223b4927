package org.surmala.search;

/**
 * A song and its distance to a query.
 *
 * @param song its number among the {@link EmbeddingIndex}
 * @param distance Euclidean, in the latent's units
 */
public record RankedSong(int song, double distance) {}
