package org.surmala.model.nn;

/**
 * Memory that the blocks of a shard share.
 *
 * @param parameters all parameters, shared by all shards
 * @param weights the weights in native memory, shared by all shards
 * @param gradient the shard's gradient with respect to all parameters
 * @param scratch scratch memory of the gradient's length
 * @param <A> float[] or double[]
 */
public record ShardMemory<A>(
    Kernels<A> kernels, A parameters, NativeBuffer<A> weights, A gradient, A scratch) {}
