/** From the work on one song to a named step of a pipeline, alone or several fused. */
@NullMarked
package org.surmala.step;

import org.jspecify.annotations.NullMarked;
