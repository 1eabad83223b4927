package org.surmala.watch;

import java.io.Serializable;
import org.surmala.config.Keys;
import org.surmala.config.Settings;

/**
 * Rules for a refit.
 *
 * @param firstSongs that the first model waits for
 * @param refitSongs new songs after which there is another; 0 for never
 * @param refitMinutes after which there is another when there are new songs; 0 for never
 * @param driftAllowance of {@link org.surmala.metric.CusumDriftDetector}
 * @param driftThreshold of the same; 0 for never
 * @param neighbours that are named with each song
 */
record WatchRules(
    int firstSongs,
    int refitSongs,
    double refitMinutes,
    double driftAllowance,
    double driftThreshold,
    int neighbours)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static WatchRules of(Settings settings) {
    return new WatchRules(
        settings.get(Keys.FIRST_SONGS),
        settings.get(Keys.REFIT_SONGS),
        settings.get(Keys.REFIT_MINUTES),
        settings.get(Keys.DRIFT_ALLOWANCE),
        settings.get(Keys.DRIFT_THRESHOLD),
        settings.get(Keys.NEIGHBOURS));
  }
}
