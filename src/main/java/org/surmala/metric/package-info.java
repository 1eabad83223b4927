/** From vectors and labels to figures about a clustering: pure mathematics. */
@NullMarked
package org.surmala.metric;

import org.jspecify.annotations.NullMarked;
