/**
 * From a song, or a place in the latent space, to the songs near it: pure searching in what a run
 * has left.
 */
@NullMarked
package org.surmala.lookup;

import org.jspecify.annotations.NullMarked;
