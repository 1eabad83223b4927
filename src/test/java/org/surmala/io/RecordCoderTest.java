package org.surmala.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.beam.sdk.coders.Coder.NonDeterministicException;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.Failure;

final class RecordCoderTest {
  private static final DuplicateSong SONG = new DuplicateSong("0f", "চল/একলা.ogg", "a.ogg");

  @Test
  void givenARecord_whenCoded_thenTheBytesAreAvrosAndGiveItBack() throws IOException {
    byte[] bytes = CoderUtils.encodeToByteArray(RecordCoder.of(DuplicateSong.class), SONG);

    assertThat(bytes)
        .isEqualTo(CoderUtils.encodeToByteArray(AvroCoder.of(DuplicateSong.class), SONG));
    assertThat(CoderUtils.decodeFromByteArray(RecordCoder.of(DuplicateSong.class), bytes))
        .isEqualTo(SONG);
  }

  @Test
  void givenTheCoder_whenSerialized_thenItIsTheSameAndHoldsNoSchema() throws Exception {
    RecordCoder<DuplicateSong> coder = RecordCoder.of(DuplicateSong.class);
    CoderUtils.encodeToByteArray(coder, SONG);

    assertThat(SerializableUtils.clone(coder))
        .isEqualTo(coder)
        .hasSameHashCodeAs(coder)
        .isNotEqualTo(RecordCoder.of(Failure.class));
    assertThat(SerializableUtils.serializeToByteArray(coder).length)
        .isLessThan(
            SerializableUtils.serializeToByteArray(AvroCoder.of(DuplicateSong.class)).length);
    CoderProperties.coderDecodeEncodeEqual(SerializableUtils.clone(coder), SONG);
  }

  @Test
  void givenTheCoder_whenAskedForItsTypeAndOrder_thenItAnswersAsAvros()
      throws NonDeterministicException {
    RecordCoder<DuplicateSong> coder = RecordCoder.of(DuplicateSong.class);

    coder.verifyDeterministic();
    assertThat(coder.getEncodedTypeDescriptor())
        .isEqualTo(AvroCoder.of(DuplicateSong.class).getEncodedTypeDescriptor());
  }

  @Test
  void givenBytesThatEndEarly_whenDecoded_thenItFails() throws CoderException {
    byte[] bytes = CoderUtils.encodeToByteArray(RecordCoder.of(DuplicateSong.class), SONG);

    ByteArrayInputStream early = new ByteArrayInputStream(Arrays.copyOf(bytes, 3));
    assertThatThrownBy(() -> RecordCoder.of(DuplicateSong.class).decode(early))
        .isInstanceOf(IOException.class);
  }
}
