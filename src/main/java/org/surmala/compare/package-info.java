/** From labelled songs to a verdict on representations: the grid of a comparison as a pipeline. */
@NullMarked
package org.surmala.compare;

import org.jspecify.annotations.NullMarked;
