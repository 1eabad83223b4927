package org.surmala.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ids in the order of arrival: 32 bytes each, as long as all are SHA-256. */
final class SongIds {
  private static final int BYTES = 32;
  private static final int IDS_OF_CHUNK = 1 << 15;
  private static final HexFormat HEX = HexFormat.of();

  /** Null after an id that is not a SHA-256. */
  private @Nullable List<byte[]> chunks = new ArrayList<>();

  /** All ids, after an id that is not a SHA-256. */
  private final List<String> texts = new ArrayList<>();

  private int size;

  int size() {
    return size;
  }

  void add(String id) {
    List<byte[]> hashes = chunks;
    if (hashes != null && !isHash(id)) {
      IntStream.range(0, size).mapToObj(this::get).forEach(texts::add);
      chunks = null;
      hashes = null;
    }
    if (hashes == null) {
      texts.add(id);
    } else {
      if (size % IDS_OF_CHUNK == 0) {
        hashes.add(new byte[IDS_OF_CHUNK * BYTES]);
      }
      byte[] hash = HEX.parseHex(id);
      System.arraycopy(hash, 0, hashes.get(size / IDS_OF_CHUNK), from(size), BYTES);
    }
    size++;
  }

  private static boolean isHash(String id) {
    return id.length() == 2 * BYTES
        && id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static int from(int place) {
    return place % IDS_OF_CHUNK * BYTES;
  }

  /** The id at a position in the order of arrival, from 0. */
  String get(int place) {
    List<byte[]> hashes = chunks;
    return hashes == null
        ? texts.get(place)
        : HEX.formatHex(hashes.get(place / IDS_OF_CHUNK), from(place), from(place) + BYTES);
  }

  /** Positions of the distinct ids, ascending by id; of equal ids, the first. */
  int[] order() {
    int[] places = sorted();
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || !get(places[i]).equals(get(places[i - 1]))) {
        places[count++] = places[i];
      }
    }
    return Arrays.copyOf(places, count);
  }

  private int[] sorted() {
    List<byte[]> hashes = chunks;
    if (hashes == null) {
      return IntStream.range(0, size)
          .boxed()
          .sorted(Comparator.comparing(texts::get))
          .mapToInt(Integer::intValue)
          .toArray();
    }
    // Sort by the first four bytes and the position; then sort the few with equal first bytes.
    long[] keys = new long[size];
    Arrays.setAll(keys, place -> (prefix(hashes, place) << Integer.SIZE) | place);
    Arrays.sort(keys);
    int[] places = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    for (int i = 1; i < size; i++) {
      for (int j = i; j > 0 && compare(hashes, places[j - 1], places[j]) > 0; j--) {
        int moved = places[j];
        places[j] = places[j - 1];
        places[j - 1] = moved;
      }
    }
    return places;
  }

  /** A signed number in the order of the unsigned bytes. */
  private static long prefix(List<byte[]> hashes, int place) {
    byte[] chunk = hashes.get(place / IDS_OF_CHUNK);
    long prefix = Integer.MIN_VALUE;
    for (int i = 0; i < Integer.BYTES; i++) {
      prefix += (chunk[from(place) + i] & 0xffL) << (Byte.SIZE * (Integer.BYTES - 1 - i));
    }
    return prefix;
  }

  private static int compare(List<byte[]> hashes, int a, int b) {
    return Arrays.compareUnsigned(
        hashes.get(a / IDS_OF_CHUNK),
        from(a),
        from(a) + BYTES,
        hashes.get(b / IDS_OF_CHUNK),
        from(b),
        from(b) + BYTES);
  }
}
