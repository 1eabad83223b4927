package org.surmala.search;

/**
 * A song and its distance to a query.
 *
 * @param song its index in the {@link EmbeddingIndex}
 * @param distance Euclidean distance, in units of the latent space
 */
public record RankedSong(int song, double distance) {}
