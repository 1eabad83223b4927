/**
 * From a collection that grows to results that are always up to date: poll, event log, assign,
 * publish, refit.
 */
@NullMarked
package org.surmala.watch;

import org.jspecify.annotations.NullMarked;
