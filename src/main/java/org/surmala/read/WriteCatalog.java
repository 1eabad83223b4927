package org.surmala.read;

import java.io.IOException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.surmala.io.RecordCoder;
import org.surmala.schema.CatalogEntry;
import org.surmala.schema.SongRef;

/** Replaces the catalog of the last run. */
public final class WriteCatalog extends PTransform<PCollection<SongRef>, PDone> {
  private final String folder;
  private final String fileName;

  private WriteCatalog(String file) {
    int slash = file.lastIndexOf('/');
    this.folder = file.substring(0, slash + 1);
    this.fileName = file.substring(slash + 1);
  }

  /** Writes the catalog once all paths have arrived, to a file on any Beam file system. */
  public static WriteCatalog to(String file) {
    return new WriteCatalog(file);
  }

  @Override
  public PDone expand(PCollection<SongRef> identified) {
    identified
        .apply("Entries", ParDo.of(new EntryFn()))
        .setCoder(KvCoder.of(VoidCoder.of(), RecordCoder.of(CatalogEntry.class)))
        .apply("Gather", GroupByKey.create())
        .apply("Write", ParDo.of(new WriteFn(folder, fileName)));
    return PDone.in(identified.getPipeline());
  }

  private static final class EntryFn extends DoFn<SongRef, KV<Void, CatalogEntry>> {
    @ProcessElement
    @SuppressWarnings("NullAway") // Gather's single key is Beam's Void, whose only value is null.
    public void process(@Element SongRef song, OutputReceiver<KV<Void, CatalogEntry>> out) {
      out.output(
          KV.of(
              null,
              new CatalogEntry(song.getUri(), song.getSize(), song.getModified(), song.getId())));
    }
  }

  private static final class WriteFn extends DoFn<KV<Void, Iterable<CatalogEntry>>, Void> {
    private final String folder;
    private final String fileName;

    WriteFn(String folder, String fileName) {
      this.folder = folder;
      this.fileName = fileName;
    }

    @ProcessElement
    public void process(@Element KV<Void, Iterable<CatalogEntry>> all) throws IOException {
      Catalog catalog = new Catalog();
      all.getValue().forEach(catalog::put);
      catalog.write(folder, fileName);
    }
  }
}
