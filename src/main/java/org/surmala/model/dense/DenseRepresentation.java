package org.surmala.model.dense;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.GroupedValidationSplit;
import org.surmala.model.InputSpec;
import org.surmala.model.LabelEncoding;
import org.surmala.model.LatentMixture;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.Preprocessor;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.model.linear.WithinSongLda;
import org.surmala.model.nn.EpochShuffler;
import org.surmala.model.nn.FitListener;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.ParallelFor;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Model;

/**
 * Dense autoencoders: {@code ae}, {@code vae} (Kingma and Welling, 2014; β-VAE: Higgins et al.,
 * 2017), {@code sigma_vae} (Rybkin et al., 2021) and {@code neighbour_vae}, a VAE whose loss also
 * keeps each song close to its nearest neighbours by features, along the song directions ({@link
 * WithinSongLda}) where these can be found. Half of each batch is rows in epoch order, the rest is
 * pairs of neighbours. {@code vade} (Jiang et al., 2017) has a mixture of Gaussians as its prior:
 * it is pretrained as an autoencoder, and the mixture starts as a fit to the resulting latent
 * vectors. {@code cvae} (Sohn, Lee and Yan, 2015) reads a label of each song in the encoder and in
 * the decoder, so that the latent space need not encode it.
 */
public final class DenseRepresentation extends LoadableRepresentation {
  /** Initial variance of the posteriors, as a share of the variance within components. */
  private static final double NARROW = 0.1;

  private final DenseOptions options;

  public DenseRepresentation(String kind, OptionReader reader) {
    super(kind, reader);
    options = DenseOptions.read(kind, reader);
  }

  @Override
  public InputSpec inputSpec() {
    if (options.neighbours() != null && options.neighbours().bySong()) {
      return InputSpec.VECTOR_AND_WINDOWS.of(options.part());
    }
    String column = options.condition();
    return (column == null ? InputSpec.VECTOR : InputSpec.vectorAndLabel(column))
        .of(options.part());
  }

  @Override
  public FittedModel load(Model model) {
    return DenseModel.load(model, options);
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    return fit(table, setting, EpochShuffler.BUFFER_VALUES);
  }

