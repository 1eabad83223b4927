/**
 * From {@link org.surmala.schema.SegmentFeatures} to {@link org.surmala.schema.ModelCheckpoint}s.
 */
@NullMarked
package org.surmala.train;

import org.jspecify.annotations.NullMarked;
