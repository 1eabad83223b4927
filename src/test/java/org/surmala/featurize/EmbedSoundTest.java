package org.surmala.featurize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.model.onnx.OnnxModel;
import org.surmala.model.onnx.OnnxSession;
import org.surmala.model.onnx.TinyOnnx;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Failure;
import org.surmala.schema.ModelEmbedding;
import org.surmala.schema.RatedSamples;
import org.surmala.step.Emitter;
import org.surmala.step.Worker;

/** A model of a few hundred bytes: the embedding of a patch [a, b] is itself. */
final class EmbedSoundTest {
  private static final int MODEL_RATE = 8_000;
  private static final FeatureOptions FEATURES = FeatureOptions.defaults();

  @TempDir private Path folder;

  private Path model(String name) throws IOException {
    return Files.write(folder.resolve(name), TinyOnnx.mean("x", 1, 2, -1, 2, 1));
  }

  private Path preset(int hop) throws IOException {
    return Files.writeString(
        folder.resolve("pair" + hop + ".json"),
        """
        {"input": "wave", "sample_rate": 8000, "patch_length": 2, "patch_hop": %d,
         "layout": "ntc", "batch": 1000}
        """
            .formatted(hop));
  }

  private EmbeddingOptions described(Path model, int hop) throws IOException {
    return OnnxModelFile.describe(model.toString(), preset(hop).toString());
  }

  /** Six seconds; the model's samples count whole seconds: 0, then 1, … */
  private static AudioSegment segment(float last) {
    ByteBuffer samples =
        ByteBuffer.allocate(6 * MODEL_RATE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6 * MODEL_RATE; i++) {
      int second = i / MODEL_RATE;
      samples.putFloat(i == 6 * MODEL_RATE - 1 ? last : second);
    }
    return AudioSegment.newBuilder(Segments.of(new float[6 * Segments.RATE]))
        .setModelSamples(new RatedSamples(MODEL_RATE, samples.flip()))
        .build();
  }

  private static final class Outcomes implements Emitter<AudioSegment> {
    private final List<AudioSegment> segments = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    @Override
    public void emit(AudioSegment segment) {
      segments.add(segment);
    }

    @Override
    public <S> void emit(TupleTag<S> output, S value) {
      failures.add((Failure) value);
    }
  }

  private static float[] floats(ByteBuffer bytes) {
    FloatBuffer buffer = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static Worker<AudioSegment, AudioSegment> worker(EmbeddingOptions options) {
    return EmbedSound.with(options, FEATURES, Segments.RATE).worker();
  }

  @Test
  void aSongHasTheMeanOfItsPatchesAndSoHasEachWindow() throws IOException {
    Worker<AudioSegment, AudioSegment> worker = worker(described(model("a.onnx"), MODEL_RATE));
    Outcomes out = new Outcomes();
    worker.process(segment(5), out);
    worker.close();

    ModelEmbedding embedding = out.segments.get(0).getEmbedding();
    assertThat(embedding.getDimensions()).isEqualTo(2);
    // A patch at the beginning of each second, 0 to 5, and one that ends with the sound.
    assertThat(floats(embedding.getValues())).containsExactly(20 / 7f, 20 / 7f);
    // Windows of 129 frames, 2.995 s, that begin at frames 0, 129 and 130.
    assertThat(floats(embedding.getWindows())).containsExactly(1, 1, 4, 4, 14 / 3f, 14 / 3f);
    assertThat(out.segments.get(0).getModelSamples()).isNull();
  }

  @Test
  void aWrittenEmbeddingIsPartOfTheFeatures() throws Exception {
    ByteBuffer values = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 7);
    ModelEmbedding embedding = new ModelEmbedding(1, values, ByteBuffer.allocate(0));
    AudioSegment segment =
        AudioSegment.newBuilder(Segments.of(Segments.samples(2, n -> Math.sin(n / 10.0))))
            .setEmbedding(embedding)
            .build();
    assertThat(
            new FeatureExtractor(FEATURES, Segments.RATE, "spec").extract(segment).getEmbedding())
        .isEqualTo(embedding);
  }

  @Test
  void aSongWhoseEmbeddingIsNoNumberIsGivenUp() throws IOException {
    Worker<AudioSegment, AudioSegment> worker = worker(described(model("b.onnx"), 2));
    Outcomes out = new Outcomes();
    worker.process(segment(Float.NaN), out);
    worker.close();
    assertThat(out.segments).isEmpty();
    assertThat(out.failures.get(0).getCode()).isEqualTo("bad_embedding");
  }

  @Test
  void threadsShareASessionUntilTheLastIsDone() throws IOException {
    EmbeddingOptions options = described(model("c.onnx"), 3);
    OnnxSession first = OnnxSessions.open(options);
    assertThat(OnnxSessions.open(options)).isSameAs(first);
    OnnxSessions.close(options);
    OnnxSession still = OnnxSessions.open(options);
    assertThat(still).isSameAs(first);
    OnnxSessions.close(options);
    OnnxSessions.close(options);
    OnnxSession next = OnnxSessions.open(options);
    assertThat(next).isNotSameAs(first);
    OnnxSessions.close(options);
  }

  @Test
  void aModelThatChangedMeanwhileEndsTheRun() throws IOException {
    Path model = model("d.onnx");
    EmbeddingOptions options = described(model, 4);
    Files.write(model, TinyOnnx.mean("y", 1, 2, -1, 2, 1));
    assertThatThrownBy(() -> worker(options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("d.onnx has changed since this run began");
  }

  @Test
  void theSpecificationIsOfTheContentNotOfThePlace() throws IOException {
    EmbeddingOptions options = described(model("e.onnx"), 5);
    EmbeddingOptions copy = described(model("f.onnx"), 5);
    assertThat(options.canonical())
        .isEqualTo(copy.canonical())
        .contains(options.sha256())
        .contains(OnnxSession.version())
        .isNotEqualTo(described(model("e.onnx"), 6).canonical());
    assertThat(options.sha256())
        .isEqualTo(
            new OnnxModel("", Files.readAllBytes(folder.resolve("e.onnx")), Map.of()).sha256());
    assertThat(options.features())
        .extracting(FeatureDimension::name)
        .containsExactly("onnx_0", "onnx_1");
  }

  @Test
  void aFileThatIsNoneIsRefusedByWhatItIs() throws IOException {
    String model = model("g.onnx").toString();
    assertRefused(folder.resolve("no.onnx").toString(), "yamnet", "there is no file");
    assertRefused(folder.toString(), "yamnet", "there is no file");
    assertRefused(model, "vgg", "there is no preset 'vgg'; give one of yamnet, vggish");
    assertRefused(model, folder.resolve("no.json").toString(), "there is no file");
    Path text = Files.writeString(folder.resolve("h.onnx"), "no model");
    assertRefused(text.toString(), "yamnet", "h.onnx: it is no ONNX model");
    assertRefused(model, "yamnet", "the preset yamnet gives [n, 96, 64], layout ntm");
    Path large = folder.resolve("large.onnx");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(OnnxModel.MAX_BYTES + 1);
    }
    assertRefused(large.toString(), "yamnet", "is too large for a worker");
  }

  private static void assertRefused(String model, String preset, String message) {
    assertThatThrownBy(() -> OnnxModelFile.describe(model, preset)).hasMessageContaining(message);
  }
}
