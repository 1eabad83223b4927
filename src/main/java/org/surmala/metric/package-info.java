/** From vectors and labels to scores of a clustering: pure mathematics. */
@NullMarked
package org.surmala.metric;

import org.jspecify.annotations.NullMarked;
