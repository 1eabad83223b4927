package org.surmala.report;

import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongRef;

/**
 * A song as the results show it.
 *
 * @param song identity, path and what its owner says of it, tags filled in
 * @param info what the file says of itself
 * @param loudnessLufs integrated loudness of the segment before normalisation, LUFS
 */
public record ReportedSong(SongRef song, AudioInfo info, double loudnessLufs) {}
