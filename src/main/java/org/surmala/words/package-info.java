/** From a count to the words for it, the same in every text of a run. */
@NullMarked
package org.surmala.words;

import org.jspecify.annotations.NullMarked;
