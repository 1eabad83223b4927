/** From songs one by one to a few groups of them. */
@NullMarked
package org.surmala.shard;

import org.jspecify.annotations.NullMarked;
