/** From the results of a run to an app in the browser: pages, an HTTP API and edits by hand. */
@NullMarked
package org.surmala.web;

import org.jspecify.annotations.NullMarked;
