/** From samples to features of the signal: pure mathematics, no files and no dataflow. */
@NullMarked
package org.surmala.dsp;

import org.jspecify.annotations.NullMarked;
