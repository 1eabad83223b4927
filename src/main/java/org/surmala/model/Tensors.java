package org.surmala.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/** Converts between arrays and the tensors of a {@link Model}. */
public final class Tensors {
  private Tensors() {}

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
