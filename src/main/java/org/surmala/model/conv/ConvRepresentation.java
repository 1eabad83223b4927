package org.surmala.model.conv;

import java.util.List;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.GroupedValidationSplit;
import org.surmala.model.InputSpec;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.model.nn.BlockFit;
import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.ParallelFor;
import org.surmala.schema.Model;

/**
 * A convolutional VAE of log-mel patches, with a single σ-VAE variance (Rybkin et al., 2021). A few
 * patches of each song train it; the embedding of a song is the mean of all its patches' posterior
 * means.
 */
public final class ConvRepresentation extends LoadableRepresentation {
  private final ConvOptions options;

  public ConvRepresentation(OptionReader reader) {
    super("conv_vae", reader);
    options = ConvOptions.read(reader);
  }

  @Override
  public InputSpec inputSpec() {
    return new InputSpec(InputSpec.Source.PATCHES, options.patches());
  }

  @Override
  public FittedModel load(Model model) {
    return ConvModel.load(model, options);
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    TrainingRows patches = table.thinned(options.patches());
    ConvNetwork network = options.network(patches.bands(), patches.columns() / patches.bands());
    ConvModel start =
        setting.start() instanceof ConvModel model && model.fits(network) ? model : null;
    PatchScale scale = start == null ? PatchScale.fit(patches) : start.scale();
    EpochShuffler epochs =
        new EpochShuffler(
            patches,
            GroupedValidationSplit.of(
                patches, List.of(), options.training().validation(), setting.seed()),
            setting.seed(),
            EpochShuffler.BUFFER_VALUES);
    int most = Math.min(options.training().batch(), epochs.trainingRows());
    try (ParallelFor parallel = new ParallelFor(setting.threads());
        ConvEngine<float[]> engine =
            new ConvEngine<>(new FloatKernels(), network, options.objective(), most, parallel)) {
      network
          .layout()
          .begin(engine.parameters(), start == null ? null : start.parameters(), setting.seed());
      engine.parametersChanged();
      BlockFit fit =
          new BlockFit(
              kind(),
              engine,
              epochs,
              network.input(),
              options.training(),
              options.warmUp(),
              setting,
              scale::apply);
      float[] parameters = fit.run();
      ConvModel bare =
          new ConvModel(inputSpec(), network, scale, parameters, fit.history(), Diagnostics.none());
      return bare.with(
          Diagnostics.of(bare, (prepared, song) -> bare.head(prepared), patches, List.of()));
    }
  }
}
