/**
 * From {@link org.surmala.schema.SongRef} to {@link org.surmala.schema.AudioClip}: FFmpeg decodes
 * the wanted window, and no more.
 */
@NullMarked
package org.surmala.decode;

import org.jspecify.annotations.NullMarked;
