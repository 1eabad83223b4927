/** From options to the dataflow of a run, and from a run's request to its manifest. */
@NullMarked
package org.surmala.pipeline;

import org.jspecify.annotations.NullMarked;
