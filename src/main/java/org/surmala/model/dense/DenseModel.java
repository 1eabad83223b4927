package org.surmala.model.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.LabelEncoding;
import org.surmala.model.LatentMixture;
import org.surmala.model.ModelInput;
import org.surmala.model.Preprocessor;
import org.surmala.model.TrainingRows;
import org.surmala.model.linear.WithinSongLda;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.RowLayers;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

/**
 * A fitted dense autoencoder. Rows are computed one by one, without BLAS, so that a row's embedding
 * does not depend on other rows.
 */
final class DenseModel implements FittedModel {
  private final String kind;
  private final InputSpec.Part part;
  private final DenseNetwork network;
  private final List<Layer> layers;
  private final Preprocessor preprocessor;
  private final @Nullable LabelEncoding condition;
  private final float[] parameters;
  private final @Nullable LatentMixture mixture;
  private final @Nullable WithinSongLda directions;
  private final @Nullable NeighbourSmoothing smoothing;
  private final List<EpochLoss> history;
  private final Diagnostics diagnostics;

  DenseModel(
      String kind,
      InputSpec.Part part,
      DenseNetwork network,
      Preprocessor preprocessor,
      @Nullable LabelEncoding condition,
      float[] parameters,
      @Nullable LatentMixture mixture,
      @Nullable WithinSongLda directions,
      @Nullable NeighbourSmoothing smoothing,
      List<EpochLoss> history,
      Diagnostics diagnostics) {
    this.kind = kind;
    this.part = part;
    this.network = network;
    this.preprocessor = preprocessor;
    this.condition = condition;
    this.parameters = parameters;
    this.mixture = mixture;
    this.directions = directions;
    this.smoothing = smoothing;
    this.history = history;
    this.diagnostics = diagnostics;
    layers = network.layout().layers();
  }

  /** The same model with diagnostics, and with smoothing if it is not null. */
  DenseModel with(Diagnostics found, @Nullable NeighbourSmoothing smooth) {
    return new DenseModel(
        kind,
        part,
        network,
        preprocessor,
        condition,
        parameters,
        mixture,
        directions,
        smooth,
        history,
        found);
  }

  /**
   * Whether a fit of this kind, shape and preprocessing can start from this model. A conditional
   * model must know all labels of the table.
   */
  boolean fits(String otherKind, TrainingRows table, DenseOptions options) {
    int components = mixture == null ? 0 : mixture.gaussians().components();
    boolean isTold =
        condition == null
            ? options.condition() == null
            : condition.column().equals(options.condition()) && condition.covers(table);
    return kind.equals(otherKind)
        && part == options.part()
        && isTold
        && network.equals(options.network(table.columns(), network.conditionSize()))
        && components == options.components()
        && preprocessor.options().equals(options.preprocess());
  }

  Preprocessor preprocessor() {
    return preprocessor;
  }

  @Nullable LabelEncoding condition() {
    return condition;
  }

  float[] parameters() {
    return parameters;
  }

  @Override
  public @Nullable LatentMixture mixture() {
    return mixture;
  }

  @Override
  public InputSpec inputSpec() {
    return (condition == null ? InputSpec.VECTOR : InputSpec.vectorAndLabel(condition.column()))
        .of(part);
  }

  @Override
  public int latentDimensions() {
    return smoothing == null ? network.latent() : smoothing.dimensions();
  }

  @Override
  public float[] embed(ModelInput song) {
    return condition == null
        ? FittedModel.super.embed(song)
        : vector(song.rows().get(0), song.label());
  }

  @Override
  public float[] embed(float[] features) {
    return vector(features, null);
  }

  private float[] vector(float[] features, @Nullable String label) {
    float[] prepared = preprocessor.apply(features);
    float[] latent = Arrays.copyOf(head(prepared, label), network.latent());
    return smoothing == null || directions == null
        ? latent
        : smoothing.embed(prepared, latent, directions.applied(prepared));
  }

  @Override
  public float[] decode(float[] vector) {
    return decode(vector, null);
  }

  @Override
  public float[] decode(float[] vector, @Nullable String label) {
    RowLayers.requireLatent(vector, latentDimensions());
    if (smoothing != null) {
      return smoothing.decode(vector);
    }
    return RowLayers.through(
        layers.subList(network.head() + 1, layers.size()), parameters, conditioned(vector, label));
  }

  @Override
  public float[] directions(float[] features) {
    return directions == null ? new float[0] : directions.applied(preprocessor.apply(features));
  }

  @Override
  public float[] preprocess(float[] features) {
    return preprocessor.apply(features);
  }

  /** The encoder's output for a preprocessed row: an embedding, or means and then log-variances. */
  float[] head(float[] prepared, @Nullable String label) {
    return RowLayers.through(
        layers.subList(0, network.head() + 1), parameters, conditioned(prepared, label));
  }

  private float[] conditioned(float[] values, @Nullable String label) {
    return condition == null ? values : condition.append(values, label);
  }

  @Override
  public Model toModel(String name, Provenance provenance) {
    List<Tensor> tensors = new ArrayList<>(preprocessor.tensors());
    tensors.addAll(network.layout().tensors(parameters));
    if (mixture != null) {
      tensors.addAll(mixture.tensors());
    }
    if (directions != null) {
      tensors.add(directions.tensor());
    }
    if (smoothing != null) {
      tensors.addAll(smoothing.tensors());
    }
    if (condition != null) {
      tensors.addAll(condition.tensors());
    }
    return diagnostics.write(
        Model.newBuilder()
            .setName(name)
            .setKind(kind)
            .setInputDimensions(network.input())
            .setLatentDimensions(latentDimensions())
            .setTensors(tensors)
            .setProvenance(provenance)
            .setCondition(condition == null ? null : condition.condition())
            .setHistory(history));
  }

  static DenseModel load(Model model, DenseOptions options) {
    LabelEncoding condition = options.condition() == null ? null : LabelEncoding.load(model);
    DenseNetwork network =
        options.network(model.getInputDimensions(), condition == null ? 0 : condition.size());
    return new DenseModel(
        model.getKind(),
        options.part(),
        network,
        Preprocessor.load(model, options.preprocess()),
        condition,
        network.layout().read(model),
        options.components() == 0 ? null : LatentMixture.load(model),
        WithinSongLda.load(model),
        options.neighbours() == null
            ? null
            : NeighbourSmoothing.load(model, options.neighbours().count()),
        model.getHistory(),
        Diagnostics.read(model));
  }
}
