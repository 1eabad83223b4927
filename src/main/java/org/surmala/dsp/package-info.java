/** From samples to what is heard in them: pure signal mathematics, no files and no dataflow. */
@NullMarked
package org.surmala.dsp;

import org.jspecify.annotations.NullMarked;