  /** As {@link #fit(TrainingRows, Setting)}, with the given shuffle buffer size in values. */
  FittedModel fit(TrainingRows table, Setting setting, int bufferValues) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    DenseModel start =
        setting.start() instanceof DenseModel model && model.fits(kind(), table, options)
            ? model
            : null;
    LabelEncoding condition = condition(table, start);
    DenseNetwork network =
        options.network(table.columns(), condition == null ? 0 : condition.size());
    Preprocessor preprocessor =
        start == null
            ? Preprocessor.fit(table, options.preprocess(), setting.groups())
            : start.preprocessor();
    EpochShuffler epochs =
        new EpochShuffler(
            prepared(table, preprocessor, condition),
            GroupedValidationSplit.of(
                table, setting.groups(), options.training().validation(), setting.seed()),
            setting.seed(),
            bufferValues);
    List<EpochLoss> history;
    int inOrder = options.rowsInOrder(epochs.trainingRows());
    int pairs = options.neighbours() == null ? 0 : inOrder / 2;
    int most = inOrder + 2 * pairs;
    @Nullable NeighbourContrastiveLoss neighbours =
        options.neighbours() == null ? null : options.neighbours().term(most);
    @Nullable MixturePrior prior =
        options.components() == 0
            ? null
            : new MixturePrior(
                Math.min(options.components(), epochs.trainingRows()), network.latent());
    @Nullable WithinSongLda directions = directions(epochs, table, setting);
    float[] parameters;
    try (ParallelFor parallel = new ParallelFor(setting.threads());
        DenseEngine<float[]> engine =
            new DenseEngine<>(
                new FloatKernels(),
                network,
                options.objective(),
                most,
                parallel,
                prior == null ? neighbours : prior)) {
      float[] p = engine.parameters();
      network.layout().begin(p, start == null ? null : start.parameters(), setting.seed());
      if (prior != null) {
        LatentMixture begun =
            start == null
                ? pretrained(network, preprocessor, epochs, setting, parallel, prior, p)
                : Objects.requireNonNull(start.mixture(), "the mixture of a model that fits");
        prior.set(begun.gaussians(), p, network.layout().parameters());
      }
      engine.parametersChanged();
      DenseFit fit =
          new DenseFit(
              kind(),
              options,
              network,
              epochs,
              engine,
              neighbourhood(neighbours, epochs, directions, table.columns(), pairs, setting),
              setting);
      parameters = fit.run();
      history = fit.history();
    }
    DenseModel bare =
        new DenseModel(
            kind(),
            options.part(),
            network,
            preprocessor,
            condition,
            Arrays.copyOf(parameters, network.layout().parameters()),
            prior == null ? null : prior.mixture(parameters, network.layout().parameters()),
            directions,
            null,
            history,
            Diagnostics.none());
    return bare.with(
        Diagnostics.of(
            bare,
            network.variational() ? (prepared, song) -> bare.head(prepared, song.label()) : null,
            table,
            setting.groups()),
        smoothing(bare, table, directions));
  }

  /**
   * The smoothing of the embeddings; null without the song directions, or if it is switched off.
   */
  private @Nullable NeighbourSmoothing smoothing(
      DenseModel bare, TrainingRows table, @Nullable WithinSongLda directions) {
    DenseOptions.NeighbourOptions wanted = options.neighbours();
    if (wanted == null || !wanted.smoothing() || directions == null) {
      return null;
    }
    int songs = Math.min(NeighbourSmoothing.MOST_SONGS, table.rows());
    int latent = options.latent();
    float[][] prepared = new float[songs][];
    float[] vectors = new float[songs * latent];
    float[] coordinates = new float[songs * directions.count()];
    float[] row = new float[table.columns()];
    for (int i = 0; i < songs; i++) {
      table.read((int) ((long) i * table.rows() / songs), row, 0);
      prepared[i] = bare.preprocess(row);
      System.arraycopy(bare.head(prepared[i], null), 0, vectors, i * latent, latent);
      float[] projected = directions.applied(prepared[i]);
      System.arraycopy(projected, 0, coordinates, i * projected.length, projected.length);
    }
    return NeighbourSmoothing.fit(wanted.count(), latent, prepared, vectors, coordinates);
  }

  private @Nullable LabelEncoding condition(TrainingRows table, @Nullable DenseModel start) {
    String column = options.condition();
    return column == null
        ? null
        : start == null ? LabelEncoding.fit(kind(), column, table) : start.condition();
  }

  /** The rows of the table as input of the engine. */
  private static TrainingRows prepared(
      TrainingRows table, Preprocessor preprocessor, @Nullable LabelEncoding condition) {
    if (condition == null) {
      return preprocessor.applied(table);
    }
    int columns = table.columns();
    return table.mapped(
        columns + condition.size(),
        (number, row, into, offset) -> {
          preprocessor.apply(row, into, offset);
          condition.write(table.label(number), into, offset + columns);
        });
  }

  /**
   * Pretrains the network as an autoencoder, into p; returns a mixture fitted to the embeddings.
   */
  private LatentMixture pretrained(
      DenseNetwork network,
      Preprocessor preprocessor,
      EpochShuffler epochs,
      Setting setting,
      ParallelFor parallel,
      MixturePrior prior,
      float[] p) {
    DenseOptions plain = options.asAutoencoder();
    DenseNetwork autoencoder = plain.network(network.input(), 0);
    float[] trained;
    try (DenseEngine<float[]> engine =
        new DenseEngine<>(
            new FloatKernels(),
            autoencoder,
            plain.objective(),
            plain.rowsInOrder(epochs.trainingRows()),
            parallel)) {
      autoencoder.layout().begin(engine.parameters(), null, setting.seed());
      engine.parametersChanged();
      Setting quiet =
          new Setting(setting.seed(), setting.groups(), setting.threads(), FitListener.SILENT);
      trained = new DenseFit(kind(), plain, autoencoder, epochs, engine, null, quiet).run();
    }
    network.takeOver(autoencoder, trained, p);
    DenseModel encoder =
        new DenseModel(
            kind(),
            options.part(),
            autoencoder,
            preprocessor,
            null,
            trained,
            null,
            null,
            null,
            List.of(),
            Diagnostics.none());
    float[] sample = epochs.sample(NeighbourPairs.MOST_ROWS);
    double[][] vectors = new double[sample.length / network.input()][network.latent()];
    for (int r = 0; r < vectors.length; r++) {
      float[] vector =
          encoder.head(
              Arrays.copyOfRange(sample, r * network.input(), (r + 1) * network.input()), null);
      for (int j = 0; j < vector.length; j++) {
        vectors[r][j] = vector[j];
      }
    }
    LatentMixture mixture = LatentMixture.fit(vectors, prior.components(), setting.seed());
    // Wider posteriors would merge the components before the network has learned them.
    Layer head = network.layout().layers().get(network.head());
    for (int j = 0; j < network.latent(); j++) {
      p[head.bias() + network.latent() + j] = (float) Math.log(NARROW * mixture.varianceWithin(j));
    }
    return mixture;
  }

  /**
   * The song directions for the neighbour search; null for preprocessed features, or without the
   * neighbour loss.
   */
  private @Nullable WithinSongLda directions(
      EpochShuffler epochs, TrainingRows table, Setting setting) {
    DenseOptions.NeighbourOptions wanted = options.neighbours();
    return wanted == null || !wanted.bySong()
        ? null
        : WithinSongLda.of(
                table,
                options.preprocess(),
                setting.groups(),
                epochs.sample(NeighbourPairs.MOST_ROWS))
            .orElse(null);
  }

  private @Nullable PairSampler neighbourhood(
      @Nullable NeighbourContrastiveLoss term,
      EpochShuffler epochs,
      @Nullable WithinSongLda directions,
      int columns,
      int pairs,
      Setting setting) {
    DenseOptions.NeighbourOptions wanted = options.neighbours();
    return term == null || wanted == null
        ? null
        : new PairSampler(
            new NeighbourPairs(epochs, columns, wanted.count(), directions, wanted.cosine()),
            term,
            pairs,
            columns,
            setting.seed());
  }
}
