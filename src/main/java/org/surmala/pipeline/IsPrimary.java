package org.surmala.pipeline;

import org.apache.beam.sdk.transforms.SerializableFunction;
import org.surmala.schema.ClusterAssignment;

/**
 * Whether an assignment is of the clustering that stands for the run: assignments.csv holds it.
 *
 * @param representation name of the model
 * @param clusterer name of the clusterer
 */
record IsPrimary(String representation, String clusterer)
    implements SerializableFunction<ClusterAssignment, Boolean> {
  private static final long serialVersionUID = 1L;

  @Override
  public Boolean apply(ClusterAssignment assignment) {
    return assignment.getRepresentation().equals(representation)
        && assignment.getClusterer().equals(clusterer);
  }
}
