package org.surmala.model.nn;

/**
 * What the blocks of one shard share.
 *
 * @param parameters all of them, shared by all shards
 * @param weights the weights among them, in native memory, shared by all shards
 * @param gradient of the shard, by all parameters
 * @param scratch as long as the gradient
 * @param <A> float[] or double[]
 */
public record ShardMemory<A>(
    Kernels<A> kernels, A parameters, NativeBuffer<A> weights, A gradient, A scratch) {}
