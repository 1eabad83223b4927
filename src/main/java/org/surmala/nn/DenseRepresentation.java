package org.surmala.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Model;

/**
 * Dense autoencoders: {@code ae}, {@code vae} (Kingma and Welling, 2014; β-VAE: Higgins et al.,
 * 2017) and {@code sigma_vae} (Rybkin et al., 2021).
 */
final class DenseRepresentation implements LoadableRepresentation {
  private final String kind;
  private final DenseOptions options;
  private final Map<String, String> all;

  DenseRepresentation(String kind, OptionReader reader) {
    this.kind = kind;
    options = DenseOptions.read(kind, reader);
    all = reader.all();
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Map<String, String> options() {
    return all;
  }

  @Override
  public FittedModel load(Model model) {
    return DenseModel.load(model, options);
  }

  @Override
  public FittedModel fit(Table table, Setting setting) {
    return fit(table, setting, Epochs.BUFFER_VALUES);
  }

  /** As {@link #fit(Table, Setting)}, with a shuffle buffer of so many values. */
  FittedModel fit(Table table, Setting setting, int bufferValues) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    DenseNetwork network = options.network(table.columns());
    DenseModel start =
        setting.start() instanceof DenseModel model && model.fits(kind, network, options)
            ? model
            : null;
    Preprocessor preprocessor =
        start == null
            ? Preprocessor.fit(table, options.preprocess(), setting.groups())
            : start.preprocessor();
    Epochs epochs =
        new Epochs(
            preprocessor.applied(table),
            options.training().validation(),
            setting.seed(),
            bufferValues);
    List<EpochLoss> history = new ArrayList<>();
    float[] parameters;
    try (Crew crew = new Crew(setting.threads());
        DenseEngine<float[]> engine =
            new DenseEngine<>(
                new FloatKernels(),
                network,
                Math.min(options.training().batch(), epochs.trainingRows()),
                crew)) {
      if (start == null) {
        initialise(network, engine.parameters(), new Noise(setting.seed(), Streams.WEIGHTS));
      } else {
        start.copyParameters(engine.parameters());
      }
      engine.parametersChanged();
      parameters = new Fit(network, epochs, engine, setting, history).run();
    }
    DenseModel bare =
        new DenseModel(kind, network, preprocessor, parameters, history, Diagnostics.none());
    return bare.with(
        Diagnostics.of(bare, network.variational() ? bare::head : null, table, setting.groups()));
  }

  /**
   * Weights that keep the size of what passes through: variance 2 / inputs before a rectifier (He
   * et al., 2015), 1 / inputs elsewhere. Log-variances begin near 0, where the posterior is the
   * prior.
   */
  private void initialise(DenseNetwork network, float[] p, Noise random) {
    for (DenseNetwork.Layer layer : network.layers()) {
      double variance =
          (layer.hidden() && options.activation() != Activation.TANH ? 2.0 : 1.0) / layer.inputs();
      double deviation = Math.sqrt(variance);
      for (int i = 0; i < layer.inputs() * layer.outputs(); i++) {
        boolean logVariance =
            network.variational()
                && layer.name().equals("head")
                && i % layer.outputs() >= network.latent();
        p[layer.weight() + i] = (float) (random.gaussian() * deviation * (logVariance ? 0.1 : 1));
      }
      if (layer.normalised()) {
        Arrays.fill(p, layer.gain(), layer.gain() + layer.outputs(), 1);
      }
    }
  }

  /** One fit's course. */
  private final class Fit {
    private final DenseNetwork network;
    private final Epochs epochs;
    private final DenseEngine<float[]> engine;
    private final Setting setting;
    private final List<EpochLoss> history;
    private final TrainingOptions training = options.training();
    private final int batches;
    private final int passes;
    private final float[] row;
    private final double[] squares;
    private final double[] divergences;

    Fit(
        DenseNetwork network,
        Epochs epochs,
        DenseEngine<float[]> engine,
        Setting setting,
        List<EpochLoss> history) {
      this.network = network;
      this.epochs = epochs;
      this.engine = engine;
      this.setting = setting;
      this.history = history;
      batches = (epochs.trainingRows() + training.batch() - 1) / training.batch();
      passes = Math.max(1, Math.min(training.epochs(), training.steps() / batches));
      row = new float[network.input()];
      squares = new double[network.input()];
      divergences = new double[network.latent()];
    }

