package org.surmala.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/** From arrays to the tensors of a {@link Model}, and back. */
final class Tensors {
  private Tensors() {}

  static Tensor tensor(String name, float[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new Tensor(name, Arrays.stream(shape).boxed().toList(), bytes);
  }

  /**
   * The values of the model's tensor of that name.
   *
   * @throws IllegalArgumentException when it has none, or their number is not that of the shape
   */
  static float[] values(Model model, String name) {
    for (Tensor tensor : model.getTensors()) {
      if (tensor.getName().equals(name)) {
        ByteBuffer bytes = tensor.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        int expected = tensor.getShape().stream().reduce(1, Math::multiplyExact);
        if (values.length != expected) {
          throw new IllegalArgumentException(
              "tensor "
                  + name
                  + " has "
                  + values.length
                  + " values for shape "
                  + tensor.getShape());
        }
        return values;
      }
    }
    throw new IllegalArgumentException(
        "model " + model.getName() + " has no tensor " + name + "; fit it again");
  }
}
