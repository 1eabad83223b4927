/** From a Parquet file to the records of a feature table. Only in builds with {@code -Pparquet}. */
@NullMarked
package org.surmala.parquet;

import org.jspecify.annotations.NullMarked;
