/**
 * From {@link org.surmala.schema.Embedding}s and {@link org.surmala.schema.Clustering}s to {@link
 * org.surmala.schema.ClusteringMetrics}.
 */
@NullMarked
package org.surmala.evaluate;

import org.jspecify.annotations.NullMarked;
