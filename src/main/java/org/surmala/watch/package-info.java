/** From a growing collection to up-to-date results: poll, event log, assign, publish, refit. */
@NullMarked
package org.surmala.watch;

import org.jspecify.annotations.NullMarked;
