/**
 * From {@link org.surmala.schema.AudioClip} to {@link org.surmala.schema.AudioSegment}: the middle
 * of the song, of the window's length, at a known loudness.
 */
@NullMarked
package org.surmala.segment;

import org.jspecify.annotations.NullMarked;
