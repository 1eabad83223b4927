package org.surmala.model.text;

import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.GroupedValidationSplit;
import org.surmala.model.InputSpec;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.Preprocessor;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.BlockFit;
import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.ParallelFor;
import org.surmala.schema.Model;

/**
 * A VAE of audio and lyrics: one latent space, two encoders combined by a product of experts, and
 * two decoders (Wu and Goodman, 2018), each with a learned variance (Rybkin et al., 2021). A song
 * without lyrics is embedded from its audio alone.
 */
public final class MultimodalRepresentation extends LoadableRepresentation {
  private final MultimodalOptions options;

  public MultimodalRepresentation(OptionReader reader) {
    super("audio_lyrics", reader);
    options = MultimodalOptions.read(reader);
  }

  @Override
  public InputSpec inputSpec() {
    return InputSpec.VECTOR_AND_LYRICS;
  }

  @Override
  public FittedModel load(Model model) {
    return MultimodalModel.load(model, options);
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    MultimodalModel start =
        setting.start() instanceof MultimodalModel model && model.fits(table.columns(), options)
            ? model
            : null;
    Preprocessor preprocessor =
        start == null
            ? Preprocessor.fit(table, options.preprocess(), setting.groups())
            : start.preprocessor();
    LyricsVectoriser vectoriser =
        start == null
            ? LyricsVectoriser.fit(
                kind(), table, options.buckets(), options.textDimensions(), setting.seed())
            : start.vectoriser();
    MultimodalNetwork network = options.network(table.columns(), vectoriser.dimensions());
    int columns = network.features() + network.text() + 1;
    EpochShuffler epochs =
        new EpochShuffler(
            prepared(table, preprocessor, vectoriser, columns),
            GroupedValidationSplit.of(
                table, setting.groups(), options.training().validation(), setting.seed()),
            setting.seed(),
            EpochShuffler.BUFFER_VALUES);
    int most = Math.min(options.training().batch(), epochs.trainingRows());
    try (ParallelFor parallel = new ParallelFor(setting.threads());
        MultimodalEngine<float[]> engine =
            new MultimodalEngine<>(
                new FloatKernels(),
                network,
                options.objective(),
                textWeight(network),
                most,
                parallel)) {
      network
          .layout()
          .begin(engine.parameters(), start == null ? null : start.parameters(), setting.seed());
      engine.parametersChanged();
      BlockFit fit =
          new BlockFit(
              kind(),
              engine,
              epochs,
              columns,
              options.training(),
              options.warmUp(),
              setting,
              row -> {});
      float[] parameters = fit.run();
      MultimodalModel bare =
          new MultimodalModel(
              network, preprocessor, vectoriser, parameters, fit.history(), Diagnostics.none());
      return bare.with(
          Diagnostics.of(
              bare,
              (prepared, song) -> bare.head(prepared, song.lyrics()),
              table,
              setting.groups()));
    }
  }

  /**
   * Weight of a text value in the loss: with the option at 1, the text as a whole counts as much as
   * all features.
   */
  private double textWeight(MultimodalNetwork network) {
    return options.textWeight() * network.features() / network.text();
  }

  /** The rows of the table as input of the engine. */
  private static TrainingRows prepared(
      TrainingRows table, Preprocessor preprocessor, LyricsVectoriser vectoriser, int columns) {
    return table.mapped(
        columns,
        (number, row, into, offset) -> {
          preprocessor.apply(row, into, offset);
          float[] text = vectoriser.vector(table.lyrics(number));
          int at = offset + row.length;
          for (int j = 0; j < vectoriser.dimensions(); j++) {
            into[at + j] = text == null ? 0 : text[j];
          }
          into[offset + columns - 1] = text == null ? 0 : 1;
        });
  }
}
