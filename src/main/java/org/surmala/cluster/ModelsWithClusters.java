package org.surmala.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;
import org.surmala.io.CheckpointFile;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;

/** Selects models that define clusters; without a view, the clusterer {@code model} is not used. */
record ModelsWithClusters(@Nullable PCollectionView<Map<String, ModelCheckpoint>> view)
    implements Serializable {
  /** Side inputs of a step that reads them. */
  List<PCollectionView<Map<String, ModelCheckpoint>>> sideInputs() {
    return view == null ? List.of() : List.of(view);
  }

  /** The model that embedded the songs; null if its clusters are not used. */
  @Nullable Model of(DoFn<?, ?>.ProcessContext context, String representation, String version)
      throws IOException {
    if (view == null) {
      return null;
    }
    ModelCheckpoint checkpoint = context.sideInput(view).get(representation);
    return checkpoint == null || !checkpoint.getVersion().equals(version)
        ? null
        : CheckpointFile.read(checkpoint);
  }
}
