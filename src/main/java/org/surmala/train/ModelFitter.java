package org.surmala.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.surmala.io.CheckpointFile;
import org.surmala.model.FittedModel;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.Provenance;

/** Fits one model and records its provenance. */
record ModelFitter(ModelSpec spec, TrainOptions options, Consumer<TrainingProgress.Epoch> onEpoch) {
  /**
   * Fits the model.
   *
   * @throws IOException if the model that the fit starts from cannot be read
   */
  Model fit(TrainingSet songs) throws IOException {
    Representation representation = spec.representation();
    ModelCheckpoint start = options.start(spec.name());
    Model begun = start == null ? null : CheckpointFile.read(start);
    boolean warm = begun != null && isSame(begun, representation, songs.spec());
    try {
      FittedModel fitted =
          representation.fit(
              songs.table(),
              new Representation.Setting(
                      options.seed(),
                      representation.inputSpec().groups(options.groups()),
                      options.threads(),
                      this::hear)
                  .from(begun != null && warm ? Representations.load(begun) : null));
      Model model =
          fitted.toModel(
              spec.name(),
              new Provenance(
                  songs.dataHash(),
                  songs.table().songs(),
                  songs.spec(),
                  options.seed(),
                  new TreeMap<>(representation.options()),
                  libraries()));
      return start != null && warm
          ? Model.newBuilder(model).setStartedFrom(start.getVersion()).build()
          : model;
    } finally {
      TrainingProgress.ended(spec.name());
    }
  }

  /** All inputs that the result depends on; the number of threads is not one. */
  String inputs(TrainingSet songs) {
    Representation representation = spec.representation();
    ModelCheckpoint start = options.start(spec.name());
    return String.join(
        "\n",
        spec.name(),
        representation.kind(),
        new TreeMap<>(representation.options()).toString(),
        Long.toString(options.seed()),
        options.groups().toString(),
        start == null ? "" : start.getSha256(),
        songs.spec(),
        songs.dataHash());
  }

  private static boolean isSame(Model model, Representation representation, String spec) {
    return model.getKind().equals(representation.kind())
        && model.getProvenance().getFeatureSpec().equals(spec)
        && model.getProvenance().getOptions().equals(new TreeMap<>(representation.options()));
  }

  private void hear(int epoch, int epochs, double loss, double validation) {
    TrainingProgress.Epoch done = new TrainingProgress.Epoch(epoch, epochs, loss, validation);
    TrainingProgress.epoch(spec.name(), done);
    onEpoch.accept(done);
  }

  /** Versions of the numeric libraries, recorded by the build. */
  private static Map<String, String> libraries() {
    Properties properties = new Properties();
    try (InputStream in = ModelFitter.class.getResourceAsStream("libraries.properties")) {
      properties.load(Objects.requireNonNull(in, "libraries.properties is part of the build"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> libraries = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> libraries.put(n, properties.getProperty(n)));
    return libraries;
  }
}
