/** From {@link org.surmala.schema.Embedding}s to {@link org.surmala.schema.Clustering}s. */
@NullMarked
package org.surmala.cluster;

import org.jspecify.annotations.NullMarked;
