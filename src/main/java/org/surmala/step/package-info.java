/** From what one song needs done to a named step of a pipeline, alone or several in one. */
@NullMarked
package org.surmala.step;

import org.jspecify.annotations.NullMarked;
