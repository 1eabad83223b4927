/**
 * From {@link org.surmala.schema.SongRef} to {@link org.surmala.schema.AudioClip}: FFmpeg decodes
 * only the window.
 */
@NullMarked
package org.surmala.decode;

import org.jspecify.annotations.NullMarked;
