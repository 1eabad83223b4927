/**
 * From a Beam pipeline to its end on the Direct Runner or a Flink cluster: submission, defaults,
 * counters.
 */
@NullMarked
package org.surmala.runner;

import org.jspecify.annotations.NullMarked;
