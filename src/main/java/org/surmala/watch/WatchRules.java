package org.surmala.watch;

import java.io.Serializable;
import org.surmala.config.Keys;
import org.surmala.config.Settings;

/**
 * Rules for a refit.
 *
 * @param firstSongs number of songs that the first model waits for
 * @param refitSongs number of new songs that triggers a refit; 0 for never
 * @param refitMinutes minutes between refits while there are new songs; 0 for never
 * @param driftAllowance allowance of {@link org.surmala.metric.CusumDriftDetector}
 * @param driftThreshold threshold of the same; 0 for never
 * @param neighbours number of neighbours reported per song
 */
record WatchRules(
    int firstSongs,
    int refitSongs,
    double refitMinutes,
    double driftAllowance,
    double driftThreshold,
    int neighbours)
    implements Serializable {
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
