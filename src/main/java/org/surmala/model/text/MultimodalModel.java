package org.surmala.model.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.ModelInput;
import org.surmala.model.Preprocessor;
import org.surmala.model.nn.FloatKernels;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.RowLayers;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;
import org.surmala.schema.Tensor;

/**
 * A fitted VAE of features and lyrics. The embedding of a song is the mean of the product of the
 * features' posterior, the lyrics' posterior (if there are lyrics) and the prior.
 */
final class MultimodalModel implements FittedModel {
  private final MultimodalNetwork network;
  private final Preprocessor preprocessor;
  private final LyricsVectoriser vectoriser;
  private final float[] parameters;
  private final List<EpochLoss> history;
  private final Diagnostics diagnostics;
  private final ProductOfExperts<float[]> experts;
  private final Map<MultimodalNetwork.Part, List<Layer>> layers =
      new EnumMap<>(MultimodalNetwork.Part.class);

  MultimodalModel(
      MultimodalNetwork network,
      Preprocessor preprocessor,
      LyricsVectoriser vectoriser,
      float[] parameters,
      List<EpochLoss> history,
      Diagnostics diagnostics) {
    this.network = network;
    this.preprocessor = preprocessor;
    this.vectoriser = vectoriser;
    this.parameters = parameters;
    this.history = history;
    this.diagnostics = diagnostics;
    experts = new ProductOfExperts<>(new FloatKernels(), network.latent());
    for (MultimodalNetwork.Part part : MultimodalNetwork.Part.values()) {
      layers.put(part, network.layers(part));
    }
  }

  /** The same model with diagnostics. */
  MultimodalModel with(Diagnostics found) {
    return new MultimodalModel(network, preprocessor, vectoriser, parameters, history, found);
  }

  /** Whether a fit with the given number of features can start from this model. */
  boolean fits(int features, MultimodalOptions options) {
    return network.equals(options.network(features, vectoriser.dimensions()))
        && preprocessor.options().equals(options.preprocess());
  }

  Preprocessor preprocessor() {
    return preprocessor;
  }

  LyricsVectoriser vectoriser() {
    return vectoriser;
  }

  float[] parameters() {
    return parameters;
  }

  @Override
  public InputSpec inputSpec() {
    return InputSpec.VECTOR_AND_LYRICS;
  }

  @Override
  public int latentDimensions() {
    return network.latent();
  }

  @Override
  public float[] embed(ModelInput song) {
    return vector(song.rows().get(0), song.lyrics());
  }

  @Override
  public float[] embed(float[] features) {
    return vector(features, null);
  }

  private float[] vector(float[] features, @Nullable String lyrics) {
    return Arrays.copyOf(head(preprocessor.apply(features), lyrics), network.latent());
  }

  /** Means and log-variances of a song with prepared features; a new array. */
  float[] head(float[] prepared, @Nullable String lyrics) {
    float[] text = vectoriser.vector(lyrics);
    float[] audio = through(MultimodalNetwork.Part.ENCODER, prepared);
    float[] read = text == null ? audio : through(MultimodalNetwork.Part.TEXT_ENCODER, text);
    float[] head = new float[2 * network.latent()];
    experts.product(audio, read, 0, text != null, head, 0);
    return head;
  }

  @Override
  public float[] decode(float[] vector) {
    RowLayers.requireLatent(vector, network.latent());
    return through(MultimodalNetwork.Part.DECODER, vector);
  }

  @Override
  public float[] preprocess(float[] features) {
    return preprocessor.apply(features);
  }

  private float[] through(MultimodalNetwork.Part part, float[] row) {
    return RowLayers.through(Objects.requireNonNull(layers.get(part)), parameters, row);
  }

  @Override
  public Model toModel(String name, Provenance provenance) {
    List<Tensor> tensors = new ArrayList<>(preprocessor.tensors());
    tensors.addAll(vectoriser.tensors());
    tensors.addAll(network.layout().tensors(parameters));
    return diagnostics.write(
        Model.newBuilder()
            .setName(name)
            .setKind("audio_lyrics")
            .setInputDimensions(network.features())
            .setLatentDimensions(network.latent())
            .setTensors(tensors)
            .setProvenance(provenance)
            .setHistory(history));
  }

  static MultimodalModel load(Model model, MultimodalOptions options) {
    LyricsVectoriser vectoriser = LyricsVectoriser.load(model);
    MultimodalNetwork network =
        options.network(model.getInputDimensions(), vectoriser.dimensions());
    return new MultimodalModel(
        network,
        Preprocessor.load(model, options.preprocess()),
        vectoriser,
        network.layout().read(model),
        model.getHistory(),
        Diagnostics.read(model));
  }
}
