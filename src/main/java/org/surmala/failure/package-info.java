/** From what went wrong with a song to its line in the failure ledger. */
@NullMarked
package org.surmala.failure;

import org.jspecify.annotations.NullMarked;
