/** From the request of a run to its pipeline, results and manifest. */
@NullMarked
package org.surmala.pipeline;

import org.jspecify.annotations.NullMarked;
