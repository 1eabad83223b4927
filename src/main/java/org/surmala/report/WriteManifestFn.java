package org.surmala.report;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.surmala.schema.ModelCheckpoint;

/** Writes the manifest of the parts once all parts are written. */
final class WriteManifestFn extends DoFn<KV<Integer, CoGbkResult>, Void> {
  private final ReportOptions options;

  WriteManifestFn(ReportOptions options) {
    this.options = options;
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> all) throws IOException {
    List<SongParts.Part> parts =
        StreamSupport.stream(all.getValue().getAll(ReportInParts.WRITTEN).spliterator(), false)
            .sorted(Comparator.comparing(SongParts.Part::name))
            .toList();
    String model =
        StreamSupport.stream(all.getValue().getAll(Report.CHECKPOINTS).spliterator(), false)
            .filter(checkpoint -> checkpoint.getName().equals(options.representation()))
            .map(ModelCheckpoint::getVersion)
            .findFirst()
            .orElse("");
    SongParts.write(
        options.results(),
        new SongParts.Manifest(model, parts.stream().mapToInt(SongParts.Part::rows).sum(), parts));
  }
}
