/** From the results of a run to similar songs, paths between songs and playlists. */
@NullMarked
package org.surmala.search;

import org.jspecify.annotations.NullMarked;
