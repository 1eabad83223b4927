/** From what a person types to a run of a pipeline and what it says on the terminal. */
@NullMarked
package org.surmala.cli;

import org.jspecify.annotations.NullMarked;
