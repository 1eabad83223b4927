/** From options to a dataflow: the only place that composes stages. */
@NullMarked
package org.surmala.pipeline;

import org.jspecify.annotations.NullMarked;
