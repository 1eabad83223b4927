package org.surmala.featurize;

import java.util.List;
import java.util.Locale;
import org.surmala.dsp.ChromaFilterbank;

/** The dimensions of the features of a whole segment. */
final class SoundDimensions {
  private SoundDimensions() {}

  /**
   * Adds the dimensions of one feature, in the order in which {@link SoundFeatures} writes them.
   */
  static void of(Feature feature, List<FeatureDimension> to) {
    FeatureGroup group = feature.group();
    switch (feature) {
      case TEMPO -> {
        to.add(
            new FeatureDimension(
                "tempo",
                group,
                "octaves from 120 BPM",
                "beats per minute, on a logarithmic scale"));
        to.add(
            new FeatureDimension(
                "tempo_strength",
                group,
                "1",
                "autocorrelation of the onset strength at the beat's period, 0 to 1"));
      }
      case ONSET_RATE ->
          to.add(new FeatureDimension("onset_rate", group, "1/s", "onsets per second"));
      case BEAT_REGULARITY ->
          to.add(
              new FeatureDimension(
                  "beat_regularity",
                  group,
                  "1",
                  "concentration of the onset strength on one phase of its strongest pulse, 0 to"
                      + " 1"));
      case KEY -> {
        for (int i = 0; i < ChromaFilterbank.CLASSES; i++) {
          to.add(
              new FeatureDimension(
                  String.format(Locale.ROOT, "key_profile_%02d", i),
                  group,
                  "1",
                  "share of the pitch class " + i + " semitones above the tonic, 0 to 1"));
        }
        to.add(
            new FeatureDimension(
                "key_tonic_cos", group, "1", "cosine of the tonic on the circle of fifths from C"));
        to.add(
            new FeatureDimension(
                "key_tonic_sin", group, "1", "sine of the tonic on the circle of fifths from C"));
        to.add(
            new FeatureDimension(
                "key_mode",
                group,
                "1",
                "correlation with the major minus that with the minor profile of the tonic, -2 to"
                    + " 2"));
        to.add(
            new FeatureDimension(
                "key_clarity", group, "1", "correlation with the profile of the key, -1 to 1"));
      }
      case MELODY -> {
        to.add(
            new FeatureDimension(
                "melody_pitch",
                group,
                "semitones",
                "median pitch of the strongest voice, from A4"));
        to.add(
            new FeatureDimension(
                "melody_spread",
                group,
                "semitones",
                "its pitch from the first to the third quartile"));
        to.add(
            new FeatureDimension(
                "melody_range",
                group,
                "semitones",
                "its pitch from the 5th to the 95th percentile"));
        to.add(
            new FeatureDimension(
                "melody_vibrato",
                group,
                "semitones",
                "mean depth of its vibrato of 4 to 8 Hz, to one side"));
        to.add(
            new FeatureDimension("melody_voiced", group, "1", "share of frames that have a pitch"));
      }
      default -> throw new IllegalArgumentException(feature + " is frame-wise");
    }
  }
}
