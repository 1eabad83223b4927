/** From what is known of a song to a field of its file's own tag. */
@NullMarked
package org.surmala.tag;

import org.jspecify.annotations.NullMarked;
