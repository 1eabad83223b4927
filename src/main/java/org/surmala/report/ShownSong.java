package org.surmala.report;

import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.MapPoint;

/**
 * A clustered song as the results show it.
 *
 * @param assignment its assignment, with the edits by hand
 * @param point its map coordinates
 */
public record ShownSong(ReportedSong song, ClusterAssignment assignment, MapPoint point) {}
