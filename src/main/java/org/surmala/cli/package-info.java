/** From a command line to a run of a pipeline and its output on the terminal. */
@NullMarked
package org.surmala.cli;

import org.jspecify.annotations.NullMarked;
