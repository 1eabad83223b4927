/** From a seed to a folder of composed and encoded songs. */
@NullMarked
package org.surmala.demo;

import org.jspecify.annotations.NullMarked;
