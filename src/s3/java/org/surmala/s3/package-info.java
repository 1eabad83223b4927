/** From Beam's options to those of Amazon S3. Only in builds with {@code -Ps3}. */
@NullMarked
package org.surmala.s3;

import org.jspecify.annotations.NullMarked;
