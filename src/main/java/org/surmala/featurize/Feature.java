package org.surmala.featurize;

import java.util.Locale;
import org.surmala.dsp.ChromaFilterbank;
import org.surmala.dsp.SpectralContrast;
import org.surmala.dsp.Tonnetz;

/**
 * The features, in the order of the song vector. A frame-wise feature has one or several values per
 * frame and enters the song vector by its statistics; the others describe the segment as a whole.
 */
enum Feature {
  MFCC(FeatureGroup.TIMBRE, true, "dB", "mel-frequency cepstral coefficient"),
  LOG_MEL(FeatureGroup.SPECTRUM, true, "dB", "power of a mel band"),
  CHROMA(FeatureGroup.HARMONY, true, "1", "share of a pitch class, the strongest being 1"),
  SPECTRAL_CENTROID(FeatureGroup.SPECTRUM, true, "Hz", "centre of mass of the spectrum"),
  SPECTRAL_BANDWIDTH(
      FeatureGroup.SPECTRUM, true, "Hz", "standard deviation of the spectrum around its centroid"),
  SPECTRAL_ROLLOFF(
      FeatureGroup.SPECTRUM, true, "Hz", "frequency below which 85 % of the magnitude lies"),
  SPECTRAL_FLATNESS(
      FeatureGroup.SPECTRUM, true, "1", "geometric over arithmetic mean of the power spectrum"),
  SPECTRAL_CONTRAST(
      FeatureGroup.SPECTRUM, true, "dB", "peaks over valleys of the spectrum in an octave"),
  ZERO_CROSSING_RATE(FeatureGroup.SPECTRUM, true, "1", "sign changes for each sample"),
  RMS(FeatureGroup.LEVEL, true, "1", "root mean square of the samples"),
  ONSET_STRENGTH(
      FeatureGroup.RHYTHM, true, "dB", "mean rise of the mel bands since the last frame"),
  TONNETZ(FeatureGroup.HARMONY, true, "1", "coordinate of the tonal centroid"),
  TEMPO(FeatureGroup.RHYTHM, false, "1", "beat"),
  ONSET_RATE(FeatureGroup.RHYTHM, false, "1/s", "onsets per second"),
  BEAT_REGULARITY(FeatureGroup.RHYTHM, false, "1", "concentration of the onsets on a pulse"),
  KEY(FeatureGroup.HARMONY, false, "1", "key"),
  MELODY(FeatureGroup.MELODY, false, "semitones", "pitch of the strongest voice");

  private final FeatureGroup group;
  private final boolean frameWise;
  private final String unit;
  private final String doc;

  Feature(FeatureGroup group, boolean frameWise, String unit, String doc) {
    this.group = group;
    this.frameWise = frameWise;
    this.unit = unit;
    this.doc = doc;
  }

  /** The name in options and dimensions: {@code spectral_centroid}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  FeatureGroup group() {
    return group;
  }

  boolean isFrameWise() {
    return frameWise;
  }

  String doc() {
    return doc;
  }

  /** Whether it describes timbre or pitch only, independent of level. */
  boolean isRelative() {
    return switch (this) {
      case CHROMA,
          SPECTRAL_CENTROID,
          SPECTRAL_BANDWIDTH,
          SPECTRAL_ROLLOFF,
          SPECTRAL_FLATNESS,
          SPECTRAL_CONTRAST,
          ZERO_CROSSING_RATE,
          TONNETZ ->
          true;
      default -> false;
    };
  }

  /** The group of one of its values in a frame. */
  FeatureGroup group(int index) {
    // The first cepstral coefficient is the mean of the log-mel bands: the level in decibels.
    return this == MFCC && index == 0 ? FeatureGroup.LEVEL : group;
  }

  /** Number of values per frame of a frame-wise feature. */
  int width(FeatureOptions options, int sampleRate) {
    return switch (this) {
      case MFCC -> options.mfccs();
      case LOG_MEL -> options.mels();
      case CHROMA -> ChromaFilterbank.CLASSES;
      case SPECTRAL_CONTRAST -> SpectralContrast.bands(sampleRate);
      case TONNETZ -> Tonnetz.COORDINATES;
      default -> 1;
    };
  }

  /** Unit of a frame's value on the scale of the options. */
  String unit(FeatureScale scale) {
    if (scale == FeatureScale.LINEAR) {
      return unit;
    }
    return switch (this) {
      case SPECTRAL_CENTROID, SPECTRAL_BANDWIDTH, SPECTRAL_ROLLOFF, ZERO_CROSSING_RATE ->
          "octaves from 1 kHz";
      case SPECTRAL_FLATNESS, RMS -> "dB";
      default -> unit;
    };
  }
}
