/** From tables of numbers to fitted models: pure mathematics on ND4J, no files and no dataflow. */
@NullMarked
package org.surmala.nn;

import org.jspecify.annotations.NullMarked;
