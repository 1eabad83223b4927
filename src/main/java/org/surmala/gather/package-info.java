/** Several collections brought together in one place, once all of them are whole. */
@NullMarked
package org.surmala.gather;

import org.jspecify.annotations.NullMarked;
