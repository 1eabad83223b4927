/** From a folder to a local Flink cluster of separate processes, and back. */
@NullMarked
package org.surmala.flink;

import org.jspecify.annotations.NullMarked;
