/** From a song that failed to its line in the failure ledger. */
@NullMarked
package org.surmala.failure;

import org.jspecify.annotations.NullMarked;
