/**
 * From numbers to figures for print, as PNG and SVG: marks, axes, legends, and text of any script.
 * Knows nothing of songs.
 */
@NullMarked
package org.surmala.report.plot;

import org.jspecify.annotations.NullMarked;
