package org.surmala.cluster;

import java.io.Serializable;

/**
 * Options of groups: the clustering, and the size of a group.
 *
 * @param representation representation whose clusters are split
 * @param clusterer clusterer whose clusters are split
 * @param least smallest group, in songs, if the cluster has as many; 2 or more
 * @param most largest group, and largest cluster that is not split; at least twice {@code least},
 *     so that every larger cluster can be split
 */
public record GroupOptions(String representation, String clusterer, int least, int most)
    implements Serializable {
  public GroupOptions {
    if (least < 2 || most < 2 * least) {
      throw new IllegalArgumentException(
          ("cluster.group_songs is %s..%s; it must start at 2 or more and end at twice"
                  + " its start or more")
              .formatted(least, most));
    }
  }

  /** Whether the clusters of a clusterer in a representation are split. */
  boolean isFor(String otherRepresentation, String otherClusterer) {
    return representation.equals(otherRepresentation) && clusterer.equals(otherClusterer);
  }
}
