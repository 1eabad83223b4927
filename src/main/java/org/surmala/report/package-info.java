/** From all records of a run to the files under results. */
@NullMarked
package org.surmala.report;

import org.jspecify.annotations.NullMarked;
