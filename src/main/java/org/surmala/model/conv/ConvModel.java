package org.surmala.model.conv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.RowLayers;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

/**
 * A fitted convolutional VAE. Its rows are patches; the embedding of a song is the mean of its
 * patches' embeddings.
 */
final class ConvModel implements FittedModel {
  private final InputSpec inputSpec;
  private final ConvNetwork network;
  private final List<Layer> layers;
  private final PatchScale scale;
  private final float[] parameters;
  private final List<EpochLoss> history;
  private final Diagnostics diagnostics;

  ConvModel(
      InputSpec inputSpec,
      ConvNetwork network,
      PatchScale scale,
      float[] parameters,
      List<EpochLoss> history,
      Diagnostics diagnostics) {
    this.inputSpec = inputSpec;
    this.network = network;
    this.scale = scale;
    this.parameters = parameters;
    this.history = history;
    this.diagnostics = diagnostics;
    layers = network.layout().layers();
  }

  /** The same model with diagnostics. */
  ConvModel with(Diagnostics found) {
    return new ConvModel(inputSpec, network, scale, parameters, history, found);
  }

  /** Whether a fit of this shape can start from this model. */
  boolean fits(ConvNetwork other) {
    return network.equals(other);
  }

  PatchScale scale() {
    return scale;
  }

  float[] parameters() {
    return parameters;
  }

  @Override
  public InputSpec inputSpec() {
    return inputSpec;
  }

  @Override
  public int latentDimensions() {
    return network.latent();
  }

  @Override
  public float[] embed(float[] patch) {
    return Arrays.copyOf(head(preprocess(patch)), network.latent());
  }

  @Override
  public float[] decode(float[] vector) {
    RowLayers.requireLatent(vector, network.latent());
    return RowLayers.through(layers.subList(network.head() + 1, layers.size()), parameters, vector);
  }

  @Override
  public float[] preprocess(float[] patch) {
    if (patch.length != network.input()) {
      throw new IllegalArgumentException(
          "a patch has %s values; the model was fitted on %s bands × %s frames"
              .formatted(patch.length, network.bands(), network.frames()));
    }
    float[] prepared = patch.clone();
    scale.apply(prepared);
    return prepared;
  }

  /** Means and log-variances of a prepared patch; a new array. */
  float[] head(float[] prepared) {
    return RowLayers.through(layers.subList(0, network.head() + 1), parameters, prepared);
  }

  @Override
  public Model toModel(String name, Provenance provenance) {
    List<Tensor> tensors = new ArrayList<>(scale.tensors());
    tensors.addAll(network.layout().tensors(parameters));
    return diagnostics.write(
        Model.newBuilder()
            .setName(name)
            .setKind("conv_vae")
            .setInputDimensions(network.input())
            .setLatentDimensions(network.latent())
            .setTensors(tensors)
            .setProvenance(provenance)
            .setHistory(history));
  }

  static ConvModel load(Model model, ConvOptions options) {
    PatchScale scale = PatchScale.load(model);
    ConvNetwork network =
        options.network(scale.bands(), model.getInputDimensions() / scale.bands());
    return new ConvModel(
        new InputSpec(InputSpec.Source.PATCHES, options.patches()),
        network,
        scale,
        network.layout().read(model),
        model.getHistory(),
        Diagnostics.read(model));
  }
}
