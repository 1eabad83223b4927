package org.surmala.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model in ONNX Runtime on the CPU, checked against its preset. A run uses only the calling
 * thread and gives the same bytes each time; its memory is freed afterwards. Safe for use by
 * several threads; close it only after all runs have ended.
 */
public final class OnnxSession implements AutoCloseable {
  private static final int FLOAT = 1;

  /** Element types of external weights, by ONNX's numbers. */
  private static final Map<Integer, OnnxJavaType> TYPES =
      Map.of(
          FLOAT,
          OnnxJavaType.FLOAT,
          2,
          OnnxJavaType.UINT8,
          3,
          OnnxJavaType.INT8,
          6,
          OnnxJavaType.INT32,
          7,
          OnnxJavaType.INT64,
          9,
          OnnxJavaType.BOOL,
          10,
          OnnxJavaType.FLOAT16,
          11,
          OnnxJavaType.DOUBLE,
          16,
          OnnxJavaType.BFLOAT16);

  private final OnnxPreset preset;
  private final String location;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final String output;
  private final String outputLayout;
  private final int batch;
  private final boolean isBatchFixed;
  private final int dimensions;

  /**
   * Loads a model and runs it once on silence.
   *
   * @throws IllegalArgumentException if ONNX Runtime cannot run it, or its input or output does not
   *     match the preset; the message shows both
   */
  public OnnxSession(OnnxModel model, OnnxPreset preset) {
    this.preset = preset;
    location = model.location();
    environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "surmala");
    try {
      session = open(model);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          location + ": ONNX Runtime " + version() + " cannot run it: " + e.getMessage(), e);
    }
    boolean isReady = false;
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      Map<String, NodeInfo> outputs = session.getOutputInfo();
      input = only(inputs, preset.inputName(), "input");
      output = only(outputs, preset.outputName(), "output");
      if (inputs.size() > 1) {
        throw mismatch("wants the inputs " + described(inputs), "gives one");
      }
      int fixed = fixedBatch(tensor(inputs, input));
      isBatchFixed = fixed > 0;
      batch = isBatchFixed ? fixed : preset.batch();
      outputLayout = outputLayout(tensor(outputs, output));
      dimensions = run(buffer(), 1).get(0).length;
      isReady = true;
    } catch (OrtException e) {
      throw new IllegalArgumentException(location + ": " + e.getMessage(), e);
    } finally {
      if (!isReady) {
        close();
      }
    }
  }

  /** Version of ONNX Runtime. */
  public static String version() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "surmala")
        .getVersion();
  }

  private OrtSession open(OnnxModel model) throws OrtException {
    Map<String, OnnxTensorLike> weights = new HashMap<>();
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setDeterministicCompute(true);
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      for (OnnxGraph.External external : OnnxGraph.externals(model.bytes())) {
        OnnxJavaType type = TYPES.get(external.type());
        if (type == null) {
          throw new IllegalArgumentException(
              "%s: the weights '%s' in %s are of type %s; export the model as one file"
                  .formatted(location, external.name(), external.location(), external.type()));
        }
        weights.put(
            external.name(),
            OnnxTensor.createTensor(
                environment, model.weights(external), external.extents(), type));
      }
      options.addExternalInitializers(weights);
      return environment.createSession(model.bytes(), options);
    } finally {
      weights.values().forEach(OnnxTensorLike::close);
    }
  }

  private String only(Map<String, NodeInfo> nodes, @Nullable String wanted, String kind) {
    if (wanted != null && nodes.containsKey(wanted)) {
      return wanted;
    }
    if (wanted != null || nodes.size() != 1) {
      throw mismatch(
          "has the " + kind + "s " + described(nodes),
          "%s; set %s_name in a preset of your own"
              .formatted(wanted == null ? "names none" : "names '" + wanted + "'", kind));
    }
    return nodes.keySet().iterator().next();
  }

  private TensorInfo tensor(Map<String, NodeInfo> nodes, String name) {
    NodeInfo node = nodes.get(name);
    if (node == null
        || !(node.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT) {
      throw mismatch("has " + described(nodes), "takes and gives tensors of float32 only");
    }
    return tensor;
  }

  /** The number of patches per run if the model fixes it; else 0. */
  private int fixedBatch(TensorInfo wanted) {
    long[] shape = wanted.getShape();
    long[] given = preset.shape(preset.batch());
    int patches = preset.layout().indexOf('n');
    boolean fits = shape.length == given.length;
    for (int axis = 0; fits && axis < shape.length; axis++) {
      fits = axis == patches || shape[axis] < 0 || shape[axis] == given[axis];
    }
    if (!fits) {
      throw mismatch(
          "wants input '" + input + "' of float32 " + shape(wanted),
          "gives " + layout(preset.layout(), given));
    }
    return patches < 0 ? 1 : (int) Math.max(0, shape[patches]);
  }

  private String outputLayout(TensorInfo given) {
    boolean isAlone = preset.layout().indexOf('n') < 0;
    String layout = preset.outputLayout();
    if (layout == null) {
      layout =
          switch (given.getShape().length) {
            case 1 -> isAlone ? "d" : "n";
            case 2 -> isAlone ? "td" : "nd";
            default -> "ntd";
          };
    }
    if (layout.length() != given.getShape().length || layout.indexOf('d') < 0) {
      throw mismatch(
          "gives output '" + output + "' of " + shape(given),
          "expects the axes "
              + layout
              + " (n patches, t averaged, d embedding); name the output that is an embedding, or"
              + " set output_layout");
    }
    return layout;
  }

  private IllegalArgumentException mismatch(String ofModel, String ofPreset) {
    return new IllegalArgumentException(
        location + ": the model " + ofModel + "; the preset " + preset.name() + " " + ofPreset);
  }

  private static String described(Map<String, NodeInfo> nodes) {
    List<String> all = new ArrayList<>();
    nodes.forEach(
        (name, node) ->
            all.add(
                "'"
                    + name
                    + "' of "
                    + (node.getInfo() instanceof TensorInfo tensor
                        ? tensor.type + " " + shape(tensor)
                        : node.getInfo().getClass().getSimpleName())));
    return String.join(", ", all);
  }

  private static String shape(TensorInfo tensor) {
    List<String> axes = new ArrayList<>();
    for (int axis = 0; axis < tensor.getShape().length; axis++) {
      long size = tensor.getShape()[axis];
      String name = tensor.getDimensionNames()[axis];
      axes.add(size >= 0 ? Long.toString(size) : name.isEmpty() ? "?" : name);
    }
    return "[" + String.join(", ", axes) + "]";
  }

  private static String layout(String layout, long[] shape) {
    List<String> axes = new ArrayList<>();
    for (int axis = 0; axis < shape.length; axis++) {
      axes.add(layout.charAt(axis) == 'n' ? "n" : Long.toString(shape[axis]));
    }
    return "[" + String.join(", ", axes) + "], layout " + layout;
  }

  /** Dimensions of a patch embedding. */
  public int dimensions() {
    return dimensions;
  }

  /** Largest number of patches per run. */
  int batch() {
    return batch;
  }

  /** A direct buffer for the patches of one run. */
  FloatBuffer buffer() {
    int values = Math.multiplyExact(batch, preset.patchLength() * preset.width());
    return ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /**
   * Runs the model.
   *
   * @param buffer a buffer of {@link #buffer} that starts with the patches
   * @param patches number of patches, 1 to {@link #batch()}
   * @return the embedding of each patch
   * @throws IllegalArgumentException if the model refuses its input, or returns another number of
   *     embeddings
   */
  List<float[]> run(FloatBuffer buffer, int patches) {
    int taken = isBatchFixed ? batch : patches;
    int ofPatch = preset.patchLength() * preset.width();
    for (int i = patches * ofPatch; i < taken * ofPatch; i++) {
      buffer.put(i, 0);
    }
    FloatBuffer values = buffer.duplicate().clear().limit(taken * ofPatch);
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values, preset.shape(taken));
        OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
      return embeddings((OnnxTensor) result.get(0), taken).subList(0, patches);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          location
              + ": the model refuses "
              + layout(preset.layout(), preset.shape(taken))
              + " of the preset "
              + preset.name()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private List<float[]> embeddings(OnnxTensor found, int patches) {
    long[] shape = found.getInfo().getShape();
    int count = (int) axis(shape, 'n');
    int times = (int) axis(shape, 't');
    int size = (int) axis(shape, 'd');
    if (count != patches || times < 1 || size < 1) {
      throw mismatch(
          "gives output '" + output + "' of " + shape(found.getInfo()),
          "gave it " + patches + " patches");
    }
    FloatBuffer values = found.getFloatBuffer();
    boolean timeFirst = outputLayout.indexOf('t') < outputLayout.indexOf('d');
    List<float[]> embeddings = new ArrayList<>();
    for (int patch = 0; patch < patches; patch++) {
      float[] embedding = new float[size];
      for (int d = 0; d < size; d++) {
        double sum = 0;
        for (int t = 0; t < times; t++) {
          int within = timeFirst ? t * size + d : d * times + t;
          sum += values.get(patch * times * size + within);
        }
        embedding[d] = (float) (sum / times);
      }
      embeddings.add(embedding);
    }
    return embeddings;
  }

  private long axis(long[] shape, char axis) {
    int index = outputLayout.indexOf(axis);
    return index < 0 ? 1 : shape[index];
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(location + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
