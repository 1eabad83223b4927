package org.surmala.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A coder of records of {@code schemas/} in Avro's binary form, with the same bytes as {@link
 * AvroCoder}.
 *
 * <p>Runners serialise the coders of a step repeatedly. An {@link AvroCoder} is serialised as its
 * JSON schema, which must be parsed; this coder is serialised as the name of a class, which has its
 * schema.
 *
 * @param <T> a class generated from a schema
 */
public final class RecordCoder<T extends SpecificRecord> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;

  private static final ClassValue<AvroCoder<?>> CODERS =
      new ClassValue<>() {
        @Override
        protected AvroCoder<?> computeValue(Class<?> type) {
          return AvroCoder.of(type);
        }
      };

  private final Class<T> type;
  private transient @Nullable AvroCoder<T> avro;

  private RecordCoder(Class<T> type) {
    this.type = type;
  }

  /** The coder of a class of records. */
  public static <T extends SpecificRecord> RecordCoder<T> of(Class<T> type) {
    return new RecordCoder<>(type);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    avro().encode(value, out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return avro().decode(in);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    avro().verifyDeterministic();
  }

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(type);
  }

  @SuppressWarnings("unchecked") // The coder of a class codes its instances.
  private AvroCoder<T> avro() {
    AvroCoder<T> known = avro;
    if (known == null) {
      known = (AvroCoder<T>) CODERS.get(type);
      avro = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordCoder<?> coder && type.equals(coder.type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "RecordCoder(" + type.getSimpleName() + ")";
  }
}
