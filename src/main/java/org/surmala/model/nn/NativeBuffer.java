package org.surmala.model.nn;

/**
 * Native memory that BLAS reads and writes, filled from arrays of the heap and emptied into them.
 * Element-wise work runs several times faster on the heap, where the compiler vectorises it, than
 * on native memory, and copying costs less than that.
 *
 * @param <A> float[] or double[]
 */
public interface NativeBuffer<A> extends AutoCloseable {
  /** The same memory from an element on. */
  NativeBuffer<A> from(int element);

  /** Copies {@code length} elements of the array, from {@code offset} on, to the beginning. */
  void put(A array, int offset, int length);

  /** Copies {@code length} elements from the beginning to {@code offset} of the array. */
  void get(A array, int offset, int length);

  /** Frees the memory; of no effect on a part of another's memory. */
  @Override
  void close();
}
