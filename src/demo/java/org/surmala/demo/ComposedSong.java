package org.surmala.demo;

/** A song that was composed and rendered, not recorded. */
public final class ComposedSong {
  private final String title;
  private final String artist;
  private final String lyrics;
  private final float[][] channels;
  private final int sampleRate;

  ComposedSong(String title, String artist, String lyrics, float[][] channels, int sampleRate) {
    this.title = title;
    this.artist = artist;
    this.lyrics = lyrics;
    this.channels = channels;
    this.sampleRate = sampleRate;
  }

  /** The title, in the song's own script. */
  public String title() {
    return title;
  }

  /** An invented artist. */
  public String artist() {
    return artist;
  }

  /** Lines parted by newlines. */
  public String lyrics() {
    return lyrics;
  }

  /**
   * [channel][sample], left and right, equally long; less than 1 in magnitude. The arrays
   * themselves, not copies.
   */
  public float[][] channels() {
    return channels;
  }

  /** Hz. */
  public int sampleRate() {
    return sampleRate;
  }
}
