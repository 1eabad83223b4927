/** From a fitted {@link org.surmala.schema.Model} to its file, and back. */
@NullMarked
package org.surmala.checkpoint;

import org.jspecify.annotations.NullMarked;
