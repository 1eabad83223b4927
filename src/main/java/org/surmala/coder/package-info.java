/** From records to bytes between the steps of a pipeline. */
@NullMarked
package org.surmala.coder;

import org.jspecify.annotations.NullMarked;