    float[] run() {
      Noise[] streams = Streams.forShards(setting.seed(), Streams.TRAINING, engine.shards());
      float @Nullable [] best = null;
      double bestLoss = Double.POSITIVE_INFINITY;
      int bestEpoch = 0;
      for (int epoch = 1; epoch <= passes; epoch++) {
        double total = pass(epoch, streams);
        double validation = validate();
        history.set(epoch - 1, withValidation(history.get(epoch - 1), validation));
        setting.listener().epoch(epoch, passes, total, validation);
        // A loss under a smaller β is no loss to compare with.
        boolean settled = epoch > Math.ceil(options.settled() * passes) || epoch == passes;
        if (!Double.isNaN(validation) && settled) {
          if (validation < bestLoss) {
            bestLoss = validation;
            bestEpoch = epoch;
            best = engine.parameters().clone();
          } else if (training.patience() > 0 && epoch - bestEpoch >= training.patience()) {
            break;
          }
        }
      }
      return best == null ? engine.parameters().clone() : best;
    }

    private double pass(int epoch, Noise[] streams) {
      double reconstruction = 0;
      double divergence = 0;
      double total = 0;
      int rows = epochs.trainingRows();
      epochs.begin();
      for (int b = 0; b < batches; b++) {
        // Batches of the same size, give or take one.
        int size = (int) ((long) rows * (b + 1) / batches - (long) rows * b / batches);
        for (int i = 0; i < size; i++) {
          epochs.next(row);
          engine.setRow(i, row);
        }
        double progress = (epoch - 1 + (double) b / batches) / passes;
        engine.forward(size, options.objective(), options.betaAt(progress), true, streams);
        if (!Double.isFinite(engine.total())) {
          throw new ArithmeticException(
              "the loss of the "
                  + kind
                  + " model is "
                  + engine.total()
                  + " in epoch "
                  + epoch
                  + "; lower learning_rate (now "
                  + training.learningRate()
                  + ") or set clip_gradient");
        }
        reconstruction += engine.reconstruction() * size;
        divergence += engine.divergence() * size;
        total += engine.total() * size;
        engine.backward();
        engine.update(
            AdamOptions.STANDARD,
            training.learningRate() * training.schedule().factor(progress),
            training.weightDecay(),
            training.clip() > 0 ? training.clip() : Double.POSITIVE_INFINITY);
      }
      history.add(
          new EpochLoss(epoch, reconstruction / rows, divergence / rows, total / rows, null));
      return total / rows;
    }

    /**
     * The whole objective on the validation rows, with the same noise each time; NaN without any.
     */
    private double validate() {
      int rows = epochs.validationRows();
      if (rows == 0) {
        return Double.NaN;
      }
      Noise[] streams = Streams.forShards(setting.seed(), Streams.VALIDATION, engine.shards());
      Arrays.fill(squares, 0);
      Arrays.fill(divergences, 0);
      int most = Math.min(training.batch(), epochs.trainingRows());
      for (int first = 0; first < rows; first += most) {
        int count = Math.min(most, rows - first);
        for (int i = 0; i < count; i++) {
          epochs.validationRow(first + i, row);
          engine.setRow(i, row);
        }
        engine.forward(count, options.objective(), options.beta(), false, streams);
        engine.addTo(squares, divergences);
      }
      double loss = options.objective().reconstruction(squares, rows, new double[squares.length]);
      if (network.variational()) {
        loss +=
            options.beta()
                * options
                    .objective()
                    .divergence(divergences, rows, options.beta(), new double[divergences.length]);
      }
      return loss;
    }

    private EpochLoss withValidation(EpochLoss loss, double validation) {
      return new EpochLoss(
          loss.getEpoch(),
          loss.getReconstruction(),
          loss.getKl(),
          loss.getTotal(),
          Double.isNaN(validation) ? null : validation);
    }
  }
}
