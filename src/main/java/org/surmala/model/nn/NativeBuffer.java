package org.surmala.model.nn;

/**
 * Native memory for BLAS, copied from and to heap arrays. Element-wise operations run several times
 * faster on the heap, where the compiler vectorises them, than on native memory, which outweighs
 * the copies.
 *
 * @param <A> float[] or double[]
 */
public interface NativeBuffer<A> extends AutoCloseable {
  /** A view of the memory from an element on. */
  NativeBuffer<A> from(int element);

  /** Copies {@code length} elements of the array, from {@code offset} on, to the beginning. */
  void put(A array, int offset, int length);

  /** Copies {@code length} elements from the beginning to {@code offset} of the array. */
  void get(A array, int offset, int length);

  /** Frees the memory; does nothing on a view. */
  @Override
  void close();
}
