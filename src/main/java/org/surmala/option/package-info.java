/** From the text of one option to its value: key, range, default and help. */
@NullMarked
package org.surmala.option;

import org.jspecify.annotations.NullMarked;
