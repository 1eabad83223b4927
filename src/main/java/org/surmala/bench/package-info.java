/**
 * From synthetic or real songs to the speed of extraction, training and assignment on this machine.
 */
@NullMarked
package org.surmala.bench;

import org.jspecify.annotations.NullMarked;
