package org.surmala.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/** Converts between arrays and the tensors of a {@link Model}. */
public final class Tensors {
  private Tensors() {}

  /**
   * The position of a tensor in the array of a network's parameters.
   *
   * @param offset offset of its first value
   */
  public record Range(String name, int offset, List<Integer> shape) {
    public static Range of(String name, int offset, Integer... shape) {
      return new Range(name, offset, List.of(shape));
    }

    int length() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /** The tensors at the given positions. */
  public static List<Tensor> of(List<Range> ranges, float[] parameters) {
    return ranges.stream()
        .map(
            range ->
                tensor(
                    range.name(),
                    Arrays.copyOfRange(parameters, range.offset(), range.offset() + range.length()),
                    range.shape().stream().mapToInt(Integer::intValue).toArray()))
        .toList();
  }

  /**
   * The parameters at the given positions.
   *
   * @param count number of all parameters
   * @throws IllegalArgumentException if the model lacks a tensor, or its size differs
   */
  public static float[] parameters(Model model, List<Range> ranges, int count) {
    float[] parameters = new float[count];
    for (Range range : ranges) {
      float[] values = values(model, range.name());
      if (values.length != range.length()) {
        throw new IllegalArgumentException(
            "tensor %s of model %s has %s values, not those of shape %s; fit it again"
                .formatted(range.name(), model.getName(), values.length, range.shape()));
      }
      System.arraycopy(values, 0, parameters, range.offset(), values.length);
    }
    return parameters;
  }

  public static Tensor tensor(String name, float[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new Tensor(name, Arrays.stream(shape).boxed().toList(), bytes);
  }

  /**
   * The values of a tensor.
   *
   * @throws IllegalArgumentException if the model lacks it, or the number of values does not match
   *     the shape
   */
  public static float[] values(Model model, String name) {
    for (Tensor tensor : model.getTensors()) {
      if (tensor.getName().equals(name)) {
        ByteBuffer bytes = tensor.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        int expected = tensor.getShape().stream().reduce(1, Math::multiplyExact);
        if (values.length != expected) {
          throw new IllegalArgumentException(
              "tensor %s has %s values for shape %s"
                  .formatted(name, values.length, tensor.getShape()));
        }
        return values;
      }
    }
    throw new IllegalArgumentException(
        "model " + model.getName() + " has no tensor " + name + "; fit it again");
  }
}
