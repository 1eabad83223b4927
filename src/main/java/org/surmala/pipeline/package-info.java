/** From options to a dataflow: the one place, beside the comparison, that composes stages. */
@NullMarked
package org.surmala.pipeline;

import org.jspecify.annotations.NullMarked;
