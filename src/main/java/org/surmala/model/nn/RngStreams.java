package org.surmala.model.nn;

/** Numbers of the independent {@link SeededRandom} streams of one seed, one for each use. */
public final class RngStreams {
  public static final long SPLIT = 1;
  static final long ORDER = 2;
  public static final long WEIGHTS = 3;
  public static final long PAIRS = 4;
  public static final long VALIDATION_PAIRS = 5;

  /** Stream of the truncated SVD. */
  public static final long BASIS = 900;

  /** First of the streams for the shards. */
  public static final long TRAINING = 1_000;

  /** First of the streams for the shards. */
  static final long VALIDATION = 100_000;

  private RngStreams() {}

  /** One stream for each shard. */
  public static SeededRandom[] forShards(long seed, long first, int shards) {
    SeededRandom[] streams = new SeededRandom[shards];
    for (int i = 0; i < shards; i++) {
      streams[i] = new SeededRandom(seed, first + i);
    }
    return streams;
  }
}
