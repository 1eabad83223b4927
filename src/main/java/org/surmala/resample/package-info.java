/**
 * From {@link org.surmala.schema.AudioClip} to a mono {@link org.surmala.schema.AudioClip} at the
 * pipeline's sample rate.
 */
@NullMarked
package org.surmala.resample;

import org.jspecify.annotations.NullMarked;
