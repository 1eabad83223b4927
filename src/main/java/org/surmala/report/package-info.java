/** From everything a run found to the files under results. */
@NullMarked
package org.surmala.report;

import org.jspecify.annotations.NullMarked;
