package org.surmala.report;

import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.MapPoint;

/**
 * A clustered song as the results show it.
 *
 * @param song as it is reported
 * @param assignment with the edits made by hand
 * @param point where it is drawn
 */
public record ShownSong(ReportedSong song, ClusterAssignment assignment, MapPoint point) {}
