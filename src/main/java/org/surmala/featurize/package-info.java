/** From {@link org.surmala.schema.AudioSegment} to {@link org.surmala.schema.SegmentFeatures}. */
@NullMarked
package org.surmala.featurize;

import org.jspecify.annotations.NullMarked;
