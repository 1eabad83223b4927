package org.surmala.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.SongRef;

/**
 * Damages good files at random: each ends in a clip or in a code, within its time, and leaves no
 * memory behind. {@code -Dsurmala.fuzz.mutations=N} asks for more of them, {@code
 * -Dsurmala.fuzz.seed=S} for others.
 */
final class DecodeFuzzTest {
  private static final int MUTATIONS = Integer.getInteger("surmala.fuzz.mutations", 2000);
  private static final long SEED = Long.getLong("surmala.fuzz.seed", 1);
  private static final double LIMIT_SECONDS = 5;
  private static final int RATE = 22_050;
  private static final long MAX_GROWTH = 96L << 20;
  private static final int HEXADECIMAL = 16;
  private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]+)");
  private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ ");
  private static final int[] EXTREMES = {
    0, 1, -1, 0x7fffffff, 0x80000000, 0xffff, 0x7fff, 0x1000000
  };

  private static final List<Encoding> FORMATS =
      List.of(
          Encoding.wav(),
          Encoding.wavFloat(32),
          Encoding.aiff(24),
          Encoding.flac(),
          Encoding.oggFlac(),
          Encoding.alac(),
          Encoding.mp3(64_000),
          Encoding.mp3Variable(4, true),
          Encoding.mp3Bare(64_000),
          Encoding.vorbis(3),
          Encoding.opus(64_000),
          Encoding.aac(64_000),
          Encoding.aacBare(64_000),
          Encoding.aacFragmented(64_000),
          Encoding.wma(64_000));

  private final WindowDecoder decoder = new WindowDecoder(DecodeOptions.of(1, 1, LIMIT_SECONDS));

  @TempDir Path folder;

  @Test
  void givenDamagedFiles_whenDecoded_thenEachIsAClipOrACode() throws IOException, JMException {
    byte[][] good = new byte[FORMATS.size()][];
    for (int i = 0; i < good.length; i++) {
      good[i] =
          AudioEncoder.encode(
              FORMATS.get(i),
              Sound.glide(2, 3, RATE),
              RATE,
              Map.of("title", "t", "artist", "a", "lyrics", "l"));
    }
    SplittableRandom seeds = new SplittableRandom(SEED);
    Map<FailureCode, Integer> codes = new EnumMap<>(FailureCode.class);
    int clips = 0;
    long settled = -1;
    for (int i = 0; i < MUTATIONS; i++) {
      long seed = seeds.nextLong();
      int format = i % good.length;
      Path file =
          Files.write(folder.resolve("x"), mutate(good[format], new SplittableRandom(seed)));
      String what = FORMATS.get(format).name() + ", mutation " + i + " of seed " + SEED;
      FailureCode code = decode(Sound.song(file), what);
      if (code == null) {
        clips++;
      } else {
        codes.merge(code, 1, Integer::sum);
      }
      if (i == MUTATIONS / 3) {
        settled = nativeBytes();
      }
    }

    assertThat(nativeBytes() - settled).as("bytes left behind").isLessThan(MAX_GROWTH);
    // Both kinds of end happen, or the mutations are too mild or too wild to show anything.
    assertThat(clips).isGreaterThan(MUTATIONS / 10);
    assertThat(codes).containsKeys(FailureCode.CORRUPT, FailureCode.TRUNCATED);
    assertThat(codes).doesNotContainKey(FailureCode.UNREADABLE);
  }

  private @Nullable FailureCode decode(SongRef song, String what) {
    long start = System.nanoTime();
    FailureCode code = null;
    try {
      AudioClip clip = decoder.decode(song);
      int channels = clip.getChannels();
      float[] samples = Sound.samples(clip);
      assertThat(samples.length).as(what).isPositive();
      assertThat(samples.length % channels).as(what).isZero();
      assertThat(clip.getStartSeconds()).as(what).isNotNegative();
      double end =
          clip.getStartSeconds() + samples.length / (double) channels / clip.getSampleRate();
      assertThat(end).as(what).isLessThan(clip.getInfo().getDurationSeconds() + 1e-6);
    } catch (SongException e) {
      code = e.code();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
    // Twice, for a machine that is busy with other work.
    assertThat((System.nanoTime() - start) / 1e9).as(what).isLessThan(2 * LIMIT_SECONDS);
    return code;
  }

  private static byte[] mutate(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes && bytes.length > 16; i++) {
      // Half of the damage is where headers are.
      int reach = random.nextBoolean() ? Math.min(bytes.length, 600) : bytes.length;
      int at = random.nextInt(reach - 4);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 ->
            putInt(bytes, at, EXTREMES[random.nextInt(EXTREMES.length)], random.nextBoolean());
        case 3 -> bytes = Arrays.copyOf(bytes, 8 + random.nextInt(bytes.length - 8));
        case 4 -> fill(bytes, at, random);
        case 5 -> bytes = remove(bytes, at, 1 + random.nextInt(64));
        default -> repeat(bytes, at, random.nextInt(bytes.length));
      }
    }
    return bytes;
  }

  private static void putInt(byte[] bytes, int at, int value, boolean big) {
    int ordered = big ? value : Integer.reverseBytes(value);
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (ordered >>> (24 - 8 * i));
    }
  }

  private static void fill(byte[] bytes, int at, SplittableRandom random) {
    int end = Math.min(bytes.length, at + random.nextInt(4000));
    for (int i = at; i < end; i++) {
      bytes[i] = (byte) random.nextInt();
    }
  }

  private static byte[] remove(byte[] bytes, int at, int count) {
    int end = Math.min(bytes.length, at + count);
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - at));
    System.arraycopy(bytes, end, shorter, at, bytes.length - end);
    return shorter;
  }

  private static void repeat(byte[] bytes, int from, int to) {
    int count = Math.min(2000, bytes.length - Math.max(from, to));
    System.arraycopy(bytes.clone(), from, bytes, to, count);
  }

  /**
   * Memory of this process outside Java's heap; 0 where /proc is not there. How much of the heap is
   * resident depends on the tests that ran before, so its mapping is left out by its addresses.
   */
  private static long nativeBytes() throws IOException, JMException {
    Path maps = Path.of("/proc/self/smaps");
    if (!Files.exists(maps)) {
      return 0;
    }
    LongSummaryStatistics heap =
        ADDRESS
            .matcher(heapInfo())
            .results()
            .mapToLong(address -> Long.parseLong(address.group(1), HEXADECIMAL))
            .summaryStatistics();
    assertThat(heap.getCount()).as("addresses of the heap").isPositive();
    long bytes = 0;
    boolean isHeap = false;
    for (String line : Files.readAllLines(maps)) {
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.lookingAt()) {
        long start = Long.parseUnsignedLong(mapping.group(1), HEXADECIMAL);
        isHeap = start >= heap.getMin() && start < heap.getMax();
      } else if (!isHeap && line.startsWith("Anonymous:")) {
        bytes += 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return bytes;
  }

  private static String heapInfo() throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcHeapInfo",
                new Object[0],
                new String[0]);
  }
}
