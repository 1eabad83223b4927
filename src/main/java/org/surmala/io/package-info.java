/** From Avro records, CSV rows and text to atomically written files with checksums, and back. */
@NullMarked
package org.surmala.io;

import org.jspecify.annotations.NullMarked;
