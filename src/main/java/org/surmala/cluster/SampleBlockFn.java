package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.surmala.io.SongLot;
import org.surmala.schema.KMeansState;
import org.surmala.schema.PointBlock;

/**
 * Samples songs by a hash of their ids: all songs, or about {@link ClusterSweep#MOST_EXACT} per
 * model.
 */
final class SampleBlockFn extends DoFn<PointBlock, KV<String, PointBlock>> {
  private final PCollectionView<Map<String, KMeansState>> states;

  /**
   * @param states states with the number of songs of each model
   */
  SampleBlockFn(PCollectionView<Map<String, KMeansState>> states) {
    this.states = states;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    PointBlock block = context.element();
    String model = BlockPass.model(block);
    int songs = Objects.requireNonNull(context.sideInput(states).get(model)).getSongs();
    context.output(KV.of(model, drawn(block, (double) ClusterSweep.MOST_EXACT / songs)));
  }

  /** The sampled songs of a block, for a sample of a share of all songs. */
  static PointBlock drawn(PointBlock block, double share) {
    List<String> ids = block.getIds();
    int[] rows =
        IntStream.range(0, ids.size()).filter(i -> SongLot.share(ids.get(i)) < share).toArray();
    int width = block.getDimensions() * Float.BYTES;
    ByteBuffer values = ByteBuffer.allocate(rows.length * width);
    for (int row : rows) {
      values.put(block.getValues().slice(row * width, width));
    }
    return PointBlock.newBuilder(block)
        .setIds(IntStream.of(rows).mapToObj(ids::get).toList())
        .setValues(values.flip())
        .build();
  }
}
