/** From a folder, a glob or a metadata.csv to {@link org.surmala.schema.SongRef}s. */
@NullMarked
package org.surmala.read;

import org.jspecify.annotations.NullMarked;
