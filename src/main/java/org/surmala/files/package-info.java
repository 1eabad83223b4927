/** From bytes to a file that is either whole or not there, on any Beam file system. */
@NullMarked
package org.surmala.files;

import org.jspecify.annotations.NullMarked;
