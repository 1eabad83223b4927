/** From the results of a run to the tags of the songs' files. */
@NullMarked
package org.surmala.tag;

import org.jspecify.annotations.NullMarked;
