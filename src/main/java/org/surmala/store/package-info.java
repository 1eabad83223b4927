/** From {@link org.surmala.schema.SegmentFeatures} to files under data/features, and back. */
@NullMarked
package org.surmala.store;

import org.jspecify.annotations.NullMarked;
