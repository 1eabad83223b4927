package org.surmala.model.linear;

import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.Preprocessor;
import org.surmala.model.Representations;
import org.surmala.model.Tensors;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;

/**
 * Song directions as a representation: {@link WithinSongLda}, without a network. There are at most
 * {@code latent} directions, and no more than columns.
 */
public final class SongLdaRepresentation extends LoadableRepresentation {
  /** Embedding a song needs no windows. */
  private static final InputSpec INPUT_SPEC = InputSpec.VECTOR;

  private final InputSpec.Part part;
  private final PreprocessOptions preprocess;
  private final int latent;

  public SongLdaRepresentation(OptionReader reader) {
    super("song_lda", reader);
    part = reader.choice("input", InputSpec.Part.AUTO);
    preprocess = PreprocessOptions.read(reader);
    latent = reader.integer("latent", 32, 1, 4096);
  }

  @Override
  public InputSpec inputSpec() {
    return InputSpec.VECTOR_AND_WINDOWS.of(part);
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    Preprocessor preprocessor = Preprocessor.fit(table, preprocess, setting.groups());
    float[] songs = new float[Math.multiplyExact(table.rows(), table.columns())];
    TrainingRows prepared = preprocessor.applied(table);
    for (int row = 0; row < table.rows(); row++) {
      prepared.read(row, songs, row * table.columns());
    }
    WithinSongLda directions = WithinSongLda.of(table, preprocess, setting.groups(), songs, latent);
    return new LinearModel(
            kind(),
            INPUT_SPEC.of(part),
            preprocessor,
            directions.rows(),
            directions.inverse(),
            Diagnostics.none())
        .with(table, setting.groups());
  }

  @Override
  public FittedModel load(Model model) {
    return new LinearModel(
        kind(),
        INPUT_SPEC.of(part),
        Preprocessor.load(model, preprocess),
        Tensors.values(model, "directions"),
        Tensors.values(model, "inverse"),
        Diagnostics.read(model));
  }
}
