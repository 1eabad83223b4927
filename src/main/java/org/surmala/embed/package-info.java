/**
 * From {@link org.surmala.schema.SegmentFeatures} and {@link org.surmala.schema.ModelCheckpoint}s
 * to {@link org.surmala.schema.Embedding}s.
 */
@NullMarked
package org.surmala.embed;

import org.jspecify.annotations.NullMarked;
