package org.surmala.lookup;

/**
 * A song near a place.
 *
 * @param song its number among the {@link Places}
 * @param distance Euclidean, in the latent's units
 */
public record Neighbour(int song, double distance) {}
